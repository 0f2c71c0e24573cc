"""Values kept per process are those the journal vouches for."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from zhongshu.base.journal import actions, caches
from zhongshu.base.journal.caches import Cached
from zhongshu.base.permissions.rules import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
SUBJECT = ("list", "kept")


def change() -> None:
    """One more entry: the value is made from how many there are."""
    actions.record(subject=SUBJECT, verb="list.changed", by=SYSTEM, at=AT, body={})


def count() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_entry WHERE kind = 'list'")
        return cursor.fetchone()[0]


@pytest.fixture
def kept() -> Iterator[Cached[int]]:
    cached = Cached(SUBJECT, count)
    yield cached
    Cached.known.remove(cached)


def a_second_later() -> None:
    caches._heads.fresh_until = 0.0


@pytest.fixture
def elsewhere(at_once: Callable[..., list[Any]], monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A change made by another process: nothing in this one hears of it."""

    def run() -> None:
        with monkeypatch.context() as patched:
            patched.setattr(caches, "look_again", lambda _subject: None)
            at_once(change)

    return run


def test_a_value_is_made_once_while_nothing_changes(kept: Cached[int], django_assert_num_queries: Any) -> None:
    assert kept() == 0
    with django_assert_num_queries(0):
        assert kept() == 0


def test_a_process_sees_its_own_change_at_once(kept: Cached[int]) -> None:
    assert kept() == 0
    change()
    assert kept() == 1


def test_a_process_sees_anothers_change_within_a_second(kept: Cached[int], elsewhere: Callable[[], None]) -> None:
    assert kept() == 0
    elsewhere()
    assert kept() == 0
    a_second_later()
    assert kept() == 1
    assert caches.EVERY <= 1.0


def test_a_change_of_something_else_makes_nothing_anew(kept: Cached[int], monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept() == 0
    monkeypatch.setattr(kept, "load", lambda: pytest.fail("made anew"))
    actions.record(subject=("list", "another"), verb="list.changed", by=SYSTEM, at=AT, body={})
    a_second_later()
    assert kept() == 0


def test_a_change_that_is_undone_is_forgotten(kept: Cached[int]) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        change()
        assert kept() == 1
        raise RuntimeError
    a_second_later()
    assert kept() == 0


def test_once_committed_a_change_is_seen_by_every_thread_at_once(
    kept: Cached[int], at_once: Callable[..., list[Any]]
) -> None:
    assert kept() == 0
    with transaction.atomic():
        change()
        assert at_once(kept) == [0]
    assert at_once(kept) == [1]


def test_a_value_made_while_a_change_is_under_way_gives_way_to_it(kept: Cached[int]) -> None:
    """A thread that reads between a change and its commit must not keep the old value under the new head."""
    changed, go, other = Event(), Event(), Cached(("list", "other"), int)

    def slow() -> None:
        try:
            with transaction.atomic():
                change()
                other()
                changed.set()
                go.wait(30)
        finally:
            connection.close()

    assert kept() == 0
    thread = Thread(target=slow)
    thread.start()
    assert changed.wait(30)
    assert kept() == 0
    go.set()
    thread.join()
    Cached.known.remove(other)
    a_second_later()
    assert kept() == 1
