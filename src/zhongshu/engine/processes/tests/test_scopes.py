"""Sub-processes, called processes, loops, scripts and decisions, inclusive gateways."""

import pytest

from zhongshu.engine.processes.rules import advance, bpmn, happenings
from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.tests.drawing import (
    END,
    IN,
    OUT,
    START,
    call,
    drawn,
    each_of,
    edge,
    event,
    flow,
    inclusive,
    instances,
    loop,
    message,
    net,
    parallel,
    path,
    scope,
    task,
    timer,
    times,
)
from zhongshu.engine.processes.tests.running import Run


def review(attributes: str = "", rounds: str = "") -> str:
    """A sub-process of two tasks."""
    inside = (rounds, IN, task("read"), task("sign"), OUT, path("in", "read", "sign", "out"))
    return scope("review", *inside, attributes=attributes)


def test_a_sub_process_ends_when_nothing_is_left_in_it() -> None:
    run = Run(net(START, review(), task("issue"), END, path("start", "review", "issue", "end")))
    run.do("read")
    assert run.open == ["sign"]
    run.do("sign")
    assert run.open == ["issue"]


def test_a_sub_process_without_a_start_begins_at_all_that_nothing_leads_to() -> None:
    run = Run(
        net(START, scope("both", task("a"), task("b"), task("c"), path("b", "c")), END, path("start", "both", "end"))
    )
    assert run.open == ["a", "b"]
    run.do("a")
    run.do("b")
    run.do("c")
    assert run.end == "end"


def test_a_timer_on_its_edge_takes_all_of_it_away() -> None:
    drawing = net(
        START, review(), timer("late", "review"), task("hurry"), END, path("start", "review", "end"),
        path("late", "hurry", "end"),
    )  # fmt: skip
    run = Run(drawing)
    run.do("read")
    run.ring("late")
    assert (run.open, run.withdrawn) == (["hurry"], ["sign"])


def test_each_instance_of_a_sub_process_knows_whom_it_is_for() -> None:
    drawing = net(START, review(rounds=each_of("bodies")), END, path("start", "review", "end"))
    run = Run(drawing, bodies=["water", "power"])
    assert [each.item for each in run.tasks.values()] == ["water", "power"]
    run.do("read", "power")
    assert sorted((each.element, each.item) for each in run.tasks.values()) == [("read", "water"), ("sign", "power")]
    run.do("sign", "power")
    run.do("read", "water")
    run.do("sign", "water")
    assert run.end == "end"


def test_what_is_asked_in_an_instance_sees_its_item() -> None:
    inside = scope(
        "ask", each_of("bodies"), IN, inclusive("who", "other"), task("own"), task("foreign"), OUT,
        path("in", "who"), flow("who", "own", 'body = "water"'), flow("who", "foreign", id="other"),
        path("own", "out"), path("foreign", "out"),
    )  # fmt: skip
    run = Run(net(START, inside, END, path("start", "ask", "end")), bodies=["water", "power"])
    assert sorted((each.element, each.item) for each in run.tasks.values()) == [("foreign", "power"), ("own", "water")]
    assert "body" not in net(START, inside, END, path("start", "ask", "end")).names()


def test_a_called_process_is_walked_through_and_two_calls_do_not_meet() -> None:
    other = drawn(IN, task("read"), task("sign"), OUT, path("in", "read", "sign", "out")).replace(b"pothole", b"check")
    drawing = bpmn.read(
        drawn(START, parallel("fork"), call("first", "check"), call("second", "check"), parallel("join"), END,
              path("start", "fork", "first", "join", "end"), path("fork", "second", "join")),
        {"check": bpmn.read(other)},
    )  # fmt: skip
    run = Run(drawing)
    run.do("read")
    run.do("sign")
    assert run.open == ["read"]
    run.do("read")
    run.do("sign")
    assert run.end == "end"


def test_a_called_process_may_stand_in_the_same_file() -> None:
    xml = drawn(START, call("ask", "check"), END, path("start", "ask", "end")).decode()
    second = f'<bpmn:process id="check" isExecutable="true">{IN}{task("read")}{OUT}{path("in", "read", "out")}'
    xml = xml.replace("</bpmn:definitions>", f"{second}</bpmn:process></bpmn:definitions>")
    assert Run(bpmn.read(xml.encode())).open == ["read"]


@pytest.mark.parametrize("process", ["nobody", "pothole"])
def test_a_call_that_leads_nowhere_or_round_is_refused(process: str) -> None:
    reading = bpmn.examine(drawn(START, call("ask", process), END, path("start", "ask", "end")))
    assert "ask" in [each.element_id for each in reading.errors]


def looping(inside: str) -> nets.Net:
    return net(START, task("fix", inside), END, path("start", "fix", "end"))


def test_a_loop_goes_round_while_its_condition_is_true_and_no_oftener_than_it_may() -> None:
    again = looping(loop("bad", 'loopMaximum="3"'))
    run = Run(again, bad=True)
    run.do("fix")
    run.do("fix", bad=False)
    assert run.end == "end"
    run = Run(again, bad=True)
    for _ in range(3):
        run.do("fix")
    assert run.end == "end"
    assert Run(looping(loop("bad", 'testBefore="true"')), bad=False).end == "end"


def test_a_script_notes_what_later_conditions_see_at_once() -> None:
    drawing = net(
        START, '<bpmn:scriptTask id="fee"><bpmn:script>area * 2</bpmn:script></bpmn:scriptTask>',
        inclusive("dear", "cheap"), task("boss"), END, path("start", "fee", "dear"), flow("dear", "boss", "fee > 10"),
        flow("dear", "end", id="cheap"), path("boss", "end"),
    )  # fmt: skip
    assert (Run(drawing, area=6).open, Run(drawing, area=6).data["fee"]) == (["boss"], 12)
    assert Run(drawing, area=5).end == "end"


def test_instances_that_have_not_begun_yet_are_counted_as_still_to_do() -> None:
    rounds = instances(f"{times('3')}<bpmn:completionCondition>nrOfActiveInstances = 1</bpmn:completionCondition>")
    script = f'<bpmn:scriptTask id="fee">{rounds}<bpmn:script>loopCounter</bpmn:script></bpmn:scriptTask>'
    assert Run(net(START, script, END, path("start", "fee", "end"))).data["fee"] == 2


def test_a_rule_task_asks_its_decision() -> None:
    drawing = net(START, '<bpmn:businessRuleTask id="fee" implementation="收费"/>', END, path("start", "fee", "end"))
    assert (Run(drawing).called, [each.decision for each in drawing.rules()]) == (["收费"], ["收费"])


WHO = net(
    START, inclusive("which", "none"), task("fire"), task("water"), task("plain"), inclusive("all"), task("sum"), END,
    path("start", "which"), flow("which", "fire", "fire"), flow("which", "water", "water"),
    flow("which", "plain", id="none"), path("fire", "all"), path("water", "all"), path("plain", "all", "sum", "end"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("data", "asked"),
    [({"fire": True, "water": True}, ["fire", "water"]), ({"water": True}, ["water"]), ({}, ["plain"])],
)
def test_an_inclusive_gateway_asks_all_it_concerns_and_waits_for_just_those(
    data: dict[str, bool], asked: list[str]
) -> None:
    run = Run(WHO, **data)
    assert run.open == asked
    for element in asked:
        assert "sum" not in run.open
        run.do(element)
    assert run.open == ["sum"]


def test_flows_of_a_task_may_have_conditions_too() -> None:
    drawing = net(
        START, task("look").replace("<bpmn:userTask", '<bpmn:userTask default="rest"'), task("a"), task("b"), END,
        path("start", "look"), flow("look", "a", "x > 1"), flow("look", "b", id="rest"), path("a", "end"),
        path("b", "end"),
    )  # fmt: skip
    run = Run(drawing)
    run.do("look", x=2)
    assert run.open == ["a"]
    run = Run(drawing)
    run.do("look", x=1)
    assert run.open == ["b"]


def test_a_terminating_end_ends_its_own_scope_only() -> None:
    stop = event("endEvent", "stop", "<bpmn:terminateEventDefinition/>")
    drawing = net(
        START, scope("both", IN, task("a"), task("b"), stop, OUT, path("in", "a", "stop"), path("in", "b", "out")),
        task("after"), END, path("start", "both", "after", "end"),
    )  # fmt: skip
    run = Run(drawing)
    run.do("a")
    assert (run.open, run.withdrawn) == (["after"], ["b"])


def test_somebody_else_signs_before_the_task_is_done() -> None:
    run = Run(net(START, task("draft"), END, path("start", "draft", "end")))
    main = run.token("draft")
    run.happens(happenings.SignerAdded(main))
    run.happens(happenings.SignerAdded(main))
    one, two = sorted(token for token in run.tasks if token != main)
    assert [run.tasks[token].signs for token in (one, two)] == [main, main]
    with pytest.raises(advance.Illegal):
        run.happens(happenings.TaskCompleted(main))
    with pytest.raises(advance.Illegal):
        run.happens(happenings.SignerAdded(one))
    del run.tasks[one]
    run.happens(happenings.TaskCompleted(one))
    run.happens(happenings.TaskCancelled(two))
    assert run.tasks.keys() == {main}
    del run.tasks[main]
    run.happens(happenings.TaskCompleted(main))
    assert run.end == "end"


def test_lanes_tell_who_an_element_belongs_to() -> None:
    lanes = (
        '<bpmn:laneSet id="l"><bpmn:lane id="street" name="街道"><bpmn:childLaneSet id="c"><bpmn:lane id="grid" '
        'name="网格员"><bpmn:flowNodeRef>a</bpmn:flowNodeRef></bpmn:lane></bpmn:childLaneSet></bpmn:lane></bpmn:laneSet>'
    )
    assert net(lanes, START, task("a"), END, path("start", "a", "end")).lanes["a"] == ("街道", "网格员")


@pytest.mark.parametrize(
    ("elements", "found"),
    [
        ((scope("s", task("a"), OUT, path("a", "out"), attributes='triggeredByEvent="true"'),), "s"),
        ((scope("s", IN, OUT, path("in", "out")).replace('"s" ', '"s" triggeredByEvent="true"'),), "in"),
        ((scope("s", IN, task("a"), OUT, path("in", "a", "out")), path("a", "end")), "a-end"),
        ((scope("s", IN, event("endEvent", "bad", "<bpmn:errorEventDefinition/>"), path("in", "bad")),), "bad"),
        ((event("intermediateCatchEvent", "s", message("")),), "s"),
        ((event("intermediateCatchEvent", "s"),), "s"),
        ((call("s", ""),), "s"),
        (('<bpmn:eventBasedGateway id="s"/>', task("a"), path("s", "a", "end")), "s-a"),
        ((event("intermediateThrowEvent", "s", '<bpmn:linkEventDefinition name="x"/>'),), "s"),
        ((task("s", loop("")),), "s"),
        (('<bpmn:businessRuleTask id="s" implementation="##unspecified"/>',), "s"),
        ((task("s"), edge("e", "s", "<bpmn:errorEventDefinition/>", interrupts=False), path("e", "end")), "e"),
    ],
)
def test_what_cannot_work_is_refused_with_its_element(elements: tuple[str, ...], found: str) -> None:
    joined = "" if 'triggeredByEvent="true"' in elements[0] else path("start", "s", "end")
    first = "" if "linkEvent" in elements[0] else joined
    reading = bpmn.examine(drawn(START, *elements, END, first or path("start", "end")))
    assert found in [each.element_id for each in reading.errors]
