"""A visitor of the feed as the server sees one: what it asks, what it reads, when it leaves."""

import asyncio
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from zhongshu.base.journal.rules.entries import Read
from zhongshu.base.live.app import Feed
from zhongshu.base.live.rules import Filter
from zhongshu.base.permissions.rules import Scope

CITY, WEST, EAST = 9901, 990101, 990102
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def entry(number: int, *reach: int, kind: str = "case", actor: str = "somebody", **facts: Any) -> Read:
    """An entry as the journal gives it; its body may hold what nobody but its readers should learn."""
    body = json.dumps({"number": f"SJ{number}", "outcome": {"note": "井盖松动"}, **facts})
    return Read(number, str(number), kind, f"case-{number}", 1, "case.opened", actor, None, NOON, list(reach), body)


def sees(account: str = "me", *places: int) -> Filter:
    """What somebody with grants over these places sees."""
    return Filter(account, Scope(tuple((None, place) for place in places)))


class Door:
    """Sessions by key; pages of one origin are ours."""

    def __init__(self, **sessions: Filter) -> None:
        self.sessions: dict[str, Filter] = sessions

    def filter_of(self, session: str) -> Filter | None:
        return self.sessions.get(session)

    def is_ours(self, origin: str, host: str) -> bool:
        return origin == "http://ours"


class Visit:
    """One request to the feed, running beside the test."""

    def __init__(self, feed: Feed, path: str = "/feed", session: str = "mine", after: int = 0, **headers: str) -> None:
        sent = {"cookie": f"sessionid={session}", "host": "ours", **headers}
        self.scope: Mapping[str, Any] = {
            "type": "http",
            "method": "GET",
            "path": path,
            "query_string": f"after={after}".encode() if after else b"",
            "headers": [(name.replace("_", "-").encode(), text.encode("latin-1")) for name, text in sent.items()],
        }
        self.status, self.headers, self.text, self.reads = 0, dict[str, str](), "", asyncio.Event()
        self.reads.set()
        self.left = asyncio.Event()
        self.task = asyncio.create_task(feed(self.scope, self._receive, self._send))

    async def _receive(self) -> Mapping[str, Any]:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Mapping[str, Any]) -> None:
        await self.reads.wait()
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        self.text += message.get("body", b"").decode()

    @property
    def ids(self) -> list[int]:
        """The entries read so far."""
        blocks = [block for block in self.text.split("\n\n") if "event: entry" in block]
        return [int(block.split("\n")[0].removeprefix("id: ")) for block in blocks]

    async def until(self, told: str) -> str:
        """Wait until this has been read; a stream that ends first, or says nothing for long, fails."""
        async with asyncio.timeout(10):
            while told not in self.text:
                assert not self.task.done(), f"the stream ended with: {self.text!r}"
                await asyncio.sleep(0.001)
        return self.text

    async def ended(self) -> "Visit":
        """Wait for the stream's end."""
        await asyncio.wait_for(self.task, 10)
        return self

    async def leave(self) -> None:
        """Close the page."""
        self.left.set()
        await self.ended()
