"""Signing in: shifts of one officer never overlap, a planned one is joined."""

from datetime import timedelta
from typing import Any

import pytest

from zhongshu.base.http.refusals import Invalid
from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.engine.dispatch import actions
from zhongshu.engine.dispatch.models import Shift

HOUR = timedelta(hours=1)


@pytest.fixture
def officer(city: Any) -> Any:
    """An officer without a shift."""
    account = city.account("officer061")
    Shift.objects.filter(account=account.pk).delete()
    return account


def planned(city: Any, officer: Any, hour: float, hours: float = 8) -> Shift:
    starts = city.now + hour * HOUR
    return Shift.objects.create(account=officer.pk, place=officer.body.place, starts=starts, ends=starts + hours * HOUR)


def begun(city: Any, officer: Any, hours: float = 8, by: Any = None) -> Shift:
    by = by or city.actor(officer.login)
    return actions.begin_shift(officer, officer.body.place, ends=city.now + hours * HOUR, by=by, at=city.now)


@pytest.mark.parametrize("hour", [-1, 0.5])
def test_a_shift_that_runs_or_begins_soon_is_joined_and_not_doubled(city: Any, officer: Any, hour: float) -> None:
    plan = planned(city, officer, hour)
    joined = begun(city, officer, 4)
    assert (joined.pk, joined.ends, Shift.objects.filter(account=officer.pk).count()) == (plan.pk, plan.ends, 1)
    assert joined.signed is not None and joined.starts <= joined.signed
    entries = journal.trace("account", str(officer.pk))
    assert entries[-1].verb == "dispatch.shift_begun" and "planned" in entries[-1].facts


def test_signing_in_again_changes_nothing(city: Any, officer: Any) -> None:
    first = begun(city, officer)
    before = len(journal.trace("account", str(officer.pk)))
    again = begun(city, officer)
    assert (again.pk, again.signed) == (first.pk, first.signed)
    assert len(journal.trace("account", str(officer.pk))) == before


def test_a_shift_planned_for_later_is_in_the_way_of_one_that_would_reach_into_it(city: Any, officer: Any) -> None:
    planned(city, officer, 6)
    with pytest.raises(Invalid, match="已有排班，时间重叠") as refused:
        begun(city, officer, 8)
    assert refused.value.field == "hours"
    begun(city, officer, 4)
    assert Shift.objects.filter(account=officer.pk).count() == 2


def test_who_is_put_on_duty_by_another_has_not_signed_in(city: Any, officer: Any) -> None:
    assert begun(city, officer, by=SYSTEM).signed is None
