"""The client: redirects followed by hand, answers bounded, failures as sentences."""

import logging
import time
from collections.abc import Iterator
from typing import Any

import httpcore
import httpx

from zhongshu.base.http import events
from zhongshu.base.http.outgoing import wire
from zhongshu.base.http.outgoing.reach import Reach
from zhongshu.base.http.refusals import Invalid, Unavailable

MOST_BYTES = 5_000_000
MOST_REDIRECTS = 3
_ACROSS = frozenset({"accept", "accept-language", "user-agent", "host", "content-length"})
"""What may go along to another host: nothing that says who we are."""
_BROKEN = (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, httpx.HTTPError, httpx.InvalidURL)

log = logging.getLogger("zhongshu.outgoing")


class Blocked(Invalid):
    """The address must not be reached from here."""


class Unanswered(Unavailable):
    """The other system did not answer, or not as one can read."""


class Client(httpx.Client):
    """An httpx client that only goes where `reach` lets it. It keeps no cookies and asks no proxy."""

    def __init__(self, purpose: str, reach: Reach) -> None:
        super().__init__(
            transport=_Transport(reach), trust_env=False, timeout=wire.WHOLE_SECONDS,
            headers={"User-Agent": "Zhongshu", "Accept-Encoding": "identity"},
        )  # fmt: skip
        self.purpose = purpose

    def build_request(self, *told: Any, **more: Any) -> httpx.Request:
        """A request to send; Blocked when its address is none."""
        try:
            return super().build_request(*told, **more)
        except httpx.InvalidURL:
            raise Blocked("这不是一个可以访问的网址，请核对。") from None

    def send(self, request: httpx.Request, **how: Any) -> httpx.Response:
        """The answer, read whole: at most 5 MB within ten seconds and three redirects. Raises Blocked, Unanswered."""
        began, token = time.monotonic(), wire.deadline.set(time.monotonic() + wire.WHOLE_SECONDS)
        said = "failed"
        try:
            response = self._followed(request, how)
            said = str(response.status_code)
            return response
        except wire.Closed:
            said = "blocked"
            raise self._blocked(request) from None
        except _BROKEN as problem:
            said = type(problem).__name__
            raise Unanswered("对方系统没有应答，请稍后再试。", retry_after=30) from None
        finally:
            wire.deadline.reset(token)
            spent = time.monotonic() - began
            log.info("%s: %s %s: %s, %.2f s", self.purpose, request.method, request.url.host, said, spent)

    def _followed(self, request: httpx.Request, how: dict[str, Any]) -> httpx.Response:
        for _ in range(MOST_REDIRECTS + 1):
            self.cookies.clear()
            response = super().send(request, **(how | {"stream": True, "follow_redirects": False}))
            response.read()
            if response.next_request is None:
                return response
            request = self._onward(request, response.next_request)
            how = how | {"auth": None}
        raise Unanswered("对方系统一再转到别处，没有给出结果。", retry_after=30)

    def _onward(self, before: httpx.Request, after: httpx.Request) -> httpx.Request:
        """The next request of a redirect; to another host it takes nothing along that is meant for the first."""
        if before.url.scheme == "https" and after.url.scheme != "https":
            raise self._blocked(after)
        if (before.url.scheme, before.url.netloc) == (after.url.scheme, after.url.netloc):
            return after
        if after.method not in {"GET", "HEAD"}:
            raise self._blocked(after)
        for name in set(after.headers) - _ACROSS:
            del after.headers[name]
        after.headers["Accept-Encoding"] = "identity"
        return after

    def _blocked(self, request: httpx.Request) -> Blocked:
        host = request.url.host[:200]
        events.note("security.outgoing_refused", {"purpose": self.purpose, "host": host})
        sentence = "不能访问 {host}：只能用 https 访问公网地址；政务内网的系统请运维人员写入 ZHONGSHU_OUTGOING。"
        return Blocked(sentence, host=host)


class _Transport(httpx.BaseTransport):
    """httpx over a pool whose every connection is judged."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        context = httpx.create_ssl_context()
        self.pool = httpcore.ConnectionPool(context, max_connections=10, network_backend=wire.Checked(reach))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        if url.scheme != "https" and not (url.scheme == "http" and self.reach.names(url.host)):
            raise wire.Closed(url.scheme)
        there = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        asked = httpcore.Request(
            request.method, there, headers=request.headers.raw, content=request.stream, extensions=request.extensions
        )
        answer = self.pool.handle_request(asked)
        response = httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))
        if response.headers.get("Content-Encoding", "identity") != "identity":
            response.close()
            raise httpx.DecodingError("packed though we asked for it plain: what is packed may unfold without bound")
        return response

    def close(self) -> None:
        self.pool.close()


class _Body(httpx.SyncByteStream):
    """What comes over the wire, until it is too much."""

    def __init__(self, answer: httpcore.Response) -> None:
        self.answer = answer

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for part in self.answer.iter_stream():
            size += len(part)
            if size > MOST_BYTES:
                most = MOST_BYTES // 1_000_000
                raise Unanswered("对方系统的应答超过 {most} MB，未予接收。", retry_after=30, most=most)
            yield part

    def close(self) -> None:
        self.answer.close()
