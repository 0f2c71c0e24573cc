"""Steps of a permit at the same moment, each on a connection of its own, and what one step sends to the database."""

from collections.abc import Callable, Iterator
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from zhongshu.base.http.refusals import Conflict
from zhongshu.base.journal import queries as journal
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.actions import rows
from zhongshu.engine.cases.rules.state import Held
from zhongshu.main.bench.engine import trips, walks, world
from zhongshu.main.bench.engine.ours import Permit

AtOnce = Callable[..., list[Any]]
REVIEWS = {name: step for step in walks.GRANTED if (name := step[0]) in ("fire", "environment", "planning")}


@pytest.fixture(scope="module")
def made(_committed_ground: None, django_db_blocker: Any) -> Iterator[world.World]:
    with django_db_blocker.unblock():
        yield world.settle()


@pytest.fixture
def permit(made: world.World, committed_city: Any) -> Permit:
    return Permit(made)


def under_review(made: world.World) -> Permit:
    permit = Permit(made)
    for step in (walks.TAKEN_IN, *walks.GRANTED[:3]):
        permit.do(step)
    return permit


def held(permit: Permit) -> Held:
    return rows.as_committed(permit.id)


def verbs(permit: Permit) -> list[str]:
    return [entry.verb for entry in journal.trace("case", str(permit.id))]


def test_three_reviewers_of_sixty_permits_who_finish_at_once_open_sixty_next_tasks(
    made: world.World, committed_city: Any, at_once: AtOnce
) -> None:
    permits, together = [under_review(made) for _ in range(60)], Barrier(3)

    def review(body: str) -> Callable[[], None]:
        def all_of_them() -> None:
            for permit in permits:
                together.wait(30)
                permit.do(REVIEWS[body])

        return all_of_them

    assert at_once(*map(review, REVIEWS)) == [None, None, None]
    for permit in permits:
        now = held(permit)
        assert [task.element for task in now.tasks] == ["legal"]
        assert [token.at for token in now.marking.tokens] == ["legal"]
        assert now.revision == len(verbs(permit)) == 8
        assert journal.verify_one("case", str(permit.id)) == []


def test_of_fifty_who_complete_one_task_at_once_one_wins_and_the_others_are_told(
    permit: Permit, at_once: AtOnce
) -> None:
    by, token, (element, outcome) = permit.world.doers["take_in"], permit.open["take_in"], walks.TAKEN_IN

    def complete() -> None:
        cases.complete(permit.id, token, outcome, revision=1, by=by, at=permit.world.at)

    answers = at_once(*[complete] * 50)
    assert answers.count(None) == 1
    told = [answer for answer in answers if isinstance(answer, Conflict)]
    assert len(told) == 49
    assert all([entry["facts"]["task"] for entry in answer.happened] == [element] for answer in told)
    assert verbs(permit) == ["case.opened", "case.task_completed"]
    assert [task.element for task in held(permit).tasks] == ["check"]


def test_a_step_is_two_statements_in_two_round_trips(permit: Permit) -> None:
    for number, step in enumerate(walks.walk()):
        with trips.counted() as sent:
            permit.do(step)
        if number > 1:  # by then this connection has read what a process keeps
            assert (sent.statements, sent.round_trips) == (2, 2), step
    assert held(permit).closed


def test_under_the_lock_of_a_transaction_it_is_written_with_it(permit: Permit) -> None:
    with trips.counted() as sent, transaction.atomic():
        permit.do(walks.TAKEN_IN)
        transaction.set_rollback(True)
    assert sent.statements > 2
    assert held(permit).revision == 1
    assert verbs(permit) == ["case.opened"]


def test_what_comes_between_reading_and_writing_is_seen(
    permit: Permit, at_once: AtOnce, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, by, between = rows.as_committed, permit.world.doers["take_in"], []

    def and_then_somebody_claims(case_id: UUID) -> Held:
        found = read(case_id)
        if not between:
            between.append(found.tasks[0].token)
            at_once(lambda: cases.claim(case_id, found.tasks[0].token, by=by, at=permit.world.at))
        return found

    monkeypatch.setattr(rows, "as_committed", and_then_somebody_claims)
    permit.do(walks.TAKEN_IN)
    assert verbs(permit) == ["case.opened", "case.task_claimed", "case.task_completed"]
    assert held(permit).revision == 3
