"""Open cases follow a body that was moved in the tree."""

from typing import Any

import pytest

from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions.rules import SYSTEM, body_key
from zhongshu.engine.cases.actions import resettling
from zhongshu.engine.cases.models import BodyMove, Case, Reach
from zhongshu.engine.cases.queries import under_bodies
from zhongshu.registers.people import actions as people
from zhongshu.registers.people.models import Body

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(city: Any) -> Any:
    """An open case whose body was moved under a new one, and the entry that tells of it."""
    opened = city.report(by="supervisor", source="patrol")
    case = Case.objects.get(number=opened.number)
    assert case.body is not None, "the case went to a body by the responsibility table"
    body = Body.objects.get(pk=case.body)
    root = Body.objects.get(parent=None)
    above = people.found_body("新设总局", "New Head Office", "bureau", parent=root, by=SYSTEM, at=city.now)
    people.move_body(body.pk, above.pk, by=SYSTEM, at=city.now)
    city.react()
    return case, body, above, BodyMove.objects.get(body=body.pk)


def ancestors(case: Case) -> set[int]:
    return set(Reach.objects.filter(case_id=case.pk).values_list("ancestor", flat=True))


def test_open_cases_come_under_the_bodies_now_over_theirs(city: Any, moved: Any) -> None:
    case, body, above, move = moved
    old = set(body.lineage) - {body.pk} - set(above.lineage)
    resettling.resettle(move.entry, at=city.now)
    after = Case.objects.get(pk=case.pk)
    assert body_key(above.pk) in after.reach
    assert not {body_key(gone) for gone in old} & set(after.reach)
    assert ancestors(case) == set(after.reach)
    assert journal.trace("case", str(case.pk))[-1].verb == "case.reach_moved"
    told = under_bodies.newest_move(body.pk)
    assert told is not None and told.finished and told.moved >= 1


def test_taken_up_again_it_goes_on_and_changes_nothing_twice(city: Any, moved: Any) -> None:
    case, _, _, move = moved
    resettling.resettle(move.entry, at=city.now)
    entries = len(journal.trace("case", str(case.pk)))
    BodyMove.objects.filter(pk=move.pk).update(upto=None, upto_case=None, finished=None)
    resettling.resettle(move.entry, at=city.now)
    assert len(journal.trace("case", str(case.pk))) == entries


def test_a_body_with_an_open_case_cannot_be_ended(city: Any, moved: Any) -> None:
    _, body, above, move = moved
    resettling.resettle(move.entry, at=city.now)
    assert under_bodies.open_under(body.pk) >= 1
    assert under_bodies.open_under(above.pk) == under_bodies.open_under(body.pk)
