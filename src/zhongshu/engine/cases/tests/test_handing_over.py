"""All work of somebody who leaves goes to others, also what comes in meanwhile."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid
from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases import jobs
from zhongshu.engine.cases.actions import handing_over
from zhongshu.engine.cases.queries import deputies, handovers
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.engine.messages.models import Message
from zhongshu.registers.people import actions as people
from zhongshu.registers.people.models import Account


@pytest.fixture
def walks(city: Any) -> list[Walk]:
    """Three cases that one officer has."""
    first = Walk(city)
    return [first, *(given_to(first.doer("handle"), Walk(city)) for _ in range(2))]


def given_to(officer: Any, walk: Walk) -> Walk:
    if walk.task("handle").assignee != officer.id:
        by, token = walk.city.actor("supervisor"), walk.task("handle").token
        cases.assign(walk.id, token, officer.id, "就近处置", by=by, at=walk.city.now)
    return walk


def others(walk: Walk) -> list[Any]:
    return [one for one in walk.able("handle") if one.id != walk.task("handle").assignee]


def handed_over(city: Any, leaver: Any, successor: Any) -> Any:
    to = UUID(successor.id) if successor else None
    made = cases.hand_over(UUID(leaver.id), to, "调离岗位", by=city.actor("supervisor"), at=city.now)
    jobs.hand_over(handover=str(made.id))
    return made


def test_everything_goes_to_the_successor_who_hears_it_once(city: Any, walks: list[Walk]) -> None:
    leaver, successor = walks[0].doer("handle"), others(walks[0])[0]
    made = handed_over(city, leaver, successor)
    assert {walk.task("handle").assignee for walk in walks} == {successor.id}
    assert [walk.verbs[-1] for walk in walks] == ["case.task_handed_over"] * 3
    assert handovers.counted(made.id) == {"given": 3} and handovers.held(UUID(leaver.id)) == 0
    assert journal.trace("account", leaver.id)[-1].verb == "cases.handover_finished"
    city.react()
    (told,) = Message.objects.filter(account=successor.id, template="handover.given")
    assert told.facts["given"] == 3


def test_without_a_successor_it_goes_back_to_where_it_was_offered(city: Any, walks: list[Walk]) -> None:
    made = handed_over(city, walks[0].doer("handle"), None)
    assert [walk.task("handle").assignee for walk in walks] == [None] * 3
    assert handovers.counted(made.id) == {"offered": 3}


def test_what_is_done_for_others_goes_back_to_them(city: Any, walks: list[Walk]) -> None:
    holder, leaver = walks[0].doer("handle"), others(walks[0])[0]
    cases.delegate(walks[0].id, walks[0].task("handle").token, leaver.id, "外出", by=holder, at=city.now)
    made = handed_over(city, leaver, None)
    task = walks[0].task("handle")
    assert (task.assignee, task.delegate) == (holder.id, None)
    assert handovers.counted(made.id) == {"back": 1}


def test_a_task_the_successor_may_not_do_stays_and_says_why(city: Any, walks: list[Walk]) -> None:
    leaver, stranger = walks[0].doer("handle"), city.actor("dispatcher")
    fates = handing_over.plan(UUID(leaver.id), UUID(stranger.id), by=city.actor("supervisor"), at=city.now)
    assert {fate.outcome for fate in fates} == {"refused"} and len(fates) == 3
    made = handed_over(city, leaver, stranger)
    assert {row.outcome for row in handovers.rows(made.id)} == {"refused"}
    assert "没有办理这个环节的职责" in handovers.rows(made.id)[0].sentence
    assert handovers.held(UUID(leaver.id)) == 3
    again = handed_over(city, leaver, None)
    assert handovers.counted(again.id) == {"offered": 3}


def test_a_preview_says_what_would_happen_and_changes_nothing(city: Any, walks: list[Walk]) -> None:
    leaver, successor = walks[0].doer("handle"), others(walks[0])[0]
    before = [walk.verbs for walk in walks]
    fates = handing_over.plan(UUID(leaver.id), UUID(successor.id), by=city.actor("supervisor"), at=city.now)
    assert [fate.outcome for fate in fates] == ["given"] * 3
    assert [walk.verbs for walk in walks] == before


def test_what_comes_in_while_it_runs_is_caught(city: Any, walks: list[Walk], monkeypatch: pytest.MonkeyPatch) -> None:
    leaver, successor = walks[0].doer("handle"), others(walks[0])[0]
    found, late = handovers.open_tasks, list[Walk]()

    def slow(account: UUID, **asked: Any) -> Any:
        waiting = found(account, **asked)
        if not late:
            late.append(given_to(leaver, Walk(city)))
        return waiting

    monkeypatch.setattr(handovers, "open_tasks", slow)
    handed_over(city, leaver, successor)
    assert late[0].task("handle").assignee == successor.id


def test_only_who_may_hands_over_and_only_what_they_are_over(city: Any, walks: list[Walk]) -> None:
    leaver = walks[0].doer("handle")
    with pytest.raises(Forbidden):
        cases.hand_over(UUID(leaver.id), None, "调离岗位", by=city.actor("dispatcher"), at=city.now)
    with pytest.raises(Invalid, match="本人"):
        cases.hand_over(UUID(leaver.id), UUID(leaver.id), "调离岗位", by=city.actor("supervisor"), at=city.now)
    cases.hand_over(UUID(leaver.id), None, "调离岗位", by=city.actor("supervisor"), at=city.now)
    with pytest.raises(Conflict, match="正在移交"):
        cases.hand_over(UUID(leaver.id), None, "调离岗位", by=city.actor("supervisor"), at=city.now)


def test_a_supervisor_of_elsewhere_finds_nobody_to_hand_over(city: Any, walks: list[Walk], client: Any) -> None:
    leaver, reach = walks[0].doer("handle"), walks[0].held.reach
    elsewhere = [
        account for account in Account.objects.filter(grants__role="supervisor", grants__place__isnull=False)
        if not any(grant.place in reach for grant in account.grants.all())
    ]  # fmt: skip
    with pytest.raises(Absent):
        cases.hand_over(UUID(leaver.id), None, "调离岗位", by=city.actor(elsewhere[0].login), at=city.now)
    city.signed_in(client, elsewhere[0].login)
    assert client.get(f"/desk/handovers/{leaver.id}/?to=pool").status_code == 404


def test_who_lost_the_right_meanwhile_moves_nothing(city: Any, walks: list[Walk]) -> None:
    leaver = walks[0].doer("handle")
    made = cases.hand_over(UUID(leaver.id), None, "调离岗位", by=city.actor("supervisor"), at=city.now)
    city.account("supervisor").grants.update(ends=city.now)
    handing_over.run(made.id, at=city.now)
    assert handovers.counted(made.id) == {"refused": 3}
    assert {walk.task("handle").assignee for walk in walks} == {leaver.id}


def test_an_account_with_work_is_closed_only_by_who_says_so(city: Any, walks: list[Walk]) -> None:
    leaver = walks[0].doer("handle")
    account = Account.objects.get(pk=leaver.id)
    with pytest.raises(Conflict, match="先移交"):
        people.close_account(account, by=SYSTEM, at=city.now)
    people.close_account(account, with_work=True, by=SYSTEM, at=city.now)
    assert journal.trace("account", leaver.id)[-1].facts["held"] == 3


def test_standing_in_ends_with_the_handover(city: Any, walks: list[Walk]) -> None:
    leaver, (first, *_) = walks[0].doer("handle"), others(walks[0])
    until = city.now + timedelta(days=3)
    cases.name_deputy(UUID(first.id), city.now, until, "外出", by=leaver, at=city.now)
    handed_over(city, leaver, None)
    assert deputies.of(leaver.id, city.now) is None


def test_a_task_that_breaks_holds_up_no_other(city: Any, walks: list[Walk], monkeypatch: pytest.MonkeyPatch) -> None:
    leaver, able = walks[0].doer("handle"), handing_over._fate

    def stumbling(held: Any, *rest: Any, **more: Any) -> Any:
        if held.id == walks[0].id:
            raise ValueError("broken")
        return able(held, *rest, **more)

    monkeypatch.setattr(handing_over, "_fate", stumbling)
    made = handed_over(city, leaver, None)
    assert handovers.counted(made.id) == {"offered": 2, "refused": 1}
    assert "出了意外" in handovers.rows(made.id)[0].sentence
