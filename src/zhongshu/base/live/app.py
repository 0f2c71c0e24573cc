"""The live feed: a plain ASGI application that sends journal entries to browsers as server-sent events."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from zhongshu.base.live import doors
from zhongshu.base.live.hub import Hub
from zhongshu.base.live.rules import Filter, comment, event

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

HEARTBEAT = 15.0
"""Seconds after which a silent stream says that it lives; also how soon a closed session is noticed, times four."""
MOST_STREAMS = 5_000


class Feed:
    """`GET /feed?after=ID`: the entries the visitor may see, from after the given one, for as long as they stay."""

    def __init__(self) -> None:
        self.hub = Hub()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            await self._serve(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.hub.start()
                await send({"type": "lifespan.startup.complete"})
            else:
                await self.hub.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        if scope["path"] == "/health":
            await _answer(send, 200, headers, "ok")
        elif scope["path"] != "/feed" or scope["method"] != "GET":
            await _answer(send, 404, headers, "没有这个地址。")
        elif self.hub.streams >= MOST_STREAMS:
            await _answer(send, 503, headers, "在线人数过多，请稍后再试。")
        elif (sees := await self._visitor(headers)) is None:
            await _answer(send, 401, headers, "请先登录。")
        else:
            await self._stream(scope, headers, sees, receive, send)

    async def _visitor(self, headers: Mapping[str, str]) -> Filter | None:
        cookies = SimpleCookie(headers.get("cookie", ""))
        session = cookies.get("sessionid")
        return await asyncio.to_thread(doors.door.filter_of, session.value) if session else None

    async def _stream(
        self, scope: Scope, headers: Mapping[str, str], sees: Filter, receive: Receive, send: Send
    ) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": _headers(headers, "text/event-stream")})
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("after", ["0"])[0]
        last = headers.get("last-event-id", asked)
        gone = asyncio.ensure_future(_disconnected(receive))
        with self.hub.subscribed(sees) as box:
            for entry in await self.hub.missed(int(last) if last.isdigit() else 0, sees):
                await _chunk(send, event(entry))
            await _chunk(send, comment("open"))
            beats = 0
            while not gone.done():
                text = await box.next(HEARTBEAT, gone)
                if text is None:
                    beats += 1
                    if beats % 4 == 0 and await self._visitor(headers) is None:
                        break
                    text = comment("beat")
                elif box.overrun:
                    break
                await _chunk(send, text)
        gone.cancel()
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _chunk(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _answer(send: Send, status: int, headers: Mapping[str, str], text: str) -> None:
    await send({"type": "http.response.start", "status": status, "headers": _headers(headers, "text/plain; charset=utf-8")})
    await send({"type": "http.response.body", "body": text.encode()})


def _headers(asked: Mapping[str, str], media: str) -> list[tuple[bytes, bytes]]:
    """Answers for browsers whose page came from one of our own addresses; others get no permission to read."""
    found = [(b"content-type", media.encode()), (b"cache-control", b"no-store"), (b"x-accel-buffering", b"no")]
    origin = asked.get("origin", "")
    if origin and doors.door.is_ours(origin, asked.get("host", "")):
        found += [
            (b"access-control-allow-origin", origin.encode("latin-1")),
            (b"access-control-allow-credentials", b"true"),
            (b"vary", b"Origin"),
        ]
    return found


def _application() -> Feed:
    import django

    django.setup()
    return Feed()


application = _application()
