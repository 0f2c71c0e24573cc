"""Reads the journal once for everybody and hands entries to the streams they are for."""

import asyncio
import logging
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import close_old_connections, connection

from zhongshu.base.journal import queries
from zhongshu.base.journal.actions import CHANNEL
from zhongshu.base.journal.rules import Read
from zhongshu.base.live.rules import Filter, event

log = logging.getLogger(__name__)
BOX = 1_000
"""Events that may wait for one slow visitor; more, and the stream ends: the browser comes back and catches up."""
RETRY = 1.0
MISSED = 500


class Box:
    """What waits for one visitor."""

    def __init__(self, sees: Filter) -> None:
        self.sees = sees
        self.waiting: deque[str] = deque()
        self.woken = asyncio.Event()
        self.overrun = False

    def put(self, text: str) -> None:
        """Add an event; a full box is marked and takes no more."""
        if len(self.waiting) >= BOX:
            self.overrun = True
        else:
            self.waiting.append(text)
        self.woken.set()

    async def next(self, patience: float, gone: "asyncio.Future[None]") -> str | None:
        """Everything that waits, as one text; None when nothing came in `patience` seconds or the visitor left."""
        if not self.waiting:
            wake = asyncio.ensure_future(self.woken.wait())
            await asyncio.wait({wake, gone}, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
            wake.cancel()
        self.woken.clear()
        text = "".join(self.waiting)
        self.waiting.clear()
        return text or None


class Hub:
    """One reader of the journal, any number of boxes."""

    def __init__(self) -> None:
        self.boxes: set[Box] = set()
        self.task: asyncio.Task[None] | None = None

    @property
    def streams(self) -> int:
        """How many visitors are connected."""
        return len(self.boxes)

    async def start(self) -> None:
        """Begin reading from now on."""
        self.task = asyncio.create_task(self._forever())

    async def stop(self) -> None:
        """Stop reading."""
        if self.task:
            self.task.cancel()

    @contextmanager
    def subscribed(self, sees: Filter) -> Iterator[Box]:
        """A box that gets what its visitor may see, for the length of the block."""
        box = Box(sees)
        self.boxes.add(box)
        try:
            yield box
        finally:
            self.boxes.discard(box)

    async def missed(self, after: int, sees: Filter) -> list[Read]:
        """What the visitor missed since the entry with this id (none asked for: nothing)."""
        if not after:
            return []
        entries = await asyncio.to_thread(_since, after)
        return [entry for entry in entries if sees.lets(entry)]

    async def _forever(self) -> None:
        place: tuple[str, int] | None = None
        while True:
            try:
                place = await self._listen(place)
            except (psycopg.Error, OSError) as problem:
                log.warning("feed lost the database, trying again: %s", problem)
                await asyncio.sleep(RETRY)

    async def _listen(self, place: tuple[str, int] | None) -> tuple[str, int]:
        """Follow the journal until the connection is lost."""
        settings = await asyncio.to_thread(_connection_settings)
        async with await psycopg.AsyncConnection.connect(**settings, autocommit=True) as heard:
            await heard.execute(f"LISTEN {CHANNEL}")
            place = place or await asyncio.to_thread(_newest)
            while True:
                place = await self._hand_out(place)
                async for _ in heard.notifies(timeout=1.0, stop_after=1):
                    pass

    async def _hand_out(self, place: tuple[str, int]) -> tuple[str, int]:
        while entries := await asyncio.to_thread(_after, place):
            for entry in entries:
                text = ""
                for box in self.boxes:
                    if box.sees.lets(entry):
                        text = text or event(entry)
                        box.put(text)
            place = entries[-1].place
        return place


def _connection_settings() -> dict[str, object]:
    params = connection.get_connection_params()
    wanted = ("host", "port", "user", "password", "dbname")
    return {name: params[name] for name in wanted if params.get(name)}


def _after(place: tuple[str, int]) -> list[Read]:
    close_old_connections()
    return queries.after(place)


def _newest() -> tuple[str, int]:
    close_old_connections()
    return queries.newest_place()


def _since(entry: int) -> list[Read]:
    close_old_connections()
    return queries.after(queries.place_of(entry), MISSED)
