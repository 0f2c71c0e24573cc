"""Cases of a city, walked through their processes."""

from datetime import timedelta

import pytest

from zhongshu.engine.processes.rules import advance, effects, happenings
from zhongshu.engine.processes.rules.marking import Marking
from zhongshu.engine.processes.tests.drawing import (
    END,
    START,
    each_of,
    exclusive,
    flow,
    instances,
    net,
    parallel,
    path,
    service,
    task,
    timer,
    times,
)
from zhongshu.engine.processes.tests.running import Run

POTHOLE = net(
    START,
    service("dispatch"),
    task("repair"),
    task("verify"),
    exclusive("good", default="again"),
    END,
    path("start", "dispatch", "repair", "verify", "good"),
    flow("good", "end", "verified = true", id="done"),
    flow("good", "repair", id="again"),
)


def test_a_case_goes_from_task_to_task_until_its_end() -> None:
    run = Run(POTHOLE)
    assert (run.open, run.called) == (["repair"], ["dispatch.assign"])
    run.do("repair")
    assert run.open == ["verify"]
    run.do("verify", verified=True)
    assert (run.open, run.end) == ([], "end")
    assert run.marking.finished


def test_a_failed_verification_sends_the_repair_back_under_a_new_number() -> None:
    run = Run(POTHOLE)
    first = run.token("repair")
    run.do("repair")
    run.do("verify", verified=False)
    assert run.open == ["repair"]
    assert run.token("repair") != first


def test_sixty_rounds_do_not_make_the_marking_longer() -> None:
    run = Run(POTHOLE)
    for _ in range(60):
        run.do("repair")
        run.do("verify", verified=False)
    assert len(run.stored) <= len('{"next": 999, "tokens": [{"id": 999, "at": "repair", "via": "again"}]}')


def test_a_null_condition_is_not_true_and_the_default_is_taken() -> None:
    run = Run(POTHOLE)
    run.do("repair")
    run.do("verify")
    assert run.open == ["repair"]


def test_a_gateway_without_a_true_condition_or_default_is_named() -> None:
    choice = net(
        START, exclusive("size"), task("big"), task("small"), END, path("start", "size"),
        flow("size", "big", "area > 10"), flow("size", "small", "area &lt; 2"),
        path("big", "end"), path("small", "end"),
    )  # fmt: skip
    assert Run(choice, area=11).open == ["big"]
    assert Run(choice, area=1).open == ["small"]
    with pytest.raises(advance.NoWay) as refused:
        Run(choice, area=5)
    assert refused.value.gaps["element"] == "size"
    assert "size" in str(refused.value)


def test_a_join_waits_for_every_branch() -> None:
    fork = net(
        START, parallel("fork"), task("police"), task("water"), task("power"), parallel("join"), task("sum"),
        END, path("start", "fork", "police", "join", "sum", "end"), path("fork", "water", "join"),
        path("fork", "power", "join"),
    )  # fmt: skip
    run = Run(fork)
    assert run.open == ["police", "water", "power"]
    run.do("water")
    run.do("police")
    assert run.open == ["power"]
    run.do("power")
    assert run.open == ["sum"]


def test_a_join_is_not_opened_by_two_tokens_of_one_branch() -> None:
    fork = net(
        START, parallel("fork"), task("a"), task("b"), exclusive("twice"), parallel("join"), task("sum"), END,
        path("start", "fork", "a", "twice", "join", "sum", "end"), path("fork", "b", "join"),
        timer("late", "a", interrupts=False), path("late", "twice"),
    )  # fmt: skip
    run = Run(fork)
    run.ring("late")
    run.do("a")
    assert run.open == ["b"]
    run.do("b")
    assert run.open == ["sum"]


TIMED = net(
    START, task("repair"), timer("late", "repair", "P3D"), timer("soon", "repair", "PT4H", interrupts=False),
    task("urge"), task("escalated"), END, path("start", "repair", "end"), path("soon", "urge", "end"),
    path("late", "escalated", "end"),
)  # fmt: skip


def test_an_interrupting_timer_takes_the_task_away() -> None:
    run = Run(TIMED)
    assert {key[1]: each.wait for key, each in run.timers.items()} == {
        "late": timedelta(days=3),
        "soon": timedelta(hours=4),
    }
    run.ring("late")
    assert (run.open, run.withdrawn, run.timers) == (["escalated"], ["repair"], {})


def test_a_non_interrupting_timer_adds_a_task_once() -> None:
    run = Run(TIMED)
    token = run.token("repair")
    run.ring("soon")
    assert run.open == ["repair", "urge"]
    with pytest.raises(advance.Illegal):
        run.happens(happenings.TimerFired(token, "soon"))
    run.do("repair")
    assert (run.open, run.timers) == (["urge"], {})


def test_a_finished_task_takes_its_timers_with_it() -> None:
    run = Run(TIMED)
    token = run.token("repair")
    run.do("repair")
    assert (run.end, run.timers) == ("end", {})
    with pytest.raises(advance.Illegal):
        run.happens(happenings.TimerFired(token, "late"))


def whistle(until: str = "", sequential: bool = False) -> Run:
    drawing = net(
        START, task("answer", each_of("bodies", until, sequential)), timer("late", "answer"), task("close"),
        END, path("start", "answer", "close", "end"), path("late", "close"),
    )  # fmt: skip
    return Run(drawing, bodies=["城管", "水务", "交警", "园林", "电力"], lead="水务")


def test_a_whistle_waits_for_all_bodies_unless_told_otherwise() -> None:
    run = whistle()
    for body in run.data["bodies"]:
        assert run.end is None
        run.do("answer", body)
    assert (run.open, run.timers) == (["close"], {})


def test_a_whistle_ends_when_the_lead_body_answers() -> None:
    run = whistle("body = lead")
    run.do("answer", "城管")
    assert run.open == ["answer"] * 4
    run.do("answer", "水务")
    assert (run.open, run.withdrawn) == (["close"], ["answer"] * 3)


def test_a_whistle_ends_at_a_quorum() -> None:
    run = whistle("nrOfCompletedInstances / nrOfInstances >= 0.6")
    run.do("answer", "城管")
    run.do("answer", "园林")
    assert run.open == ["answer"] * 3
    run.do("answer", "电力")
    assert run.open == ["close"]


def test_the_condition_knows_how_many_are_still_at_work() -> None:
    run = whistle("nrOfActiveInstances = 2")
    for body in ("城管", "园林", "电力"):
        assert "close" not in run.open
        run.do("answer", body)
    assert run.open == ["close"]


def test_bodies_can_be_asked_one_after_the_other() -> None:
    run = whistle("accepted = true", sequential=True)
    run.do("answer", "城管", accepted=False)
    assert [each.item for each in run.tasks.values()] == ["水务"]
    run.do("answer", "水务", accepted=True)
    assert run.open == ["close"]


def test_a_list_that_changes_later_does_not_change_who_was_asked() -> None:
    run = whistle("body = lead", sequential=True)
    run.do("answer", "城管", bodies=[])
    assert [each.item for each in run.tasks.values()] == ["水务"]


def test_calling_off_one_body_lowers_the_number_without_counting_as_an_answer() -> None:
    run = whistle("nrOfCompletedInstances >= 1 and nrOfInstances = 4")
    run.happens(happenings.TaskCancelled(run.token("answer", "水务")))
    assert (run.open, run.withdrawn) == (["answer"] * 4, ["answer"])
    run.do("answer", "城管")
    assert run.open == ["close"]


def test_calling_off_the_lead_body_is_not_its_answer() -> None:
    run = whistle("body = lead")
    run.happens(happenings.TaskCancelled(run.token("answer", "水务")))
    assert run.open == ["answer"] * 4


def test_a_single_task_cannot_be_called_off() -> None:
    run = Run(POTHOLE)
    with pytest.raises(advance.Illegal):
        run.happens(happenings.TaskCancelled(run.token("repair")))


def test_an_interrupted_whistle_withdraws_every_open_instance() -> None:
    run = whistle()
    run.do("answer", "城管")
    run.ring("late")
    assert (run.open, run.withdrawn) == (["close"], ["answer"] * 4)


def test_a_whistle_to_nobody_passes_straight_through() -> None:
    drawing = net(START, task("answer", each_of("bodies")), END, path("start", "answer", "end"))
    run = Run(drawing, bodies=[])
    assert (run.end, run.marking.finished) == ("end", True)


@pytest.mark.parametrize("bodies", [None, "城管", 3, [1.5, object()], ["城管"] * 1001])
def test_a_whistle_to_who_knows_whom_is_refused(bodies: object) -> None:
    drawing = net(START, task("answer", each_of("bodies")), END, path("start", "answer", "end"))
    with pytest.raises(advance.Uncountable):
        Run(drawing, bodies=bodies)


def test_a_count_numbers_its_instances_from_one() -> None:
    drawing = net(START, task("sign", instances(times("copies + 1"))), END, path("start", "sign", "end"))
    assert [each.item for each in Run(drawing, copies=2).tasks.values()] == [1, 2, 3]
    with pytest.raises(advance.Uncountable):
        Run(drawing, copies=-2)


def test_a_terminate_end_takes_all_branches_with_it() -> None:
    drawing = net(
        START, parallel("fork"), task("repair"), timer("late", "repair"), task("recall"), service("call"),
        END, '<bpmn:endEvent id="stop"><bpmn:terminateEventDefinition/></bpmn:endEvent>',
        path("start", "fork", "repair", "end"), path("fork", "recall", "stop"), path("late", "end"),
        path("fork", "call", "end"),
    )  # fmt: skip
    run = Run(drawing)
    run.do("recall")
    assert (run.open, run.withdrawn, run.timers, run.end) == ([], ["repair"], {}, "stop")


def test_what_begins_and_ends_in_one_step_is_not_mentioned() -> None:
    drawing = net(
        START, parallel("fork"), task("repair"), timer("late", "repair"), END,
        '<bpmn:endEvent id="stop"><bpmn:terminateEventDefinition/></bpmn:endEvent>',
        path("start", "fork", "repair", "end"), path("fork", "stop"), path("late", "end"),
        task("after"), path("fork", "after", "end"),
    )  # fmt: skip
    step = advance.advance(drawing, Marking(), happenings.Started(), {})
    assert step.effects == (effects.Finish("stop"),)


def test_two_flows_out_of_a_task_are_both_taken() -> None:
    drawing = net(START, task("a"), task("b"), task("c"), END, path("start", "a", "b", "end"), path("a", "c", "end"))
    run = Run(drawing)
    run.do("a")
    assert run.open == ["b", "c"]
    run.do("c")
    assert run.end is None


def test_what_cannot_happen_is_refused() -> None:
    run = Run(POTHOLE)
    token = run.token("repair")
    for wrong in (
        happenings.Started(),
        happenings.TaskCompleted(token + 1),
        happenings.TaskCompleted(token - 1),
        happenings.ServiceAnswered(token),
        happenings.TimerFired(token, "late"),
        happenings.TimerFired(token, "repair"),
    ):
        with pytest.raises(advance.Illegal):
            run.happens(wrong)
    assert run.open == ["repair"]


def test_a_case_that_has_not_begun_or_has_ended_takes_no_step() -> None:
    with pytest.raises(advance.Illegal):
        advance.advance(POTHOLE, Marking(), happenings.TaskCompleted(1), {})
    run = Run(POTHOLE)
    run.do("repair")
    run.do("verify", verified=True)
    for wrong in (happenings.Started(), happenings.TaskCompleted(1)):
        with pytest.raises(advance.Illegal):
            run.happens(wrong)


def test_the_outer_token_of_a_whistle_is_nobodys_task() -> None:
    run = whistle()
    outer = next(token for token in run.marking.tokens if token.progress)
    assert outer not in run.marking.open_tasks(run.net)
    with pytest.raises(advance.Illegal):
        run.happens(happenings.TaskCompleted(outer.id))


def test_a_case_of_another_version_is_refused_by_this_one() -> None:
    run = Run(TIMED)
    run.ring("late")
    with pytest.raises(advance.Illegal):
        advance.advance(POTHOLE, run.marking, happenings.TaskCompleted(run.token("escalated")), {})


def test_a_ring_without_anybody_at_work_is_refused() -> None:
    drawing = net(
        START, exclusive("again", default="more"), task("answer", each_of("bodies")), END,
        path("start", "again"), flow("again", "answer", id="more"), path("answer", "again"),
        flow("again", "end", "bodies = null"),
    )  # fmt: skip
    with pytest.raises(advance.Endless):
        Run(drawing, bodies=[])


def test_a_ring_that_breeds_tokens_is_refused_before_it_fills_the_marking() -> None:
    drawing = net(
        START, exclusive("again"), parallel("fork"), task("a", each_of("bodies")), task("b"), END,
        path("start", "again", "fork", "a", "again"), path("fork", "b", "end"),
    )  # fmt: skip
    with pytest.raises(advance.Endless):
        Run(drawing, bodies=[])


def test_a_case_with_thousands_of_open_tasks_is_refused() -> None:
    whistles = [f"w{number}" for number in range(4)]
    drawing = net(
        START, parallel("fork"), *(task(id, each_of("bodies")) for id in whistles), END,
        path("start", "fork"), *(path("fork", id, "end") for id in whistles),
    )  # fmt: skip
    assert len(Run(drawing, bodies=["城管"] * 900).tasks) == 3600
    with pytest.raises(advance.Crowded):
        Run(drawing, bodies=["城管"] * 1000)


def test_a_case_that_would_wait_for_ever_is_refused_by_the_name_of_the_join() -> None:
    drawing = net(
        START, parallel("fork"), task("a"), exclusive("or", default="early"), task("b"), parallel("join"), END,
        path("start", "fork", "a", "or"), flow("or", "join", "x"), flow("or", "end", id="early"),
        path("fork", "b", "join", "end"),
    )  # fmt: skip
    run = Run(drawing)
    run.do("a")
    with pytest.raises(advance.Stuck) as refused:
        run.do("b")
    assert refused.value.gaps["element"] == "join"


def test_a_net_tells_its_tasks_handlers_and_the_names_it_reads() -> None:
    assert [each.id for each in POTHOLE.tasks()] == ["repair", "verify"]
    assert [each.handler for each in POTHOLE.services()] == ["dispatch.assign"]
    assert POTHOLE.names() == {"verified"}
    assert whistle("body = lead and nrOfInstances > 1").net.names() == {"bodies", "lead"}
