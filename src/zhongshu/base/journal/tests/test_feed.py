"""Reading behind a cursor, as several connections see it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from zhongshu.base.journal import actions, jobs, queries
from zhongshu.base.journal.actions import cursors
from zhongshu.base.journal.doors import Reaction
from zhongshu.base.journal.models import Cursor, Setback
from zhongshu.base.permissions.rules import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
AtOnce = Callable[..., list[Any]]


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Nothing else runs on the server: tests side by side hold each other's feeds back, for it is one server."""

    def patch() -> None:
        everything = queries._FEED.replace("xid < pg_snapshot_xmin(pg_current_snapshot())", "true")
        assert everything != queries._FEED
        monkeypatch.setattr(queries, "_FEED", everything)

    return patch


def say(subject: str, verb: str = "thing.changed") -> None:
    with transaction.atomic():
        actions.record(subject=("thing", subject), verb=verb, by=SYSTEM, at=AT, body={})


@contextmanager
def slowly(subject: str) -> Iterator[None]:
    """Another connection has written an entry and commits only at the end."""
    written, go = Event(), Event()

    def write() -> None:
        try:
            with transaction.atomic():
                say(subject)
                written.set()
                go.wait(30)
        finally:
            connection.close()

    thread = Thread(target=write)
    thread.start()
    assert written.wait(30)
    try:
        yield
    finally:
        go.set()
        thread.join()


def subjects(place: tuple[str, int] = queries.ORIGIN) -> list[str]:
    return [entry.subject for entry in queries.after(place)]


def test_the_feed_waits_for_an_entry_of_a_slower_transaction(quiet: Callable[[], None]) -> None:
    say("before")
    with slowly("slow"):
        say("quick")
        place = queries.newest_place()
        assert "quick" not in subjects()
    quiet()
    assert subjects(place)[-2:] == ["slow", "quick"]


def test_pages_of_the_feed_follow_one_another(quiet: Callable[[], None]) -> None:
    quiet()
    for name in "abcde":
        say(name)
    first = queries.after(queries.ORIGIN, 2)
    assert [e.subject for e in first] == ["a", "b"]
    assert subjects(first[-1].place) == ["c", "d", "e"]
    assert queries.place_of(first[-1].id) == first[-1].place


def test_entries_of_one_subject_from_many_connections_have_no_gap(at_once: AtOnce) -> None:
    at_once(*[lambda: [say("same") for _ in range(5)]] * 4)
    assert [entry.number for entry in queries.trace("thing", "same")] == list(range(1, 21))
    assert queries.verify_one("thing", "same") == []


class Reader:
    """A reaction that remembers what it was given and stumbles over some subjects."""

    def __init__(self, *stones: str) -> None:
        self.stones, self.seen = set(stones), list[str]()
        self.door = {"reader": Reaction(frozenset({"thing.changed"}), self.act)}

    def act(self, entry: Any) -> None:
        self.seen.append(entry.subject)
        if entry.subject in self.stones:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")


def test_a_reaction_gets_each_entry_it_listens_to_once_in_order(quiet: Callable[[], None]) -> None:
    quiet()
    reader = Reader()
    say("a")
    say("b", "thing.ignored")
    say("c")
    assert jobs.run_once(reader.door) == 3
    assert jobs.run_once(reader.door) == 0
    say("d")
    jobs.run_once(reader.door)
    assert reader.seen == ["a", "c", "d"]


def test_a_failing_reaction_is_tried_five_times_and_then_goes_on(quiet: Callable[[], None]) -> None:
    quiet()
    reader, other = Reader("b"), Reader()
    doors = {"stumbling": reader.door["reader"], "other": other.door["reader"]}
    for name in "abc":
        say(name)
    for _ in range(jobs.ATTEMPTS - 1):
        jobs.run_once(doors)
        assert reader.seen[-1] == "b"
    assert other.seen == ["a", "b", "c"]
    jobs.run_once(doors)
    assert reader.seen == ["a", *["b"] * jobs.ATTEMPTS, "c"]
    setback = Setback.objects.get()
    assert (setback.reader, setback.attempts, setback.settled) == ("stumbling", jobs.ATTEMPTS, False)
    assert setback.problem.startswith("DataError")


def test_a_setback_that_was_overcome_is_settled(quiet: Callable[[], None]) -> None:
    quiet()
    reader = Reader("a")
    say("a")
    jobs.run_once(reader.door)
    assert not Setback.objects.get().settled
    reader.stones.clear()
    jobs.run_once(reader.door)
    assert Setback.objects.get().settled


def test_after_a_crash_the_same_entries_come_again(quiet: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    quiet()
    reader = Reader()
    say("a")
    say("b")
    with monkeypatch.context() as patched, pytest.raises(ZeroDivisionError):
        patched.setattr(cursors, "move", lambda *_: 1 // 0)
        jobs.run_once(reader.door)
    jobs.run_once(reader.door)
    assert reader.seen == ["a", "b", "a", "b"]


def test_a_reader_that_another_process_runs_is_left_alone(quiet: Callable[[], None], at_once: AtOnce) -> None:
    quiet()
    reader = Reader()
    say("a")
    jobs.run_once(reader.door)
    say("b")
    with transaction.atomic():
        Cursor.objects.select_for_update().get(reader="reader")
        assert at_once(lambda: jobs.run_once(reader.door)) == [0]
    assert reader.seen == ["a"]
    jobs.run_once(reader.door)
    assert reader.seen == ["a", "b"]


def test_after_a_restore_readers_go_on_where_they_were(quiet: Callable[[], None]) -> None:
    """A restored database keeps transaction ids of another server, far beyond its own."""
    reader = Reader()
    for name in "abc":
        say(name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT xid::text, id FROM journal_entry WHERE subject = 'b'")
        place = cursor.fetchone()
    jobs.run_once(reader.door)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET xid = (xid::text::bigint + 1000000000)::text::xid8")
        cursor.execute("UPDATE journal_cursor SET xid = %s::xid8, entry = %s", [str(int(place[0]) + 10**9), place[1]])
    say("d")
    assert not {"a", "b", "c"} & {*subjects()}, "entries of the other server cannot be placed"
    actions.rebase()
    say("e")
    quiet()
    reader.seen.clear()
    jobs.run_once(reader.door)
    assert reader.seen == ["c", "d", "e"]
