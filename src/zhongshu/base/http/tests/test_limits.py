"""How often a door may be used."""

from datetime import UTC, datetime, timedelta

import pytest

from zhongshu.base.http import limits
from zhongshu.base.http.limits import Limit
from zhongshu.base.http.models import Tally
from zhongshu.base.http.refusals import TooMany

pytestmark = pytest.mark.django_db
LIMIT = Limit("door", most=3, seconds=60)
AT = datetime(2026, 3, 2, 1, 30, 15, tzinfo=UTC)


def take(who: str = "a", at: datetime = AT, limit: Limit = LIMIT) -> None:
    limits.take(limit, who, at)


def test_one_use_too_many_is_refused_and_told_how_long_to_wait() -> None:
    for _ in range(3):
        take()
    with pytest.raises(TooMany) as refused:
        take()
    assert refused.value.retry_after == 45 and "45" in str(refused.value)


def test_others_and_other_doors_are_not_counted() -> None:
    for _ in range(3):
        take()
    take("b")
    take(limit=Limit("another", most=1, seconds=60))


def test_the_next_window_begins_anew() -> None:
    for _ in range(3):
        take()
    with pytest.raises(TooMany):
        take()
    take(at=AT + timedelta(seconds=45))


def test_one_use_is_taken_back_and_the_others_count_on() -> None:
    for _ in range(3):
        take()
    limits.uncount(LIMIT, "a")
    take()
    with pytest.raises(TooMany):
        take()


def test_uses_given_back_count_no_more() -> None:
    for _ in range(3):
        take()
    limits.give_back(LIMIT, "a")
    take()


def test_what_was_counted_in_windows_that_are_over_is_dropped() -> None:
    take("a")
    take("b", at=AT + timedelta(minutes=5))
    assert limits.forget(AT + timedelta(minutes=2)) == 1
    assert limits.forget(AT + timedelta(minutes=2)) == 0 and Tally.objects.get().who == "b"
