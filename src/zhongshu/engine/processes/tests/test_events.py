"""What happens to cases from outside, from inside, and with time."""

from datetime import UTC, datetime, timedelta

import pytest

from zhongshu.base.calendar.rules import Term
from zhongshu.engine.processes.rules import advance, happenings
from zhongshu.engine.processes.tests.drawing import (
    END,
    IN,
    START,
    answer,
    catch,
    clock,
    condition,
    edge,
    error,
    escalation,
    event,
    first_event,
    flow,
    inclusive,
    link,
    message,
    net,
    parallel,
    path,
    scope,
    service,
    signal,
    task,
    throw,
)
from zhongshu.engine.processes.tests.running import Run

PAID = net(
    START, task("bill"), catch("paid", message("payment")), task("issue"), END,
    path("start", "bill", "paid", "issue", "end"),
)  # fmt: skip


def test_a_case_waits_for_a_message_and_goes_on_when_it_comes() -> None:
    run = Run(PAID)
    with pytest.raises(advance.Illegal):
        run.message("payment")
    run.do("bill")
    assert (run.open, run.end) == ([], None)
    with pytest.raises(advance.Illegal):
        run.message("refund")
    run.message("payment")
    assert run.open == ["issue"]


def test_what_comes_first_of_several_events_decides_and_the_others_are_forgotten() -> None:
    drawing = net(
        START, first_event("either"), catch("paid", message("payment")), catch("late", clock("P5D")),
        '<bpmn:receiveTask id="refused" messageRef="refusal"/>', task("issue"), task("dun"), task("close"), END,
        path("start", "either", "paid", "issue", "end"), path("either", "late", "dun", "end"),
        path("either", "refused", "close", "end"),
    )  # fmt: skip
    run = Run(drawing)
    assert [timer for _, timer in run.timers] == ["late"]
    run.message("payment")
    assert (run.open, run.timers) == (["issue"], {})
    run = Run(drawing)
    run.ring("late")
    assert run.open == ["dun"]
    with pytest.raises(advance.Illegal):
        run.message("payment")
    run = Run(drawing)
    run.message("refusal")
    assert run.open == ["close"]


def test_a_signal_is_heard_by_all_who_wait_for_it_here_and_told_to_others() -> None:
    drawing = net(
        START, parallel("fork"), task("pump"), edge("flood", "pump", signal("flood")), task("leave"),
        catch("wet", signal("flood")), task("dry"), task("watch"), throw("alarm", signal("flood")), END,
        path("start", "fork", "pump", "end"), path("flood", "leave", "end"), path("fork", "wet", "dry", "end"),
        path("fork", "watch", "alarm", "end"),
    )  # fmt: skip
    run = Run(drawing)
    run.do("watch")
    assert (sorted(run.open), run.withdrawn, run.told) == (["dry", "leave"], ["pump"], ["flood"])
    run = Run(drawing)
    run.signal("flood")
    assert sorted(run.open) == ["dry", "leave", "watch"]


def test_an_error_ends_what_it_comes_from_and_is_caught_by_its_code_before_any() -> None:
    drawing = net(
        START,
        scope("check", IN, task("look"), inclusive("how", "fine"),
              event("endEvent", "bad", error("forged")), event("endEvent", "odd", error("other")),
              event("endEvent", "good"), task("beside"), path("in", "look", "how"), path("in", "beside", "good"),
              flow("how", "bad", "forged"), flow("how", "odd", "odd"), flow("how", "good", id="fine")),
        edge("any", "check", error()), edge("forgery", "check", error("forged")),
        task("police"), task("repeat"), task("pass"), END,
        path("start", "check", "pass", "end"), path("forgery", "police", "end"), path("any", "repeat", "end"),
    )  # fmt: skip
    run = Run(drawing)
    assert run.open == ["look", "beside"]
    run.do("look", forged=True)
    assert (run.open, run.withdrawn) == (["police"], ["beside"])
    run = Run(drawing)
    run.do("look", odd=True)
    assert run.open == ["repeat"]
    run = Run(drawing)
    run.do("look")
    run.do("beside")
    assert run.open == ["pass"]


def test_a_service_that_fails_leaves_by_its_error_event() -> None:
    drawing = net(
        START, service("pay"), edge("broke", "pay", error("no money")), task("dun"), END,
        path("start", "pay", "end"), path("broke", "dun", "end"),
    )  # fmt: skip
    begun = advance.advance(drawing, advance.Marking(), happenings.Started(), {})
    token = begun.marking.tokens[0].id
    failed = advance.advance(drawing, begun.marking, happenings.ServiceFailed(token, "no money"), {})
    assert [each.at for each in failed.marking.tokens] == ["dun"]
    with pytest.raises(advance.Uncaught):
        advance.advance(drawing, begun.marking, happenings.ServiceFailed(token, "power cut"), {})


def test_an_escalation_calls_for_help_without_ending_the_work() -> None:
    drawing = net(
        START,
        scope("repair", IN, task("dig"), throw("help", escalation("deep")), task("fill"),
              event("endEvent", "out"), path("in", "dig", "help", "fill", "out")),
        edge("deep", "repair", escalation("deep"), interrupts=False), task("boss"), END,
        path("start", "repair", "end"), path("deep", "boss", "end"),
    )  # fmt: skip
    run = Run(drawing)
    run.do("dig")
    assert sorted(run.open) == ["boss", "fill"]


def test_a_condition_is_heard_when_the_data_make_it_true_and_once() -> None:
    drawing = net(
        START, task("treat"), edge("worse", "treat", condition("fever > 39"), interrupts=False), task("doctor"), END,
        path("start", "treat", "end"), path("worse", "doctor", "end"),
    )  # fmt: skip
    run = Run(drawing, fever=37)
    run.data["fever"] = 40
    run.happens(happenings.DataChanged())
    run.happens(happenings.DataChanged())
    assert run.open == ["treat", "doctor"]


def test_a_repeated_timer_rings_as_often_as_it_says() -> None:
    drawing = net(
        START, task("work"), edge("remind", "work", clock("R3/PT1H", "timeCycle"), interrupts=False), task("urge"),
        END, path("start", "work", "end"), path("remind", "urge", "end"),
    )  # fmt: skip
    run = Run(drawing)
    for times in (1, 2, 3):
        run.ring("remind")
        assert run.open.count("urge") == times
    assert run.timers == {}


def test_a_bell_that_rings_for_ever_does_not_make_another_ring_oftener() -> None:
    drawing = net(
        START, task("work"), edge("remind", "work", clock("R2/PT1H", "timeCycle"), interrupts=False), task("urge"),
        edge("daily", "work", clock("R/P1D", "timeCycle"), interrupts=False), task("report"), END,
        path("start", "work", "end"), path("remind", "urge", "end"), path("daily", "report", "end"),
    )  # fmt: skip
    run = Run(drawing)
    run.ring("remind")
    run.ring("daily")
    run.ring("remind")
    assert [timer for _, timer in run.timers] == ["daily"]


def test_a_case_that_is_opened_again_counts_its_bells_anew() -> None:
    drawing = net(
        START, task("work"), END, path("start", "work", "end"),
        answer("bell", clock("R2/PT1H", "timeCycle"), task("urge"), path("bell-start", "urge", "bell-end"),
               interrupts=False),
    )  # fmt: skip
    run = Run(drawing)
    run.ring("bell-start")
    run.do("urge")
    run.do("work")
    run.happens(happenings.Reopened("work"))
    run.ring("bell-start")
    run.ring("bell-start")
    assert run.open == ["work", "urge", "urge"]


@pytest.mark.parametrize(
    ("text", "kind", "wait"),
    [
        ("5 working_days", "timeDuration", Term.parse("5 working_days")),
        ("PT4H", "timeDuration", timedelta(hours=4)),
        ("= patience", "timeDuration", timedelta(days=2)),
        ("2026-10-01T09:00:00Z", "timeDate", datetime(2026, 10, 1, 9, tzinfo=UTC)),
    ],
)
def test_a_timer_waits_as_it_is_written(text: str, kind: str, wait: object) -> None:
    run = Run(net(START, catch("wait", clock(text, kind)), END, path("start", "wait", "end")), patience=timedelta(2))
    assert [each.wait for each in run.timers.values()] == [wait]


def test_a_timer_that_nothing_sets_is_named() -> None:
    drawing = net(START, catch("wait", clock("patience")), END, path("start", "wait", "end"))
    with pytest.raises(advance.Timeless) as refused:
        Run(drawing)
    assert refused.value.gaps["element"] == "wait"


def test_an_event_sub_process_answers_while_its_scope_is_under_way() -> None:
    drawing = net(
        START, task("work"), END, path("start", "work", "end"),
        answer("asked", message("question"), task("reply"), path("asked-start", "reply", "asked-end"),
               interrupts=False),
        answer("gone", message("withdrawal"), task("store"), path("gone-start", "store", "gone-end")),
    )  # fmt: skip
    run = Run(drawing)
    run.message("question")
    run.message("question")
    assert run.open == ["work", "reply", "reply"]
    run.message("withdrawal")
    assert (run.open, sorted(run.withdrawn)) == (["store"], ["reply", "reply", "work"])
    with pytest.raises(advance.Illegal):
        run.message("question")
    run.do("store")
    assert run.end == "gone-end"


def test_the_answers_of_a_finished_case_are_no_longer_awaited() -> None:
    drawing = net(
        START, task("work"), END, path("start", "work", "end"),
        answer("late", clock("P1D"), task("hurry"), path("late-start", "hurry", "late-end"), interrupts=False),
    )  # fmt: skip
    run = Run(drawing)
    assert list(run.timers) == [(1, "late-start")]
    run.do("work")
    assert (run.end, run.timers, run.marking.armed) == ("end", {}, ())


def test_a_link_goes_on_where_its_other_end_is() -> None:
    drawing = net(
        START, task("a"), throw("away", link("page 2")), catch("here", link("page 2")), task("b"), END,
        path("start", "a", "away"), path("here", "b", "end"),
    )  # fmt: skip
    run = Run(drawing)
    run.do("a")
    assert run.open == ["b"]


def test_a_message_that_is_thrown_is_told_to_the_caller() -> None:
    drawing = net(START, throw("say", message("done")), END, path("start", "say", "end"))
    assert Run(drawing).told == ["done"]
