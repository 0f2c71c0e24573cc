"""Cases that wait for messages and signals, ask decisions, and whose services fail."""

from typing import Any

import pytest

from zhongshu.base.http.refusals import Conflict, Forbidden, TooLarge
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases import doors
from zhongshu.engine.cases.actions.hearing import MOST_HOPS
from zhongshu.engine.cases.queries.sent import Repeated
from zhongshu.engine.cases.rules.sent import Sent
from zhongshu.engine.cases.tests.drawn import Matter
from zhongshu.engine.processes.tests.drawing import (
    END,
    START,
    catch,
    each_of,
    edge,
    error,
    event,
    exclusive,
    flow,
    message,
    path,
    service,
    signal,
    task,
    throw,
)

PAYING = (
    START, catch("wait", message("payment")), exclusive("much", "no"), task("thank"), task("dun"), END,
    path("start", "wait", "much"), flow("much", "thank", "payment.sum >= 10"), flow("much", "dun", id="no"),
    path("thank", "end"), path("dun", "end"),
)  # fmt: skip
WATCHING = (
    START, task("watch"), edge("flood", "watch", signal("flood")), task("leave"), END,
    path("start", "watch", "end"), path("flood", "leave", "end"),
)  # fmt: skip


def test_a_message_comes_once_with_its_facts(city: Any) -> None:
    case = Matter(city, *PAYING, tasks=("thank", "dun"))
    sent = Sent("bank-1")
    cases.deliver(case.id, "payment", {"sum": 12}, sent=sent, by=case.by, at=city.now)
    assert case.open == ["thank"]
    assert city.trace(case.id)[-1]["verb"] == "case.message_came"
    with pytest.raises(Repeated):
        cases.deliver(case.id, "payment", {"sum": 12}, sent=sent, by=case.by, at=city.now)
    with pytest.raises(Conflict):
        cases.deliver(case.id, "payment", {"sum": 12}, by=case.by, at=city.now)


def test_a_message_needs_the_right_and_a_bearable_size(city: Any) -> None:
    case = Matter(city, *PAYING, tasks=("thank", "dun"))
    with pytest.raises(Forbidden):
        cases.deliver(case.id, "payment", {}, by=city.actor("leader"), at=city.now)
    with pytest.raises(TooLarge):
        cases.deliver(case.id, "payment", {"text": "长" * 10_000}, by=case.by, at=city.now)
    assert case.open == []


def test_a_signal_reaches_every_case_that_waits_and_none_twice(city: Any) -> None:
    waiting = [Matter(city, *WATCHING, tasks=("watch", "leave")) for _ in range(3)]
    done = Matter(city, *WATCHING, tasks=("watch", "leave"))
    done.do("watch")
    cases.broadcast("flood", "河水上涨", by=done.by, at=city.now)
    city.react()
    assert [case.open for case in waiting] == [["leave"]] * 3
    assert done.held.closed is not None
    with pytest.raises(Forbidden):
        cases.broadcast("flood", "河水上涨", by=city.actor("leader"), at=city.now)


def test_a_signal_one_case_gives_is_heard_by_others(city: Any) -> None:
    giving = (START, task("see"), throw("tell", signal("flood")), END, path("start", "see", "tell", "end"))
    waiting, teller = Matter(city, *WATCHING, tasks=("watch", "leave")), Matter(city, *giving, tasks=("see",))
    teller.do("see")
    city.react()
    assert waiting.open == ["leave"]
    heard = city.trace(waiting.id)[-1]
    assert heard["verb"] == "case.signal_came"


def test_cases_that_call_each_other_for_ever_fall_silent(city: Any) -> None:
    echo = (
        START, exclusive("again"), catch("hear", signal("ping")), throw("say", signal("ping")),
        exclusive("more", "out"), task("rest"), END, path("start", "again", "hear", "say", "more"),
        flow("more", "again", "true"), flow("more", "rest", id="out"), path("rest", "end"),
    )  # fmt: skip
    one, two = Matter(city, *echo, tasks=("rest",)), Matter(city, *echo, tasks=("rest",))
    cases.broadcast("ping", "试一试", by=one.by, at=city.now)
    city.react()
    heard = [entry for case in (one, two) for entry in city.trace(case.id) if entry["verb"] == "case.signal_came"]
    assert 2 <= len(heard) <= 2 * MOST_HOPS + 2


def test_a_service_that_fails_leaves_by_its_error_event(city: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broke(_: doors.Situation) -> dict[str, Any]:
        raise doors.Failed("no-money")

    monkeypatch.setitem(doors.handlers, "test.pay", doors.Service(broke))
    case = Matter(
        city, START, task("bill"), service("pay", "test.pay"), edge("poor", "pay", error("no-money")), task("dun"), END,
        path("start", "bill", "pay", "end"), path("poor", "dun", "end"), tasks=("bill", "dun"),
    )  # fmt: skip
    case.do("bill")
    assert case.open == ["dun"]


def test_a_decision_and_a_script_stand_among_the_data(city: Any) -> None:
    model = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="urn:fee">
      <decision id="fee" name="收费"><literalExpression><text>100 * 1.5</text></literalExpression></decision>
    </definitions>"""
    case = Matter(
        city, START, '<bpmn:businessRuleTask id="fee" implementation="收费"/>',
        '<bpmn:scriptTask id="double"><bpmn:script>fee * 2</bpmn:script></bpmn:scriptTask>', task("bill"), END,
        path("start", "fee", "double", "bill", "end"), tasks=("bill",), **{"fee.dmn": model},
    )  # fmt: skip
    assert (case.held.data["fee"], case.held.data["double"]) == (150, 300)


def test_an_instance_that_is_for_no_body_waits_at_the_case_s_own(city: Any) -> None:
    case = Matter(
        city, START, '<bpmn:scriptTask id="papers"><bpmn:script>["plan", "lease"]</bpmn:script></bpmn:scriptTask>',
        task("read", each_of("papers")), END, path("start", "papers", "read", "end"), tasks=("read",),
        usual='role = "supervisor"\npool = "body"',
    )  # fmt: skip
    assert case.open == ["read", "read"] and {task.pool for task in case.held.tasks} == {case.held.place}


def test_a_case_begins_where_its_source_does(city: Any) -> None:
    drawing = (
        START, event("startEvent", "called", message("call")), task("check"), task("ask"), END,
        path("start", "check", "end"), path("called", "ask", "end"),
    )  # fmt: skip
    assert Matter(city, *drawing, tasks=("check", "ask")).open == ["check"]
    assert Matter(city, *drawing, tasks=("check", "ask"), more='[starts]\nhotline = "called"').open == ["ask"]
