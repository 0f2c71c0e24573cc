"""What a visitor's stream carries, when it ends, and who gets none."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from zhongshu.base.live import app, doors, hub
from zhongshu.base.live.app import Feed
from zhongshu.base.live.tests.visits import CITY, EAST, WEST, Door, Visit, entry, sees

Story = Callable[[Feed], Coroutine[Any, Any, None]]


@pytest.fixture
def door(monkeypatch: pytest.MonkeyPatch) -> Door:
    """Somebody of the west, somebody of the east, and the mayor."""
    opened = Door(mine=sees("me", WEST), theirs=sees("them", EAST), mayors=sees("mayor", CITY))
    monkeypatch.setattr(doors, "door", opened, raising=False)
    monkeypatch.setattr(app, "close_old_connections", lambda: None)
    return opened


def play(story: Story) -> None:
    """Let a story happen to a feed that has nobody yet."""
    asyncio.run(story(Feed()))


def test_an_entry_reaches_those_in_whose_scope_it_lies_and_nobody_else(door: Door) -> None:
    async def story(feed: Feed) -> None:
        visits = [Visit(feed, session=session) for session in ("mine", "theirs", "mayors")]
        for visit in visits:
            await visit.until("event: begin")
        await feed.hub.deliver([entry(1, CITY, WEST), entry(2, CITY, EAST), entry(3, 9902)])
        await visits[2].until("id: 2")
        for visit in visits:
            await visit.leave()
        assert [visit.ids for visit in visits] == [[1], [2], [1, 2]]

    play(story)


def test_what_one_did_oneself_comes_whatever_the_scope(door: Door) -> None:
    async def story(feed: Feed) -> None:
        visit = Visit(feed)
        await visit.until("event: begin")
        await feed.hub.deliver([entry(1, EAST, actor="me"), entry(2, kind="account", actor="me")])
        await visit.until("id: 2")
        await visit.leave()
        assert visit.ids == [1, 2]

    play(story)


def test_who_may_read_a_case_does_not_learn_who_was_refused_a_look_at_it(door: Door) -> None:
    async def story(feed: Feed) -> None:
        visit = Visit(feed)
        await visit.until("event: begin")
        await feed.hub.deliver([entry(1, WEST, kind="look"), entry(2, WEST)])
        await visit.until("id: 2")
        await visit.leave()
        assert visit.ids == [2]

    play(story)


def test_an_event_says_what_happened_and_not_what_was_written(door: Door) -> None:
    async def story(feed: Feed) -> None:
        visit = Visit(feed)
        await visit.until("event: begin")
        await feed.hub.deliver([entry(1, WEST, phase=["handling", "verifying"])])
        text = await visit.until("id: 1")
        assert '"number": "SJ1"' in text and '"phase": ["handling", "verifying"]' in text
        assert "井盖松动" not in text
        await visit.leave()

    play(story)


def test_a_stream_without_a_known_beginning_says_after_which_entry_it_begins(door: Door) -> None:
    async def story(feed: Feed) -> None:
        await feed.hub.deliver([entry(7, CITY)])
        visit = Visit(feed)
        assert (await visit.until("event: begin")).startswith("id: 7\n")
        await visit.leave()

    play(story)


def test_leaving_frees_the_place(door: Door) -> None:
    async def story(feed: Feed) -> None:
        visit = Visit(feed)
        await visit.until("event: begin")
        assert len(feed.hub.boxes) == 1
        await visit.leave()
        assert not feed.hub.boxes

    play(story)


def test_a_silent_stream_says_that_it_lives(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "HEARTBEAT", 0.01)

    async def story(feed: Feed) -> None:
        visit = Visit(feed)
        await visit.until("event: beat")
        await visit.leave()

    play(story)


def test_a_closed_session_ends_the_stream_however_busy_it_is(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "RECHECK", 0.02)

    async def story(feed: Feed) -> None:
        visit = Visit(feed)
        await visit.until("event: begin")
        del door.sessions["mine"]
        number = 0
        while not visit.task.done():
            number += 1
            await feed.hub.deliver([entry(number, WEST)])
            await asyncio.sleep(0.002)
        await visit.ended()
        assert not feed.hub.boxes

    play(story)


def test_a_grant_that_ended_narrows_the_running_stream(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "RECHECK", 0.0)

    async def story(feed: Feed) -> None:
        visit = Visit(feed)
        await visit.until("event: begin")
        door.sessions["mine"] = sees("me", EAST)
        await feed.hub.deliver([entry(1, WEST)])
        await visit.until("id: 1")
        await asyncio.sleep(0.05)
        await feed.hub.deliver([entry(2, WEST), entry(3, EAST)])
        await visit.until("id: 3")
        await visit.leave()
        assert visit.ids == [1, 3]

    play(story)


def test_a_visitor_who_does_not_keep_up_loses_the_stream_and_nobody_else_does(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "BOX", 10)

    async def story(feed: Feed) -> None:
        slow, quick = Visit(feed), Visit(feed, session="mayors")
        await slow.until("event: begin")
        await quick.until("event: begin")
        slow.reads.clear()
        for number in range(1, 31):
            await feed.hub.deliver([entry(number, CITY, WEST)])
            await asyncio.sleep(0)
        await quick.until("id: 30")
        slow.reads.set()
        await slow.ended()
        assert slow.ids == list(range(1, len(slow.ids) + 1)), "what was read has no gap"
        assert len(slow.ids) < 30
        await quick.leave()
        assert quick.ids == list(range(1, 31))

    play(story)


def test_a_visitor_who_reads_nothing_at_all_is_given_up(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "PATIENCE", 0.02)

    async def story(feed: Feed) -> None:
        visit = Visit(feed)
        await visit.until("event: begin")
        visit.reads.clear()
        await feed.hub.deliver([entry(1, WEST)])
        await visit.ended()
        assert not feed.hub.boxes

    play(story)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"session": "unknown"}, 401),
        ({"session": ""}, 401),
        ({"origin": "http://elsewhere"}, 403),
        ({"path": "/elsewhere"}, 404),
        ({"path": "/health"}, 503),
    ],
)
def test_who_gets_no_stream(door: Door, asked: dict[str, str], status: int) -> None:
    async def story(feed: Feed) -> None:
        visit = await Visit(feed, **asked).ended()
        assert visit.status == status
        assert visit.headers["content-type"].startswith("text/plain") and visit.text
        assert "access-control-allow-origin" not in visit.headers

    play(story)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "请先登录。"),
        ({"accept_language": "en-GB,en;q=0.9"}, "Please sign in first."),
        ({"cookie": "language=en"}, "Please sign in first."),
    ],
)
def test_who_is_turned_away_reads_why_in_their_language(door: Door, asked: dict[str, str], said: str) -> None:
    async def story(feed: Feed) -> None:
        assert (await Visit(feed, session="", **asked).ended()).text == said

    play(story)


def test_our_own_pages_may_read_with_their_session(door: Door) -> None:
    async def story(feed: Feed) -> None:
        visit = Visit(feed, origin="http://ours")
        await visit.until("event: begin")
        assert visit.headers["access-control-allow-origin"] == "http://ours"
        assert visit.headers["access-control-allow-credentials"] == "true"
        await visit.leave()

    play(story)


def test_one_account_cannot_take_every_place(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "MOST_OF_ONE", 2)

    async def story(feed: Feed) -> None:
        visits = [Visit(feed), Visit(feed)]
        for visit in visits:
            await visit.until("event: begin")
        assert (await Visit(feed).ended()).status == 429
        other = Visit(feed, session="theirs")
        await other.until("event: begin")
        for visit in [*visits, other]:
            await visit.leave()

    play(story)


@pytest.mark.parametrize("last", ["²", "-1", "1e3", "9" * 30, "'; DROP"])
def test_a_last_event_id_that_is_none_begins_anew(door: Door, last: str) -> None:
    async def story(feed: Feed) -> None:
        visit = Visit(feed, last_event_id=last)
        await visit.until("event: begin")
        await visit.leave()

    play(story)
