"""Reads the journal once for everybody and hands entries to the streams they are for."""

import asyncio
import logging
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import Error, close_old_connections, connection

from zhongshu.base.journal import queries
from zhongshu.base.journal.actions import CHANNEL
from zhongshu.base.journal.rules.entries import Read
from zhongshu.base.live.rules import Filter, event

log = logging.getLogger(__name__)
BOX = 1_000
"""Events that may wait for a slow visitor; more end the stream: the browser comes back and catches up."""
RETRY = 1.0
PAGE, MOST_PAGES = 500, 10
"""Entries read at once, and how often for somebody who was away; who missed more fetches anew."""
_DJANGOS_OWN = {"cursor_factory", "context", "prepare_threshold"}


class Box:
    """What waits for one visitor."""

    def __init__(self, sees: Filter) -> None:
        self.sees = sees
        self.waiting: deque[str] = deque()
        self.woken = asyncio.Event()
        self.overrun = False

    def put(self, text: str) -> None:
        """Add an event; a full box is marked and takes no more."""
        self.overrun = self.overrun or len(self.waiting) >= BOX
        if not self.overrun:
            self.waiting.append(text)
        self.woken.set()

    async def next(self, patience: float, gone: "asyncio.Future[None]") -> str:
        """All that waits as one text; empty when nothing came in `patience` seconds or the visitor is gone."""
        if not self.waiting:
            wake: asyncio.Future[Any] = asyncio.ensure_future(self.woken.wait())
            await asyncio.wait([wake, gone], timeout=patience, return_when=asyncio.FIRST_COMPLETED)
            wake.cancel()
        self.woken.clear()
        text = "".join(self.waiting)
        self.waiting.clear()
        return text


class Hub:
    """One reader of the journal, any number of boxes."""

    def __init__(self) -> None:
        self.boxes: set[Box] = set()
        self.place: tuple[str, int] | None = None
        self.task: asyncio.Task[None] | None = None

    @property
    def alive(self) -> bool:
        """Whether the journal is being followed."""
        return self.task is not None and not self.task.done()

    @property
    def here(self) -> int:
        """The id of the last entry handed out; 0 before there is one."""
        return self.place[1] if self.place else 0

    async def start(self) -> None:
        """Begin reading from now on."""
        self.task = asyncio.create_task(self._forever())

    async def stop(self) -> None:
        """Stop reading."""
        if self.task:
            self.task.cancel()
            await asyncio.wait({self.task})

    @contextmanager
    def subscribed(self, sees: Filter) -> Iterator[Box]:
        """A box that gets what its visitor may see, for the length of the block."""
        box = Box(sees)
        self.boxes.add(box)
        try:
            yield box
        finally:
            self.boxes.discard(box)

    def streams_of(self, account: str) -> int:
        """How many streams an account has open."""
        return sum(box.sees.account == account for box in self.boxes)

    async def deliver(self, entries: Iterable[Read]) -> None:
        """Put each entry into the boxes of those who may see it; others have their turn between entries."""
        for entry in entries:
            text = ""
            for box in self.boxes:
                if box.sees.lets(entry):
                    text = text or event(entry)
                    box.put(text)
            self.place = entry.place
            await asyncio.sleep(0)

    async def _forever(self) -> None:
        while True:
            try:
                await self._follow()
            except (psycopg.Error, Error, OSError) as problem:
                log.warning("feed lost the database, trying again: %s", problem)
                await asyncio.sleep(RETRY)

    async def _follow(self) -> None:
        """Follow the journal until the connection is lost; a notice wakes, else a second passes."""
        settings = await asyncio.to_thread(_connection_settings)
        async with await psycopg.AsyncConnection.connect(**settings, autocommit=True) as heard:
            await heard.execute(f"LISTEN {CHANNEL}")
            place = await asyncio.to_thread(_newest) if self.place is None else self.place
            self.place = place
            while True:
                while entries := await asyncio.to_thread(_after, place):
                    await self.deliver(entries)
                    place = entries[-1].place
                async for _ in heard.notifies(timeout=1.0, stop_after=1):
                    pass


def missed(after: int, sees: Filter) -> str | None:
    """The events a visitor missed since the entry with this id. Blocks: call it in a thread.

    None when that cannot be told: no such entry, or too much has happened since.
    """
    close_old_connections()
    place, found = queries.place_of(after), list[str]()
    if place == queries.ORIGIN:
        return None
    for _ in range(MOST_PAGES):
        entries = queries.after(place, PAGE)
        found += [event(entry) for entry in entries if sees.lets(entry)]
        if len(entries) < PAGE:
            return "".join(found)
        place = entries[-1].place
    return None


def _connection_settings() -> dict[str, Any]:
    params = connection.get_connection_params()
    return {name: value for name, value in params.items() if name not in _DJANGOS_OWN}


def _after(place: tuple[str, int]) -> list[Read]:
    close_old_connections()
    return queries.after(place, PAGE)


def _newest() -> tuple[str, int]:
    close_old_connections()
    return queries.newest_place()
