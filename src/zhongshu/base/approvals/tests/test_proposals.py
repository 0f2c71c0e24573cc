"""One proposes, another approves."""

from typing import Any
from uuid import uuid4

import pytest

from zhongshu.base.approvals import actions, doors, queries
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid
from zhongshu.base.journal import queries as journal


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """A kind of change that notes what it was told to do, and refuses what has moved on."""
    changes: list[tuple[str, dict[str, Any]]] = []

    def apply(subject: str, body: Any, **_: Any) -> None:
        if body.get("moved"):
            raise Conflict("事情已经变了。")
        changes.append((subject, dict(body)))

    monkeypatch.setitem(doors.kinds, "test.paint", doors.Kind("刷漆", "Paint", "case.assign", apply))
    return changes


def proposed(city: Any, subject: str = "wall", by: str = "dispatcher", **body: Any) -> Any:
    reach = city.held(city.report().case_id).reach
    return actions.propose("test.paint", subject, body, "墙面旧了。", reach, by=city.actor(by), at=city.now)


def test_an_approved_change_is_made_and_both_names_stay(city: Any, made: list[Any]) -> None:
    one = proposed(city, colour="灰")
    assert made == []
    done = actions.decide(one.pk, True, "同意", by=city.actor("supervisor"), at=city.now)
    assert made == [("wall", {"colour": "灰"})] and done.outcome == "approved"
    verbs = [entry.verb for entry in journal.trace("proposal", str(one.pk))]
    assert verbs == ["approvals.proposed", "approvals.approved"]


def test_nobody_approves_their_own_proposal(city: Any, made: list[Any]) -> None:
    one = proposed(city, by="supervisor")
    with pytest.raises(Forbidden, match="不能审批自己的申请"):
        actions.decide(one.pk, True, "", by=city.actor("supervisor"), at=city.now)
    assert made == [] and queries.waiting(city.actor("supervisor"), city.now, "test.paint") == []


def test_who_does_not_hold_the_permission_does_not_even_find_it(city: Any, made: list[Any]) -> None:
    one = proposed(city)
    with pytest.raises(Absent):
        actions.decide(one.pk, True, "", by=city.actor("acceptor"), at=city.now)
    with pytest.raises(Absent):
        actions.decide(uuid4(), True, "", by=city.actor("supervisor"), at=city.now)
    assert queries.waiting(city.actor("acceptor"), city.now, "test.paint") == []
    assert [p.pk for p in queries.waiting(city.actor("supervisor"), city.now, "test.paint")] == [one.pk]


def test_a_refusal_needs_its_reason_and_changes_nothing(city: Any, made: list[Any]) -> None:
    one = proposed(city)
    with pytest.raises(Invalid, match="理由"):
        actions.decide(one.pk, False, " ", by=city.actor("supervisor"), at=city.now)
    actions.decide(one.pk, False, "明年再说。", by=city.actor("supervisor"), at=city.now)
    assert made == [] and queries.one(one.pk).outcome == "refused"
    with pytest.raises(Conflict, match="已经办结"):
        actions.decide(one.pk, True, "", by=city.actor("supervisor"), at=city.now)


def test_what_has_moved_on_is_not_changed_and_the_proposal_still_waits(city: Any, made: list[Any]) -> None:
    one = proposed(city, moved=True)
    with pytest.raises(Conflict, match="已经变了"):
        actions.decide(one.pk, True, "", by=city.actor("supervisor"), at=city.now)
    assert queries.one(one.pk).decided is None and made == []


def test_one_of_a_kind_waits_about_a_thing_and_its_proposer_may_take_it_back(city: Any, made: list[Any]) -> None:
    one = proposed(city)
    with pytest.raises(Conflict, match="在等待审批"):
        proposed(city)
    assert proposed(city, "door").pk != one.pk
    with pytest.raises(Absent):
        actions.withdraw(one.pk, by=city.actor("supervisor"), at=city.now)
    actions.withdraw(one.pk, by=city.actor("dispatcher"), at=city.now)
    assert proposed(city).pk and [p.outcome for p in queries.about("wall")] == ["", "withdrawn"]
