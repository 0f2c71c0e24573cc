"""The process of a draft in its table, and on the canvas."""

import re

import pytest

from zhongshu.engine.studio import actions as studio
from zhongshu.engine.studio.actions import Called
from zhongshu.engine.studio.models import Draft
from zhongshu.engine.studio.queries import drafts

CALLED = Called("panel-review", "会审一件事", "Panel review", "PR")


@pytest.fixture
def author(city, client):
    return city.signed_in(client, "administrator")


@pytest.fixture
def draft(city):
    by = city.actor("administrator")
    return studio.begin_from_pattern("joint-review", CALLED, by.body, by=by, at=city.now)


def text(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def where(draft, part="process/"):
    return f"/desk/studio/{draft.pk}/{part}"


def files(draft):
    return drafts.files(Draft.objects.get(pk=draft.pk))


def send(author, draft, verb, at, **more):
    held = Draft.objects.get(pk=draft.pk)
    sent = {"revision": str(held.revision), "file": "process.bpmn", "verb": verb, "at": at, "form": verb}
    return author.post(where(draft), sent | {name.replace("_ready", "-ready"): said for name, said in more.items()})


def done(author, draft, verb, at, **more):
    answer = send(author, draft, verb, at, **more)
    assert answer.status_code == 302, text(answer)
    return answer["Location"]


def test_every_step_is_a_row_with_what_it_follows_and_where_it_leads(author, draft):
    said = text(author.get(where(draft)))
    assert "共 8 行" in said
    assert "汇总意见" in said
    assert "“发起时填的问卷：请哪些单位会审”每个各办一次，同时进行" in said
    assert "（都不满足时）" in said
    assert "退回" in said


def test_a_step_is_added_with_its_settings_and_named_after_its_english_name(author, draft):
    lead = done(author, draft, "add_task", "conclude", after="conclude", name="核对意见", name_en="Check opinions")
    assert lead.endswith("at=check_opinions#row-check_opinions")
    said = files(draft)
    assert 'name="核对意见"' in said["process.bpmn"]
    assert "[tasks.check_opinions]" in said["scenario.toml"]
    assert 'name_en = "Check opinions"' in said["scenario.toml"]
    assert 'phase = "concluding"' in said["scenario.toml"].split("[tasks.check_opinions]")[1]
    assert Draft.objects.get(pk=draft.pk).revision == 2, "one save"
    page = author.get(lead).content.decode()
    assert "修改第 5 行：核对意见" in page


def test_what_was_added_is_removed_and_the_settings_follow(author, draft):
    before = files(draft)
    done(author, draft, "add_task", "conclude", after="conclude", name="核对", name_en="Check")
    lead = done(author, draft, "remove", "check")
    assert "at=conclude" in lead, "one goes on at the row before"
    after = files(draft)
    assert after["scenario.toml"].strip() == before["scenario.toml"].strip()
    assert 'id="check"' not in after["process.bpmn"]


def test_a_decision_is_made_of_an_answer_that_is_chosen(author, draft):
    page = author.get(where(draft) + "?at=conclude").content.decode()
    assert 'value="conclude.result = &quot;again&quot;"' in page
    ready = 'conclude.result = "again"'
    done(
        author, draft, "add_decision", "conclude", after="conclude", name="还要再审吗", condition_ready=ready, yes="要"
    )
    drawn = files(draft)["process.bpmn"]
    assert 'name="还要再审吗"' in drawn
    assert drawn.count(f">{ready}<") == 2, "the way there was, and the new one"


def test_a_way_changes_its_name_condition_and_goal(author, draft):
    key = {"flow": "concluded-review", "form": "way-1"}
    sent = {"name": "还要再审", "condition": "conclude.result != null", "condition-was": "", "to": "review"}
    done(author, draft, "way", "concluded", **key, **sent, condition_ready='conclude.result = "again"')
    drawn = files(draft)["process.bpmn"]
    assert 'name="还要再审"' in drawn
    assert "conclude.result != null" in drawn, "what was written counts when it was changed"
    kept = {"condition": "conclude.result != null", "condition-was": "conclude.result != null"}
    done(author, draft, "way", "concluded", **key, **kept, name="还要再审", to="conclude")
    assert 'sourceRef="concluded" targetRef="conclude"' in files(draft)["process.bpmn"]


def test_a_way_without_a_condition_is_refused_beside_its_form(author, draft):
    key = {"flow": "concluded-review", "form": "way-1"}
    answer = send(author, draft, "way", "concluded", **key, name="新的名字", condition="", to="review")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "请选择或写上走这条路的条件" in page
    assert 'value="新的名字"' in page
    assert 'href="#way-1-condition"' in page
    assert Draft.objects.get(pk=draft.pk).revision == 1


def test_the_default_moves_to_another_way(author, draft):
    done(author, draft, "default", "confirmed", flow="confirmed-closed", condition="confirm.passed = false")
    drawn = files(draft)["process.bpmn"]
    assert 'default="confirmed-closed"' in drawn
    assert "confirm.passed = false" in drawn


def test_ways_are_added_and_taken_away(author, draft):
    done(author, draft, "add_way", "concluded", name="不再办", condition="conclude.day = null", to="+end")
    assert 'name="不再办"' in files(draft)["process.bpmn"]
    done(author, draft, "remove_way", "concluded", flow="concluded-end")
    assert 'name="不再办"' not in files(draft)["process.bpmn"]


def test_branches_run_beside_each_other_and_get_one_more(author, draft):
    lead = done(author, draft, "add_parallel", "conclude", after="conclude", names="拟文\n\n核算\n")
    said = files(draft)
    assert 'name="拟文"' in said["process.bpmn"]
    assert said["scenario.toml"].count("[tasks.") == 5
    fork = re.search("at=([^#]+)", lead)[1]
    done(author, draft, "add_branch", fork, name="公示", name_en="Publish", to=f"{fork}_2")
    assert "[tasks.publish]" in files(draft)["scenario.toml"]
    alone = send(author, draft, "add_parallel", "conclude", after="conclude", names="只有一个")
    assert alone.status_code == 422
    assert "只有一个</textarea>" in alone.content.decode()


def test_time_is_said_as_an_amount_as_an_answered_day_or_as_written(author, draft):
    done(
        author,
        draft,
        "add_wait",
        "conclude",
        after="conclude",
        name="公示期",
        how="amount",
        amount="5",
        unit="working_days",
    )
    assert "5 working_days" in files(draft)["process.bpmn"]
    assert "5 个工作日" in text(author.get(where(draft)))
    done(author, draft, "set_wait", "wait", how="until", until="answers.by")
    assert 'date and time(date(answers.by), time("18:00:00"))' in files(draft)["process.bpmn"]
    done(author, draft, "set_wait", "wait", how="feel", feel="PT36H")
    assert "PT36H" in files(draft)["process.bpmn"]
    for sent, said in (
        ({"how": "amount", "amount": "soon"}, "请写等多久"),
        ({"how": "amount", "amount": "9" * 5000}, "请写等多久"),
        ({"how": "until"}, "请选择等到哪一天"),
        ({"how": "feel", "feel": "date("}, "不能执行"),
    ):
        answer = send(author, draft, "set_wait", "wait", **sent)
        assert answer.status_code == 422
        assert said in text(answer)


def test_a_limit_on_a_step_ends_it_or_lets_it_go_on(author, draft):
    lead = done(
        author, draft, "add_timer", "conclude", name="催办", how="amount", amount="2", unit="hours", interrupts="no"
    )
    assert 'cancelActivity="false"' in files(draft)["process.bpmn"]
    assert "原来的环节继续办" in text(author.get(lead))


def test_a_step_is_done_for_each_of_a_list_until_enough_have_answered(author, draft):
    done(author, draft, "each", "confirm", **{"list-ready": "answers.bodies"}, order="in_turn", enough="3")
    drawn = files(draft)["process.bpmn"]
    assert "nrOfCompletedInstances &gt;= 3" in drawn
    page = author.get(where(draft) + "?at=confirm").content.decode()
    assert "办完 3 份就继续" in page
    assert 'id="each-enough" name="enough" value="3"' in page
    done(author, draft, "once", "confirm")
    assert "nrOfCompletedInstances" not in files(draft)["process.bpmn"]
    assert send(author, draft, "each", "confirm").status_code == 422
    assert send(author, draft, "each", "confirm", list="answers.bodies", enough="many").status_code == 422
    assert send(author, draft, "each", "confirm", list="answers.bodies", enough="9" * 5000).status_code == 422


def test_a_case_goes_back_moves_and_is_renamed(author, draft):
    done(
        author,
        draft,
        "back",
        "confirm",
        after="confirm",
        name="材料齐吗",
        condition="confirm.passed = null",
        to="review",
    )
    assert 'name="材料齐吗"' in files(draft)["process.bpmn"]
    done(author, draft, "rename", "conclude", name="汇总", name_en="Sum up")
    said = files(draft)
    assert 'id="conclude" name="汇总"' in said["process.bpmn"]
    assert 'name_en = "Sum up"' in said["scenario.toml"]
    done(author, draft, "add_task", "conclude", after="conclude", name="备案", name_en="File")
    done(author, draft, "move", "file", after="start")
    assert 'targetRef="file"' in files(draft)["process.bpmn"]


def test_the_platform_does_a_step(author, draft):
    sent = {"after": "start", "name": "派遣", "name_en": "dispatch", "does": "service:dispatch.assign"}
    done(author, draft, "add_auto", "start", **sent)
    drawn = files(draft)["process.bpmn"]
    assert re.search(r'<bpmn:serviceTask[^>]* id="dispatch"|id="dispatch"[^>]*implementation="dispatch.assign"', drawn)
    assert send(author, draft, "add_auto", "start", after="start", name="x", does="").status_code == 422


def test_the_last_save_is_undone(author, draft):
    before = files(draft)
    done(author, draft, "rename", "conclude", name="汇总")
    done(author, draft, "undo", "")
    assert files(draft) == before


@pytest.mark.parametrize(
    ("verb", "at", "sent", "said"),
    [
        ("add_task", "conclude", {"after": "conclude", "name": ""}, "请写名称"),
        ("add_task", "conclude", {"after": "nothing", "name": "x"}, "流程里没有"),
        ("add_task", "concluded", {"after": "concluded", "name": "x"}, "请选定是哪一条"),
        ("remove", "start", {}, "不能删去"),
        ("remove", "concluded", {"keep": "elsewhere"}, "流程里没有"),
        ("fly", "conclude", {}, "请从页面上的按钮里选一个"),
        ("rename", "", {"name": "x"}, "请从页面上的按钮里选一个"),
        ("rename", "conclude", {"name": "坏\x0b字"}, "不能识别"),
        ("add_decision", "conclude", {"after": "conclude", "name": "吗", "condition": "1 +"}, "不能执行"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_saved(author, draft, verb, at, sent, said):
    answer = send(author, draft, verb, at, **sent)
    assert answer.status_code == 422
    assert said in text(answer)
    assert Draft.objects.get(pk=draft.pk).revision == 1


def test_two_who_change_the_drawing_learn_of_each_other(author, draft):
    sent = {"revision": "1", "file": "process.bpmn", "verb": "rename", "at": "conclude", "form": "rename", "name": "甲"}
    assert author.post(where(draft), sent).status_code == 302
    answer = author.post(where(draft), sent | {"name": "乙乙"})
    assert answer.status_code == 409
    assert 'value="乙乙"' in answer.content.decode()


def test_there_is_no_other_file_and_no_draft_of_others(city, author, draft):
    assert author.get(where(draft) + "?file=form.json").status_code == 404
    assert city.signed_in(type(author)(), "leader").get(where(draft)).status_code == 404
    assert city.signed_in(type(author)(), "acceptor").get(where(draft, "drawing/")).status_code == 403


def test_a_finding_stands_at_its_row(author, draft):
    drawn = files(draft)["process.bpmn"].replace('conclude.result = "again"</', "nobody.knows = 1</")
    author.post(where(draft, "drawing/"), {"revision": "1", "file": "process.bpmn", "xml": drawn})
    page = author.get(where(draft)).content.decode()
    row = page.split('id="row-concluded"')[1].split("</tr>")[0]
    assert "nobody" in row
    marks = author.get(where(draft, "drawing/")).content.decode()
    assert '"element": "concluded-review"' in marks


def test_a_drawing_is_saved_as_it_was_drawn_with_the_settings_of_its_tasks(author, draft):
    drawn = files(draft)["process.bpmn"].replace('id="confirm"', 'id="sign"').replace('"confirm"', '"sign"')
    answer = author.post(where(draft, "drawing/"), {"revision": "1", "file": "process.bpmn", "xml": drawn})
    assert answer.status_code == 302, text(answer)
    said = files(draft)
    assert said["process.bpmn"] == drawn
    assert "[tasks.sign]" in said["scenario.toml"]
    assert "[tasks.confirm]" not in said["scenario.toml"]


@pytest.mark.parametrize("xml", ["", "<a", "<a/>", "<a>\x00</a>", "<!DOCTYPE a []><a/>", "x" * 100])
def test_what_is_no_drawing_is_refused_and_kept_on_the_page(author, draft, xml):
    answer = author.post(where(draft, "drawing/"), {"revision": "1", "file": "process.bpmn", "xml": xml})
    assert answer.status_code == 422
    assert Draft.objects.get(pk=draft.pk).revision == 1
    assert xml[:1] in answer.content.decode()


def test_a_draft_that_waits_is_only_looked_at(city, author, draft):
    by = city.actor("administrator")
    studio.propose(draft.pk, "请审批", by=by, at=city.now)
    page = author.get(where(draft) + "?at=conclude").content.decode()
    assert "现在只能看" in page
    assert 'name="verb"' not in page
    assert "readonly" in author.get(where(draft, "drawing/")).content.decode()
    assert send(author, draft, "rename", "conclude", name="x").status_code == 409


def test_of_several_drawings_one_is_chosen(city, author, draft):
    drawn = files(draft)["process.bpmn"]
    inner = drawn.replace('id="joint_review" name', 'id="inner" name').replace('name="汇总意见"', 'name="另行汇总"')
    studio.save(draft.pk, {"inner.bpmn": inner}, 1, by=city.actor("administrator"), at=city.now)
    page = author.get(where(draft)).content.decode()
    assert '?file=inner.bpmn"' in page
    assert "另行汇总" in text(author.get(where(draft) + "?file=inner.bpmn"))
    done(author, draft, "rename", "conclude", file="inner.bpmn", name="第三次汇总")
    assert 'name="第三次汇总"' in files(draft)["inner.bpmn"]


def test_a_drawing_that_cannot_be_read_is_led_to_its_text(city, author, draft):
    studio.save(draft.pk, {"process.bpmn": "<broken"}, 1, by=city.actor("administrator"), at=city.now)
    page = author.get(where(draft))
    assert page.status_code == 200
    assert "去看流程文件" in text(page)
    assert "&lt;broken" in author.get(where(draft, "drawing/")).content.decode()


def test_a_folder_without_a_drawing_says_what_to_do(city, author, draft):
    studio.save(draft.pk, {"process.bpmn": None}, 1, by=city.actor("administrator"), at=city.now)
    assert "没有流程文件" in text(author.get(where(draft)))
    assert author.get(where(draft, "drawing/")).status_code == 404


def test_looking_and_saving_ask_the_database_a_few_things(author, draft, django_assert_max_num_queries):
    author.get(where(draft))
    with django_assert_max_num_queries(10):
        author.get(where(draft) + "?at=conclude")
    with django_assert_max_num_queries(24):
        done(author, draft, "rename", "conclude", name="汇总")
