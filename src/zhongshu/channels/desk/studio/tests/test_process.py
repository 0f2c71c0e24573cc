"""The process of a draft changed in its table."""

import re
from pathlib import Path

import pytest

from zhongshu.base.http.refusals import Invalid
from zhongshu.channels.desk.studio.presenters.process import page as pages
from zhongshu.channels.desk.studio.tests.drafting import files, text
from zhongshu.channels.desk.studio.tests.sending import done, send, where
from zhongshu.engine.processes.rules import editing
from zhongshu.engine.processes.rules.bpmn import document
from zhongshu.engine.studio import actions as studio
from zhongshu.engine.studio.actions import Called
from zhongshu.engine.studio.models import Draft

PATTERNS = Path(studio.__file__).parents[1] / "patterns"
CALLED = Called("panel-review", "会审一件事", "Panel review", "PR")


@pytest.fixture
def draft(city):
    by = city.actor("administrator")
    return studio.begin_from_pattern("joint-review", CALLED, by.body, by=by, at=city.now)


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


@pytest.mark.parametrize("name", ["approval", "asking", "inspection", "joint-review", "notice"])
def test_every_form_of_every_row_sent_as_it_stands_is_done_or_refused(name):
    found = PATTERNS / name
    folder = {str(path.relative_to(found)): path.read_text() for path in found.rglob("*.*") if path.is_file()}
    file, sent = "process.bpmn", 0
    rows = editing.table(document.load(folder[file].encode())).rows
    for row in rows:
        page = pages.shown(Draft(), folder, file, [], row.id, {})
        for form in (form for group in page["groups"] for form in group.forms):
            typed = {each.name: each.value or _first(each) for each in form.controls}
            for verb, _ in form.buttons:
                sent += bool(_tried(folder, file, {**typed, **dict(form.hidden), "at": row.id, "verb": verb}))
    assert sent > 3 * len(rows)


def _first(control):
    """What stands first in a list, or something typed."""
    return next((choice.value for _, choices in control.groups for choice in choices), "x")


def _tried(folder, file, typed):
    """Whether it was done; what is saved then can be read again."""
    try:
        changed = pages.changed(folder, file, typed)
    except Invalid as refused:
        assert str(refused)
        return False
    assert editing.table(document.load(changed.files[file].encode())).rows
    return True
