"""The hub follows the real journal: nothing is lost between two streams, nor when the database goes away."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, connections

from zhongshu.base.journal import actions as journal
from zhongshu.base.journal import queries
from zhongshu.base.journal.models import Entry
from zhongshu.base.live import app, doors, hub
from zhongshu.base.live.app import Feed
from zhongshu.base.live.tests.visits import CITY, EAST, WEST, Door, Visit, sees
from zhongshu.base.permissions.rules import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def door(monkeypatch: pytest.MonkeyPatch) -> Door:
    """Somebody of the west. Transactions of other tests on the same server hold nothing back."""
    opened = Door(mine=sees("me", WEST))
    monkeypatch.setattr(doors, "door", opened, raising=False)
    monkeypatch.setattr(queries, "_FEED", queries._FEED.replace("pg_snapshot_xmin", "pg_snapshot_xmax"))
    monkeypatch.setattr(queries, "newest_place", lambda: queries.place_of(max(ids(), default=0)))
    return opened


def write(number: int, *reach: int) -> None:
    """One entry, committed."""
    journal.record(
        subject=("case", f"case-{number}"), verb="case.opened", by=SYSTEM, at=NOON,
        reach=reach or (CITY, WEST), body={"number": f"SJ{number}"},
    )  # fmt: skip


def play(story: Callable[[Feed], Coroutine[Any, Any, None]]) -> None:
    """Let a story happen to a feed that follows the journal."""

    async def whole() -> None:
        feed = Feed()
        await feed.hub.start()
        while feed.hub.place is None:
            await asyncio.sleep(0.005)
        try:
            await story(feed)
        finally:
            await feed.hub.stop()

    asyncio.run(whole())


def ids() -> list[int]:
    return list(Entry.objects.order_by("id").values_list("id", flat=True))


async def written(*numbers: int, reach: tuple[int, ...] = ()) -> None:
    """Entries written elsewhere, as another process does."""

    def work() -> None:
        for number in numbers:
            write(number, *reach)
        connections.close_all()

    await asyncio.to_thread(work)


def test_an_entry_reaches_a_stream_once_it_is_committed() -> None:
    async def story(feed: Feed) -> None:
        visit = Visit(feed)
        await visit.until("event: begin")
        await written(1)
        assert '"number": "SJ1"' in await visit.until("event: entry")
        await visit.leave()

    play(story)


def test_a_stream_that_comes_back_gets_what_it_missed_and_nothing_of_others() -> None:
    for number in range(1, 4):
        write(number)
    write(4, CITY, EAST)
    write(5)
    first, *_, last = known = ids()

    async def story(feed: Feed) -> None:
        by_header = Visit(feed, last_event_id=str(first))
        by_address = Visit(feed, after=first)
        for visit in (by_header, by_address):
            await visit.until(f"id: {last}\n")
            await visit.leave()
            assert visit.ids == [known[1], known[2], known[4]]

    play(story)


def test_nothing_is_lost_between_the_end_of_one_stream_and_the_next() -> None:
    async def story(feed: Feed) -> None:
        seen, last = list[int](), 0
        for round_ in range(5):
            visit = Visit(feed, after=last)
            await visit.until("event: begin" if not last else "event: beat")
            await written(round_ * 10 + 1)
            await visit.until("event: entry")
            await visit.leave()
            await written(round_ * 10 + 2, round_ * 10 + 3)
            seen, last = [*seen, *visit.ids], visit.ids[-1]
        rest = Visit(feed, after=last)
        await rest.until(f"id: {await asyncio.to_thread(lambda: ids()[-1])}\n")
        await rest.leave()
        assert sorted(set(seen + rest.ids)) == await asyncio.to_thread(ids)

    play(story)


@pytest.mark.parametrize("after", [999_999_999, 1])
def test_who_was_away_too_long_or_names_an_unknown_entry_begins_anew(
    after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "PAGE", 2)
    monkeypatch.setattr(hub, "MOST_PAGES", 2)
    for number in range(6):
        write(number)
    first = ids()[0]

    async def story(feed: Feed) -> None:
        visit = Visit(feed, after=first if after == 1 else after)
        await visit.until("event: begin")
        await visit.leave()
        assert visit.ids == []

    play(story)


def test_entries_written_while_the_database_was_away_come_when_it_is_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hub, "RETRY", 0.05)
    write(1)

    async def story(feed: Feed) -> None:
        visit = Visit(feed)
        await visit.until("event: begin")
        await asyncio.to_thread(cut_off_and_write, 2)
        assert '"number": "SJ2"' in await visit.until("event: entry")
        assert feed.hub.alive
        await visit.leave()

    connection.close()
    play(story)


def cut_off_and_write(number: int) -> None:
    """End every connection of this database but one's own, and write an entry with that."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
               WHERE datname = current_database() AND pid <> pg_backend_pid()"""
        )
    write(number)
    connections.close_all()


def test_health_tells_whether_the_journal_is_followed() -> None:
    async def story(feed: Feed) -> None:
        visit = Visit(feed)
        await visit.until("event: begin")
        health = await Visit(feed, "/health").ended()
        assert (health.status, health.text) == (200, "streams 1\n")
        await visit.leave()
        await feed.hub.stop()
        assert (await Visit(feed, "/health").ended()).status == 503

    play(story)


def test_no_stream_is_opened_while_nobody_can_be_asked_who_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def away(session: str) -> None:
        raise OperationalError("the database is away")

    monkeypatch.setattr(doors.door, "filter_of", away)

    async def story(feed: Feed) -> None:
        assert (await Visit(feed).ended()).status == 503

    play(story)


def test_the_feed_connects_as_the_pages_do() -> None:
    found, given = hub._connection_settings(), connection.get_connection_params()
    assert {**found} == {name: given[name] for name in found}
    assert given.keys() - found.keys() == {"cursor_factory", "context", "prepare_threshold"}
    assert app.application is not None
