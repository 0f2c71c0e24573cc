"""A scenario tried on paper: who may do what, when what is due, what would be done outside."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid, Refusal
from zhongshu.engine.cases.tests.drawn import compiled
from zhongshu.engine.cases.tests.test_scenario_decisions import MODEL
from zhongshu.engine.cases.tests.test_shipped_scenarios import shipped
from zhongshu.engine.intake.rules.questionnaire import Unfit
from zhongshu.engine.processes.tests.drawing import (
    END,
    START,
    catch,
    clock,
    each_of,
    edge,
    error,
    exclusive,
    flow,
    message,
    parallel,
    path,
    signal,
    task,
    timer,
)
from zhongshu.engine.studio.rules import trial
from zhongshu.engine.studio.tests.trying import MONDAY, TOWN, done, tried, verbs

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TWELVE = list(range(101, 113))
CALLS = '<bpmn:serviceTask id="pay" implementation="payments.request"/>'


def one_task(lines: str = 'role = "handler"\ndeadline = "1 working_days"') -> Any:
    return compiled(START, task("look"), END, path("start", "look", "end"), tasks={"look": lines})


def asking() -> Any:
    """Twelve bodies are asked; whoever asked collects."""
    asked = 'role = "handler"\npool = "body"\ndeadline = "4 working_days"'
    return compiled(
        START, task("ask", each_of("bodies")), timer("friday", "ask", "P4D"), task("collect"), END,
        path("start", "ask", "collect", "end"), flow("friday", "collect"),
        tasks={"ask": asked, "collect": 'role = "supervisor"'},
    )  # fmt: skip


def test_the_town_has_somebody_for_every_role_at_every_body():
    for role in ("handler", "leader", "supervisor"):
        for body in (1, *TWELVE):
            held = [one for one in TOWN.people if one.body == body and one.grants[0].role == role]
            assert len(held) == 2


def test_a_case_runs_to_its_end_and_every_step_is_told_in_words():
    after = done(tried(one_task()), "look")
    assert after.held.closed == MONDAY and after.held.phase == "closed" and after.open == ()
    assert [str(said) for said in after.entries[-1].said] == ["处置人员甲办结“look”。", "办件办结：已办结。"]
    assert after.entries[-1].message == "case.refused", "no body was to answer for it"


def test_twelve_bodies_are_asked_three_answer_and_friday_closes_the_asking():
    asked = tried(asking(), bodies=TWELVE)
    assert asked.open == ("ask",) * 12
    assert {task.due.isoformat() for task in asked.held.tasks} == {"2026-03-06T23:59:59+08:00"}
    for body in (104, 101, 112):
        asked = trial.take(asked, trial.Complete(task="ask", body=body))
        assert TOWN.person(asked.held.data["ask"]["by"]).body == body
    assert len(asked.open) == 9
    late = trial.take(asked, trial.Push(to=MONDAY + 4 * DAY))
    assert late.open == ("collect",)
    withdrawn = [str(said) for said in late.entries[-1].said if "不用再办" in str(said)]
    assert len(withdrawn) == 9


def test_which_of_several_is_meant_has_to_be_said():
    asked = tried(asking(), bodies=TWELVE)
    with pytest.raises(Invalid, match="12 份待办"):
        done(asked, "ask")
    with pytest.raises(Conflict, match="collect 现在没有待办"):
        done(asked, "collect")


def test_only_who_may_does_a_task():
    begun = tried(one_task())
    (look,) = begun.held.tasks
    assert {one.grants[0].role for one in trial.able(begun, look, MONDAY)} == {"handler"}
    with pytest.raises(Forbidden, match="不能由 leader 办理"):
        done(begun, "look", by="leader")
    stranger = next(one for one in TOWN.people if one.grants[0].role == "auditor")
    with pytest.raises(Forbidden, match="没有办理这个环节的职责"):
        done(begun, "look", by=stranger.id)


def test_what_two_people_must_do_one_does_not():
    twice = compiled(
        START, task("write"), task("check"), END, path("start", "write", "check", "end"),
        tasks={"write": 'role = "handler"', "check": 'role = "handler"\napart = ["write"]'},
    )  # fmt: skip
    written = done(tried(twice), "write")
    with pytest.raises(Forbidden):
        done(written, "check", by=written.held.data["write"]["by"])
    checked = done(written, "check")
    assert checked.held.data["check"]["by"] != written.held.data["write"]["by"]


def test_a_task_nobody_may_do_is_told_to_its_author():
    begun = tried(one_task('role = "handler"\nassignee = "\\"019b0000-0000-7000-8000-999999999999\\""'))
    with pytest.raises(Forbidden, match="没有人能办理"):
        done(begun, "look")


def test_answers_that_do_not_fit_are_told_by_question_and_nothing_happens():
    begun = trial.begin(shipped("city-event"), trial.Begin(MONDAY, {"description": "路灯坏了"}), TOWN)
    with pytest.raises(Unfit) as refused:
        trial.take(begun, trial.Complete(task="accept", answers={"accepted": False}))
    assert refused.value.problems.keys() == {"reason"} and begun.open == ("accept",)
    with pytest.raises(Unfit):
        trial.begin(shipped("city-event"), trial.Begin(MONDAY, {}), TOWN)


def test_time_brings_what_is_due_in_order():
    waiting = compiled(
        START, task("look"), timer("urge", "look", "PT2H", interrupts=False), task("call"), END,
        path("start", "look", "end"), flow("urge", "call"), flow("call", "end"),
        tasks={"look": 'role = "handler"\ndeadline = "4 hours"', "call": 'role = "handler"'},
    )  # fmt: skip
    later = trial.take(tried(waiting), trial.Push(to=MONDAY + 5 * HOUR))
    assert [(entry.verb, entry.at) for entry in later.entries[1:]] == [
        ("case.timer_fired", MONDAY + 2 * HOUR), ("case.warned", MONDAY + 3.2 * HOUR), ("case.late", MONDAY + 4 * HOUR),
    ]  # fmt: skip
    assert later.open == ("look", "call") and later.at == MONDAY + 5 * HOUR
    with pytest.raises(Conflict, match="只能往后推"):
        trial.take(later, trial.Push(to=MONDAY))


def test_terms_in_days_leave_out_the_holiday():
    before = trial.Begin(datetime.fromisoformat("2026-09-30T09:00:00+08:00"))
    begun = trial.begin(one_task(), before, trial.made_up(2026))
    assert begun.held.tasks[0].due.isoformat() == "2026-10-08T23:59:59+08:00"


def test_a_timer_that_rings_without_end_stops_the_push_with_a_sentence():
    ringing = compiled(
        START, task("look"), edge("again", "look", clock("R/PT1M", "timeCycle"), interrupts=False), task("note"), END,
        path("start", "look", "end"), flow("again", "note"), flow("note", "end"),
        tasks={"look": 'role = "handler"', "note": 'role = "handler"'},
    )  # fmt: skip
    with pytest.raises(Conflict, match="超过 500 件"):
        trial.take(tried(ringing), trial.Push(to=MONDAY + 30 * DAY))


def test_a_timer_whose_way_leads_nowhere_is_told_and_left():
    stuck = compiled(
        START, task("look"), timer("late", "look", "PT1H", interrupts=False), exclusive("which"), task("a"), END,
        path("start", "look", "end"), flow("late", "which"), flow("which", "a", "urgent = true"),
        flow("which", "end", "urgent = 1"), flow("a", "end"),
        tasks={"look": 'role = "handler"', "a": 'role = "handler"'},
    )  # fmt: skip
    later = trial.take(tried(stuck), trial.Push(to=MONDAY + 2 * HOUR))
    assert verbs(later)[0] == "case.timer_stuck" and "走不下去" in str(later.entries[1].said[0])
    assert later.open == ("look",)


def test_a_service_says_what_it_would_do_with_the_outcome_that_was_chosen():
    paying = compiled(
        START, CALLS, edge("refused", "pay", error("no-money")), task("thank"), task("dun"), END,
        path("start", "pay", "thank", "end"), path("refused", "dun", "end"),
        tasks={"thank": 'role = "handler"', "dun": 'role = "handler"'},
    )  # fmt: skip
    with pytest.raises(trial.Unchosen) as unchosen:
        tried(paying)
    assert (unchosen.value.call.element, unchosen.value.call.handler) == ("pay", "payments.request")
    paid = tried(paying, {"pay": trial.Outcome({"number": "8"})})
    assert paid.open == ("thank",) and paid.held.data["pay"] == {"number": "8"}
    failed = tried(paying, {"pay": trial.Outcome(failed="no-money")})
    assert failed.open == ("dun",) and failed.entries[0].calls[0].failed == "no-money"


def test_an_outcome_can_be_chosen_on_the_way():
    later = compiled(
        START, task("look"), CALLS, END, path("start", "look", "pay", "end"), tasks={"look": 'role = "handler"'}
    )
    with pytest.raises(trial.Unchosen):
        done(tried(later), "look")
    chosen = trial.take(tried(later), trial.Choose(element="pay", outcome=trial.Outcome({"paid": True})))
    assert done(chosen, "look").held.data["pay"] == {"paid": True}
    with pytest.raises(Conflict):
        trial.take(chosen, trial.Choose(element="look", outcome=trial.Outcome()))


def test_a_decision_tells_which_rule_was_met():
    deciding = compiled(
        START, '<bpmn:businessRuleTask id="judge" implementation="urgency"/>', task("look"), END,
        path("start", "judge", "look", "end"), tasks={"look": 'role = "handler"'}, **{"u.dmn": MODEL % '"紧急"'},
    )  # fmt: skip
    (decided,) = tried(deciding).entries[0].decisions
    assert (decided.element, decided.result.value) == ("judge", "一般")
    assert [(met.table, met.rules, met.of) for met in decided.result.met] == [("紧急程度", (2,), 2)]


def test_messages_and_signals_come_to_who_waits_for_them():
    waiting = compiled(
        START, parallel("both"), catch("paid", message("payment")), catch("dry", signal("flood-over")), task("a"),
        task("b"), END, path("start", "both", "paid", "a", "end"), path("both", "dry", "b", "end"),
        tasks={"a": 'role = "handler"', "b": 'role = "handler"'},
    )  # fmt: skip
    begun = tried(waiting)
    paid = trial.take(begun, trial.Message(name="payment", facts={"yuan": 20}))
    assert paid.open == ("a",) and paid.held.data["payment"]["yuan"] == 20
    assert trial.take(paid, trial.Signal(name="flood-over")).open == ("a", "b")
    with pytest.raises(Refusal, match="不在等消息"):
        trial.take(begun, trial.Message(name="weather"))


def test_a_case_goes_back_to_who_did_it_before():
    steps = compiled(
        START, task("write"), task("check"), END, path("start", "write", "check", "end"),
        tasks={"write": 'role = "handler"', "check": 'role = "supervisor"'},
    )  # fmt: skip
    written = done(tried(steps), "write")
    back = trial.take(written, trial.Return(task="check", to="write", reason="少了附件"))
    assert back.open == ("write",) and back.held.tasks[0].assignee == written.held.data["write"]["by"]
    with pytest.raises(Conflict, match="不能退回到所选的环节"):
        trial.take(back, trial.Return(task="write", to="check", reason="少了附件"))
    closed = done(back, "write", "check")
    again = trial.take(closed, trial.Reopen(to="check", reason="当事人有新材料", at=MONDAY + DAY))
    assert again.open == ("check",) and again.held.closed is None


def test_the_applicant_supplements_or_lets_the_time_pass():
    begun = trial.begin(shipped("noise"), trial.Begin(MONDAY, {"description": "夜里施工"}), TOWN)
    asked = trial.take(begun, trial.Ask(task="accept", items=[("地址", "写得不清楚")]))
    assert asked.held.stopped == MONDAY and asked.held.tasks[0].due is None and asked.held.due is None
    with pytest.raises(Conflict, match="挂起"):
        trial.take(asked, trial.Complete(task="accept", answers={"accepted": True}))
    supplied = trial.take(asked, trial.Supply(answers={"text_1": "解放路 12 号"}, at=MONDAY + DAY))
    assert supplied.held.tasks[0].due == MONDAY + DAY + HOUR / 2
    lapsed = trial.take(asked, trial.Push(to=MONDAY + 8 * DAY))
    assert lapsed.asked[0].ending == "lapsed" and lapsed.held.stopped is None
    deemed = trial.take(lapsed, trial.Deem(reason="逾期没有补正"))
    assert (deemed.held.phase, deemed.entries[-1].message) == ("withdrawn", "case.deemed_withdrawn")
    dropped = trial.take(asked, trial.Drop(reason="电话里已经说清"))
    assert dropped.waiting is None and dropped.held.stopped is None
    with pytest.raises(Conflict, match="逾期未补正"):
        trial.take(dropped, trial.Deem(reason="逾期没有补正"))
    with pytest.raises(Conflict, match="一次告知"):
        trial.take(supplied, trial.Ask(task="accept", items=[("照片", "没有")]))


def test_a_case_is_withdrawn_or_cancelled_where_it_stands():
    begun = tried(one_task())
    withdrawn = trial.take(begun, trial.Withdraw(reason="自己解决了"))
    assert (withdrawn.held.phase, withdrawn.open, withdrawn.entries[-1].message) == ("withdrawn", (), "case.withdrawn")
    assert trial.take(begun, trial.Cancel(reason="重复")).held.phase == "cancelled"
    with pytest.raises(Conflict):
        trial.take(withdrawn, trial.Withdraw(reason="自己解决了"))
    quiet = trial.take(withdrawn, trial.Push(to=MONDAY + 30 * DAY))
    assert verbs(quiet) == ["case.withdrawn"], "nothing is due any more"


def test_time_that_stood_still_or_was_added_does_not_count():
    begun = tried(one_task('role = "handler"\ndeadline = "4 hours"'))
    still = trial.take(begun, trial.Suspend(reason="等专家意见"))
    runs = trial.take(still, trial.Resume(at=MONDAY + 3 * HOUR))
    assert runs.held.tasks[0].due == MONDAY + 7 * HOUR
    longer = trial.take(runs, trial.Extend(task="look", amount=2))
    assert longer.held.tasks[0].due == MONDAY + 9 * HOUR
    with pytest.raises(Invalid, match="1 至 4"):
        trial.take(runs, trial.Extend(task="look", amount=5))


def test_a_step_leaves_the_trial_before_it_as_it_was():
    begun = tried(one_task())
    kept = replace(begun)
    done(begun, "look")
    trial.take(begun, trial.Push(to=MONDAY + 9 * DAY))
    assert begun == kept
