"""A decision table made, filled, changed and tried on the pages of the studio."""

import json

import pytest

from zhongshu.channels.desk.studio.presenters.tables import page
from zhongshu.channels.desk.studio.tests.drafting import begun, files, form, text
from zhongshu.engine.processes.rules import editing
from zhongshu.engine.processes.rules.bpmn import document
from zhongshu.engine.studio import actions as studio
from zhongshu.engine.studio.models import Draft
from zhongshu.engine.studio.rules.editing.tables import file

FILE, TESTS = "decisions/decision_1.dmn", "decisions/decision_1.tests.json"


@pytest.fixture
def draft(city, author):
    return begun(city, author)


@pytest.fixture
def table(author, draft):
    """The address of a table “收费” with two rules over one question."""
    made = author.post(f"/desk/studio/{draft.pk}/decisions/", {"go": "new", "name": "收费", "revision": "1"})
    assert made.status_code == 302, text(made)
    address = made["Location"]
    cells = {"inputs.0": "answers.stalls", "inputs.0.label": "摊位", "rows.0.tests.0": "> 10", "rows.0.answers.0": "20"}
    press(author, address, "row-after:0", **cells)
    press(author, address, "save", **{"rows.1.answers.0": "0", "rows.1.note": "其余免收"})
    return address


def press(author, address, go, status=302, **typed):
    """Open the page, type, press a button."""
    said = form(author.get(address)) | typed | {"go": go}
    answer = author.post(address, said)
    assert answer.status_code == status, text(answer)
    return answer


def test_a_table_is_made_filled_and_listed(author, draft, table):
    assert {"> 10", "其余免收", "收费"} <= set(form(author.get(table)).values())
    listed = text(author.get(f"/desk/studio/{draft.pk}/decisions/"))
    assert "收费 2 条 0 行 还没有环节用到" in listed
    assert "还没有环节用到这张表" in text(author.get(table))
    assert "<text>&gt; 10</text>" in files(draft)[FILE]


def test_which_step_of_the_process_uses_a_table_is_said(city, author, draft, table):
    now = files(draft)
    ways = editing.table(document.load(now["process.bpmn"].encode())).row("accept").ways
    drawn = editing.add_task(
        document.load(now["process.bpmn"].encode()), ways[0].flow, name="定费", kind="rule", does="收费"
    )
    changed = {"process.bpmn": document.write(drawn.document).decode()}
    number = Draft.objects.get(pk=draft.pk).revision
    studio.save(draft.pk, changed, number, by=city.actor("administrator"), at=city.now)
    assert "流程环节“定费”使用它" in text(author.get(table))
    assert "收费 2 条 0 行 定费" in text(author.get(f"/desk/studio/{draft.pk}/decisions/"))


def test_a_file_that_is_no_model_is_told_and_can_go(city, author, draft, table):
    number = Draft.objects.get(pk=draft.pk).revision
    studio.save(draft.pk, {"x.dmn": "<no"}, number, by=city.actor("administrator"), at=city.now)
    address = f"/desk/studio/{draft.pk}/decisions/"
    assert "x.dmn 看不懂" in text(author.get(address))
    assert "收费" in text(author.get(address)), "the others can be used"
    assert author.get(table).status_code == 200
    press(author, address, "drop-file:x.dmn")
    assert "x.dmn" not in files(draft)


def test_a_name_is_needed_and_no_two_tables_share_one(author, draft, table):
    address = f"/desk/studio/{draft.pk}/decisions/"
    nameless = press(author, address, "new", 422, name="")
    assert 'id="name-wrong"' in nameless.content.decode()
    twice = press(author, address, "new", 409, name="收费")
    assert 'value="收费"' in twice.content.decode()


def test_rules_move_come_and_go(author, draft, table):
    down = press(author, table, "row-down:0")
    assert down["Location"].endswith("#rule-1")
    assert form(author.get(table))["rows.1.tests.0"] == "> 10"
    press(author, table, "row-up:1")
    press(author, table, "row-drop:1")
    assert "rows.1.id" not in form(author.get(table))


def test_columns_come_and_go_and_keep_what_was_typed_meanwhile(author, table):
    press(author, table, "input-add", **{"new-input": "answers.noon", "rows.0.answers.0": "30"})
    said = form(author.get(table))
    assert (said["inputs.1"], said["rows.0.answers.0"], said["rows.1.tests.1"]) == ("answers.noon", "30", "-")
    press(author, table, "output-add", **{"new-output": "说明"})
    assert "rows.1.answers.1-wrong" in author.get(table).content.decode(), "an answer that is missing is told"
    press(author, table, "output-drop:1")
    press(author, table, "input-drop:1")
    assert form(author.get(table))["rows.0.tests.0"] == "> 10"
    last = press(author, table, "output-drop:0", 409)
    assert "至少要有一列结果" in text(last)


def test_enter_after_a_new_column_was_typed_adds_it_and_leads_to_it(author, table):
    added = press(author, table, "save", **{"new-input": "answers.noon"})
    assert added["Location"].endswith("#inputs.1.label")
    assert form(author.get(table))["inputs.1"] == "answers.noon"


def test_a_cell_that_is_no_expression_is_kept_and_told_beside_it(author, draft, table):
    saved = press(author, table, "save", **{"rows.0.tests.0": "> >", "policy": "UNIQUE"})
    assert saved["Location"].endswith("#rows.0.tests.0")
    said = author.get(table).content.decode()
    assert 'aria-describedby="rows.0.tests.0-wrong"' in said
    assert form(author.get(table))["rows.0.tests.0"] == "> >"
    assert "先改好表里标出的格子" in text(author.get(table))
    assert "1 处要改" in text(author.get(f"/desk/studio/{draft.pk}/decisions/"))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"policy": "GUESS"}, "没有这种命中策略"),
        ({"count": "x"}, "页面不完整"),
        ({"rows.0.note": "a\x07b"}, "不能识别的字符"),
    ],
)
def test_what_no_table_can_hold_is_refused_and_stands_there_still(author, table, typed, said):
    answer = press(author, table, "save", 422, **{"rows.0.answers.0": "99", **typed})
    assert said in text(answer)
    assert form(answer)["rows.0.answers.0"] == ("20" if "count" in typed else "99")


def test_two_who_change_the_same_table_learn_of_each_other(author, table):
    before = form(author.get(table))
    press(author, table, "save", **{"rows.0.answers.0": "21"})
    late = author.post(table, before | {"go": "save", "rows.0.answers.0": "22"})
    assert late.status_code == 409
    assert form(late)["rows.0.answers.0"] == "22"
    assert author.post(table, form(late) | {"go": "save"}).status_code == 302
    assert form(author.get(table))["rows.0.answers.0"] == "22"


def test_test_rows_tell_what_comes_out_and_which_rule_it_was(author, draft, table):
    press(author, table, "test-add")
    press(author, table, "test-add", **{"tests.0.0": "12", "tests.0.expect": "20"})
    press(author, table, "save", **{"tests.1.0": "3", "tests.1.expect": "5"})
    said = text(author.get(table))
    assert "1 行和期望不符" in said
    assert "每条规则都有试算用到" in said
    assert json.loads(files(draft)[TESTS]) == [
        {"inputs": {"answers": {"stalls": 12}}, "expect": 20}, {"inputs": {"answers": {"stalls": 3}}, "expect": 5},
    ]  # fmt: skip
    assert "第 2 行应当得到 5，实际是 0" in said
    press(author, table, "test-take:1")
    assert json.loads(files(draft)[TESTS])[1]["expect"] == 0
    assert "都和期望相符" in text(author.get(table))
    press(author, table, "test-drop:1")
    assert "没有一行用到的规则：第 2 条" in text(author.get(table))
    press(author, table, "test-drop:0")
    assert TESTS not in files(draft)


def test_what_comes_out_now_becomes_what_is_expected(author, draft, table):
    press(author, table, "test-add", **{"rows.0.tests.0": "> 5"})
    press(author, table, "test-take-all", **{"tests.0.0": "8"})
    assert json.loads(files(draft)[TESTS]) == [{"inputs": {"answers": {"stalls": 8}}, "expect": 20}]


def test_a_long_table_comes_page_by_page_and_all_of_it_stays(author, draft, table, monkeypatch):
    monkeypatch.setattr(page, "RULE_CELLS", 20)
    for answer in range(7):
        press(author, table, "row-after:0", **{"rows.0.answers.0": str(answer)})
    assert "第 1 至 5 条规则，共 9 条" in text(author.get(table))
    later = f"{table}?rule=5"
    assert form(author.get(later))["first"] == "5"
    before = file.read(files(draft)[FILE], "decision_1").rows
    press(author, later, "save", **{"rows.6.answers.0": "66"})
    after = file.read(files(draft)[FILE], "decision_1").rows
    assert (after[:6], after[7:]) == (before[:6], before[7:])
    assert after[6].answers == ("66",)


def test_a_table_and_its_test_rows_go_together(author, draft, table):
    press(author, table, "test-add")
    press(author, f"/desk/studio/{draft.pk}/decisions/", "drop:decision_1")
    assert not {FILE, TESTS} & files(draft).keys()
    assert "还没有决策表" in text(author.get(f"/desk/studio/{draft.pk}/decisions/"))
    assert author.get(table).status_code == 404


def test_who_waits_for_approval_changes_nothing(city, author, draft, table):
    said = {"go": "propose", "revision": str(Draft.objects.get(pk=draft.pk).revision), "reason": "试用"}
    answer = author.post(f"/desk/studio/{draft.pk}/publish/", said)
    assert answer.status_code == 302, text(answer)
    assert "row-after" not in author.get(table).content.decode()
    assert press(author, table, "save", 409).status_code == 409
    leader = city.signed_in(type(author)(), "leader")
    assert leader.get(table).status_code == 200, "who decides may look"


def test_a_table_is_nobody_elses(city, author, draft, table):
    leader = city.signed_in(type(author)(), "leader")
    assert leader.get(table).status_code == 404
    assert leader.get(f"/desk/studio/{draft.pk}/decisions/").status_code == 404
