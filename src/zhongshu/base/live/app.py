"""The live feed: a plain ASGI application that sends journal entries to browsers as server-sent events."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.db import Error, close_old_connections
from django.http import HttpRequest, parse_cookie
from django.utils import translation

from zhongshu.base.live import doors, hub
from zhongshu.base.live.rules import BEAT, Filter, begin, entry_id

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

log = logging.getLogger(__name__)
HEARTBEAT = 15.0
"""Seconds after which a silent stream says that it lives."""
RECHECK = 60.0
"""Seconds after which a stream asks again what its session may see: how long a closed one can go on."""
PATIENCE = 30.0
"""Seconds a visitor may take to read what was sent."""
MOST_STREAMS, MOST_OF_ONE = 5_000, 20
"""Streams in all, and of one account."""


class Feed:
    """`GET /feed?after=ID`: the entries the visitor may see after the given one, for as long as they stay."""

    def __init__(self) -> None:
        self.hub = hub.Hub()

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
            alive, told = self.hub.alive, f"streams {len(self.hub.boxes)}\n"
            await _answer(send, 200 if alive else 503, headers, told)
        elif scope["path"] != "/feed" or scope["method"] != "GET":
            await _answer(send, 404, headers, "没有这个地址。")
        elif not _is_ours(headers):
            await _answer(send, 403, headers, "这个网站的页面不能读取实时消息。")
        else:
            await self._admit(scope, headers, receive, send)

    async def _admit(self, scope: Scope, headers: Mapping[str, str], receive: Receive, send: Send) -> None:
        try:
            sees = await _visitor(headers)
        except Error as problem:
            log.warning("feed cannot ask who a visitor is: %s", problem)
            await _answer(send, 503, headers, "数据库暂时不可用，请稍后再试。")
            return
        if sees is None:
            await _answer(send, 401, headers, "请先登录。")
        elif len(self.hub.boxes) >= MOST_STREAMS:
            await _answer(send, 503, headers, "在线人数过多，请稍后再试。")
        elif self.hub.streams_of(sees.account) >= MOST_OF_ONE:
            await _answer(send, 429, headers, "这个账号打开的页面过多，请关闭一些再试。")
        else:
            asked = parse_qs(scope["query_string"].decode("latin-1")).get("after", [""])[0]
            await self._stream(headers, entry_id(headers.get("last-event-id", asked)), sees, receive, send)

    async def _stream(self, headers: Mapping[str, str], last: int, sees: Filter, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": _headers(headers, "text/event-stream")})
        gone = asyncio.ensure_future(_disconnected(receive))
        here = self.hub.here  # before the box: between the two nothing is lost, at worst sent twice
        try:
            with self.hub.subscribed(sees) as box:
                await _chunk(send, await _opening(last, here, sees))
                await self._follow(headers, box, gone, send)
            await asyncio.wait_for(send({"type": "http.response.body", "body": b""}), PATIENCE)
        except TimeoutError:
            log.warning("feed gave up a visitor who does not read")
        except Error as problem:
            log.warning("feed ends a stream, the database is away: %s", problem)
        finally:
            gone.cancel()

    async def _follow(self, headers: Mapping[str, str], box: hub.Box, gone: "asyncio.Future[None]", send: Send) -> None:
        """Send what comes until the visitor leaves, is too slow, or their session is over."""
        time = asyncio.get_running_loop().time
        checked = time()
        while not gone.done():
            text = await box.next(HEARTBEAT, gone)
            if box.overrun:
                return
            await _chunk(send, text or BEAT)
            if time() - checked >= RECHECK:
                sees, checked = await _visitor(headers), time()
                if sees is None:
                    return
                box.sees = sees


async def _visitor(headers: Mapping[str, str]) -> Filter | None:
    session = parse_cookie(headers.get("cookie", "")).get(settings.SESSION_COOKIE_NAME)
    return await asyncio.to_thread(_filter_of, session) if session else None


def _filter_of(session: str) -> Filter | None:
    close_old_connections()
    return doors.door.filter_of(session)


async def _opening(last: int, here: int, sees: Filter) -> str:
    """What the visitor missed since entry `last`; where that cannot be told, that they begin after `here`."""
    caught_up = await asyncio.to_thread(hub.missed, last, sees) if last else None
    return begin(here) if caught_up is None else caught_up + BEAT


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _chunk(send: Send, text: str) -> None:
    await asyncio.wait_for(send({"type": "http.response.body", "body": text.encode(), "more_body": True}), PATIENCE)


async def _answer(send: Send, status: int, headers: Mapping[str, str], text: str) -> None:
    found = _headers(headers, "text/plain; charset=utf-8")
    await send({"type": "http.response.start", "status": status, "headers": found})
    await send({"type": "http.response.body", "body": _said(headers, text).encode()})


def _said(headers: Mapping[str, str], sentence: str) -> str:
    """The sentence in the language our pages would have for this visitor."""
    asked = HttpRequest()
    asked.COOKIES = parse_cookie(headers.get("cookie", ""))
    asked.META["HTTP_ACCEPT_LANGUAGE"] = headers.get("accept-language", "")
    with translation.override(translation.get_language_from_request(asked)):
        return translation.gettext(sentence)


def _is_ours(headers: Mapping[str, str]) -> bool:
    """Whether the page that asks came from one of our own addresses; programs name none."""
    origin = headers.get("origin", "")
    return not origin or doors.door.is_ours(origin, headers.get("host", ""))


def _headers(asked: Mapping[str, str], media: str) -> list[tuple[bytes, bytes]]:
    """Our own pages may read the answer; others get no permission to."""
    found = [
        (b"content-type", media.encode()),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
    ]
    if "origin" in asked and _is_ours(asked):
        found += [
            (b"access-control-allow-origin", asked["origin"].encode("latin-1")),
            (b"access-control-allow-credentials", b"true"),
            (b"vary", b"Origin"),
        ]
    return found


def _application() -> Feed:
    import django

    django.setup()
    return Feed()


application = _application()
