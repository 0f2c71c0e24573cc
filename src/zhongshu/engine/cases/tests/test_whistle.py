"""A street whistles, bodies report, each in its own time; the case goes on when the rule of its scenario is met."""

from datetime import timedelta
from typing import Any

import pytest

from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.base.journal import queries as journal
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import whistle as called
from zhongshu.engine.cases.rules.whistle import Marks
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.engine.messages.models import Message
from zhongshu.registers.people.models import Body

NOISE, VENDING, COVER = "1601", "1401", "0114"


def others(walk: Walk, number: int) -> list[int]:
    """Bureaus of the city that could be called."""
    found = Body.objects.filter(kind="bureau", parent__parent=None).exclude(pk=walk.held.body).order_by("pk")
    return list(found.values_list("pk", flat=True)[:number])


class Whistle(Walk):
    """A case on whose behalf its body has called others, the first to lead."""

    def __init__(self, city: Any, category: str = NOISE, number: int = 3, **hours: int) -> None:
        super().__init__(city, category=category)
        self.street = self.doer("handle")
        self.bodies = others(self, number)
        named = dict(zip(("first", "second", "third"), self.bodies, strict=False))
        self.do("handle", self.street, result="whistle", request="联合夜查。", **named, **hours)

    def waiting(self, body: int) -> Any:
        return next(task for task in self.held.tasks if task.pool == -body)

    def crew(self, body: int) -> Any:
        """Somebody who does the work of a body."""
        from zhongshu.registers.people import queries as people

        return self.actor(people.heads("handler", body, self.city.now)[0])

    def answer(self, body: int, answer: str = "handled", by: Any = None) -> None:
        said = {"reason": "不属我单位职责。"} if answer == "not_ours" else {"note": "已到场处理。"}
        at, token = self.city.now, self.waiting(body).token
        cases.complete(self.id, token, {"answer": answer, **said}, by=by or self.crew(body), at=at)

    def calls(self) -> dict[int, called.Call]:
        return {call.body: call for call in called.calls(self.id)}

    def last(self, verb: str) -> dict[str, Any]:
        return [entry for entry in journal.trace("case", str(self.id)) if entry.verb == verb][-1].facts


def told(walk: Walk, template: str) -> set[str]:
    return {str(message.account) for message in Message.objects.filter(case_id=walk.id, template=template)}


def test_every_body_has_its_own_task_and_clock(city: Any) -> None:
    walk = Whistle(city, first_hours=2)
    first, second, third = (walk.waiting(body) for body in walk.bodies)
    assert first.due == first.opened + timedelta(hours=2)
    assert second.due == third.due and second.due is not None and second.due > first.due
    assert [(call.body, call.lead, call.state) for call in called.calls(walk.id)] == [
        (body, body == walk.bodies[0], "open") for body in walk.bodies
    ]
    assert {call["body"] for call in walk.last("case.task_completed")["called"]} == set(walk.bodies)


def test_bodies_named_twice_and_one_s_own_are_refused_and_nothing_is_called(city: Any) -> None:
    walk = Walk(city, category=NOISE)
    other = others(walk, 1)[0]
    for field, named in (("second", {"first": other, "second": other}), ("first", {"first": walk.held.body})):
        with pytest.raises(Invalid) as refused:
            walk.do("handle", result="whistle", request="联合夜查。", **named)
        assert refused.value.field == field
    assert walk.open == ["handle"] and called.calls(walk.id) == []


def test_every_called_body_is_told_and_only_they(city: Any) -> None:
    walk = Whistle(city, number=2)
    city.react()
    assert walk.crew(walk.bodies[0]).id in told(walk, "whistle.called_lead")
    assert walk.crew(walk.bodies[1]).id in told(walk, "whistle.called") - told(walk, "whistle.called_lead")


def test_all_must_come(city: Any) -> None:
    walk = Whistle(city)
    for body in walk.bodies:
        assert walk.held.phase == "joining"
        walk.answer(body)
    assert walk.open == ["handle"] and walk.task("handle").assignee == walk.street.id
    assert {call.state for call in walk.calls().values()} == {"answered"}


def test_the_lead_is_enough_and_the_others_are_let_go_and_told(city: Any) -> None:
    walk = Whistle(city, VENDING)
    walk.answer(walk.bodies[1])
    assert set(walk.open) == {"join"}
    walk.answer(walk.bodies[0])
    assert walk.open == ["handle"] and walk.calls()[walk.bodies[2]].state == "ended"
    city.react()
    assert walk.crew(walk.bodies[2]).id in told(walk, "whistle.over")
    assert walk.crew(walk.bodies[1]).id not in told(walk, "whistle.over")


def test_half_of_them_are_enough(city: Any) -> None:
    walk = Whistle(city, COVER)
    walk.answer(walk.bodies[2])
    assert set(walk.open) == {"join"}
    walk.answer(walk.bodies[1])
    assert walk.open == ["handle"] and walk.calls()[walk.bodies[0]].state == "ended"


@pytest.mark.parametrize("category", [NOISE, VENDING, COVER])
def test_a_lead_that_is_not_in_charge_sends_it_back_to_the_street_for_another(city: Any, category: str) -> None:
    walk = Whistle(city, category)
    lead, other, _ = walk.bodies
    walk.answer(lead, "not_ours")
    assert walk.open == ["handle"] and walk.task("handle").assignee == walk.street.id
    city.react()
    assert walk.street.id in told(walk, "whistle.lead_refused")
    walk.do("handle", walk.street, result="whistle", request="请牵头。", first=other)
    assert [(call.body, call.lead, call.state) for call in called.calls(walk.id)][-1] == (other, True, "open")
    walk.answer(other)
    assert walk.open == ["handle"]


def test_the_whole_loop_to_its_end(city: Any) -> None:
    walk = Whistle(city, VENDING, number=2)
    walk.answer(walk.bodies[0])
    walk.do("handle", walk.street, result="done", measure="guided")
    walk.do("verify", passed=True)
    assert walk.held.closed is not None


def test_an_answer_counts_for_the_body_that_gave_it(city: Any) -> None:
    walk = Whistle(city, first_hours=1)
    walk.answer(walk.bodies[0])
    facts = walk.last("case.task_completed")["answered"]
    assert {name: facts[name] for name in ("body", "lead", "answer", "on_time")} == {
        "body": walk.bodies[0], "lead": True, "answer": "came", "on_time": True,
    }  # fmt: skip


def test_one_more_is_called_while_the_others_are_at_work(city: Any) -> None:
    walk = Whistle(city, number=2)
    walk.answer(walk.bodies[0])
    more = others(walk, 3)[2]
    cases.call_body(walk.id, more, "夜间有人聚集", hours=3, by=walk.street, at=city.now)
    task = walk.waiting(more)
    assert task.due == task.opened + timedelta(hours=3)
    walk.answer(walk.bodies[1])
    assert walk.open == ["join"]
    walk.answer(more)
    assert walk.open == ["handle"]
    city.react()
    assert walk.crew(more).id in told(walk, "whistle.called")


def test_one_is_called_off_with_a_reason_and_no_longer_waited_for(city: Any) -> None:
    walk = Whistle(city, number=2)
    walk.answer(walk.bodies[0])
    cases.call_off(walk.id, walk.waiting(walk.bodies[1]).token, "已不需要", by=walk.street, at=city.now)
    assert walk.open == ["handle"] and walk.calls()[walk.bodies[1]].state == "off"
    assert walk.last("case.body_called_off")["reason"] == "已不需要"
    city.react()
    assert walk.crew(walk.bodies[1]).id in told(walk, "whistle.off")


def test_the_lead_is_called_off_only_after_another_was_named(city: Any) -> None:
    walk = Whistle(city, VENDING)
    lead, other, third = walk.bodies
    token = walk.waiting(lead).token
    with pytest.raises(Invalid):
        cases.call_off(walk.id, token, "改由他人牵头", by=walk.street, at=city.now)
    cases.name_lead(walk.id, walk.waiting(other).token, "主责在他", by=walk.street, at=city.now)
    cases.call_off(walk.id, token, "改由他人牵头", by=walk.street, at=city.now)
    assert {body: call.lead for body, call in walk.calls().items()} == {lead: False, other: True, third: False}
    walk.answer(third)
    assert set(walk.open) == {"join"}
    walk.answer(other)
    assert walk.open == ["handle"]


def test_only_who_blew_it_and_the_shift_s_supervisor_call_others(city: Any) -> None:
    walk = Whistle(city)
    body, token = others(walk, 4)[3], walk.waiting(walk.bodies[1]).token
    for act in (
        lambda by: cases.call_body(walk.id, body, "请来", by=by, at=city.now),
        lambda by: cases.call_off(walk.id, token, "不用", by=by, at=city.now),
        lambda by: cases.name_lead(walk.id, token, "牵头", by=by, at=city.now),
    ):
        with pytest.raises(Forbidden):
            act(walk.crew(walk.bodies[1]))
    cases.call_body(walk.id, body, "请来", by=city.actor("supervisor"), at=city.now)
    assert walk.calls()[body].state == "open"


def test_who_was_called_is_not_called_again_nor_nobody_nor_without_end(city: Any) -> None:
    walk = Whistle(city)
    for field, body, hours in (
        ("body", walk.bodies[0], None), ("body", 10**9, None), ("body", walk.held.body, None),
        ("hours", others(walk, 4)[3], 0),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            cases.call_body(walk.id, body, "请来", hours=hours, by=walk.street, at=city.now)
        assert refused.value.field == field


def test_nobody_is_called_when_no_whistle_is_out(city: Any) -> None:
    walk = Whistle(city, number=1)
    walk.answer(walk.bodies[0])
    with pytest.raises(Conflict):
        cases.call_body(walk.id, others(walk, 2)[1], "请来", by=walk.street, at=city.now)


def test_the_street_gives_marks_once_after_the_answer(city: Any) -> None:
    walk = Whistle(city, number=2)
    body = walk.bodies[0]
    token, crew = walk.waiting(body).token, walk.crew(body)
    marks = Marks(5, 4, 3)
    with pytest.raises(Conflict):
        cases.score_body(walk.id, token, marks, by=walk.street, at=city.now)
    walk.answer(body, by=crew)
    with pytest.raises(Forbidden):
        cases.score_body(walk.id, token, marks, by=walk.crew(walk.bodies[1]), at=city.now)
    cases.score_body(walk.id, token, marks, "来得快", by=walk.street, at=city.now)
    with pytest.raises(Conflict):
        cases.score_body(walk.id, token, Marks(1, 1, 1), by=walk.street, at=city.now)
    call = walk.calls()[body]
    assert (call.marks, call.note) == (marks, "来得快")
    facts = walk.last("case.body_scored")
    assert (facts["called_body"], facts["on_time"], facts["score"], facts["lead"]) == (body, True, 80, True)
    city.react()
    assert told(walk, "whistle.scored") == {crew.id}


def test_marks_are_from_one_to_five() -> None:
    for marks in ((0, 1, 1), (1, 6, 1), (1, 1, -1)):
        with pytest.raises(Invalid):
            Marks(*marks)
    assert (Marks(5, 5, 5).score, Marks(1, 1, 1).score) == (100, 20)


def test_marks_lie_under_the_body_they_are_for_though_the_case_left_it(city: Any) -> None:
    walk = Whistle(city, number=1)
    body = walk.bodies[0]
    token = walk.waiting(body).token
    walk.answer(body)
    assert -body not in walk.held.reach
    cases.score_body(walk.id, token, Marks(3, 3, 3), by=walk.street, at=city.now)
    scored = [entry for entry in journal.trace("case", str(walk.id)) if entry.verb == "case.body_scored"]
    assert -body in scored[-1].reach


def test_a_called_body_that_is_late_is_climbed_in_its_own_organisation(city: Any) -> None:
    walk = Whistle(city, number=2, first_hours=1)
    due = walk.waiting(walk.bodies[0]).due
    assert due is not None
    for minutes in (1, 31, 61):
        cases.raise_alarms(due + timedelta(minutes=minutes))
    climbed = [e.facts["to"] for e in journal.trace("case", str(walk.id)) if e.verb == "case.escalated"]
    assert climbed[0] == walk.bodies[0] and Body.objects.get(pk=climbed[-1]).parent_id is None


def test_more_time_is_added_to_a_body_s_own_limit(city: Any) -> None:
    walk = Whistle(city, number=2, first_hours=2)
    task = walk.waiting(walk.bodies[0])
    body = {"token": task.token, "amount": 1}
    cases.apply_extend(str(walk.id), body, by=city.actor("leader"), at=city.now)
    assert walk.waiting(walk.bodies[0]).due == task.opened + timedelta(hours=3)
    assert walk.waiting(walk.bodies[1]).due != walk.waiting(walk.bodies[0]).due
