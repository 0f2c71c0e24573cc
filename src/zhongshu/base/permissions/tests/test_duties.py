"""Which duties may not meet in one person."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from zhongshu.base.permissions import duties
from zhongshu.base.permissions.roles import ROLES
from zhongshu.base.permissions.rules import Grant

AT = datetime(2026, 3, 2, tzinfo=UTC)
OVER = {1: (1,), 2: (1, 2), 3: (1, 3)}


def above(body: int | None, place: int | None) -> Collection[int]:
    """A tree of body 1 over 2 and 3; places by the beginning of their codes."""
    bodies = [-one for one in OVER[body]] if body else []
    return [*bodies, *([int(str(place)[:n]) for n in (4, 6, 9) if len(str(place)) >= n] if place else [])]


def broken(held: Grant, wanted: Grant) -> bool:
    """Whether a rule is broken, whichever of the two was there first."""
    found = bool(duties.clashes(wanted, [held], above))
    assert found is bool(duties.clashes(held, [wanted], above))
    return found


@pytest.mark.parametrize("one", sorted(duties.SEATS))
@pytest.mark.parametrize("other", sorted(duties.SEATS))
def test_the_three_administrators_are_three_people_wherever_they_sit(one: str, other: str) -> None:
    assert broken(Grant(one, body=2), Grant(other, body=3)) is (one != other)


def test_who_handles_does_not_verify_the_same_things() -> None:
    handler = Grant("handler", body=2)
    assert broken(handler, Grant("verifier"))
    assert broken(handler, Grant("verifier", body=1))
    assert broken(handler, Grant("verifier", place=990101))
    assert not broken(handler, Grant("verifier", body=3))
    assert not broken(handler, Grant("dispatcher", body=2))


def test_places_apart_keep_duties_apart() -> None:
    assert not broken(Grant("handler", place=990101), Grant("verifier", place=990102001))
    assert broken(Grant("handler", place=990101), Grant("verifier", place=990101001))


def test_one_after_the_other_is_no_clash() -> None:
    before = Grant("handler", ends=AT)
    assert not broken(before, Grant("verifier", starts=AT))
    assert broken(replace(before, ends=None), Grant("verifier", starts=AT))


def test_hours_of_the_week_keep_no_duties_apart() -> None:
    assert broken(Grant("handler", hours=(0, 480)), Grant("verifier", hours=(480, 960)))


def test_the_rules_name_roles_that_there_are() -> None:
    assert {role for rule in duties.APART for role in (rule.one, rule.other)} <= set(ROLES)
    assert set(ROLES) >= duties.NEVER_LENT
