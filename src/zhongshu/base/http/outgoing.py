"""The one way out to other hosts."""

from typing import Any

import httpx

from zhongshu.base.http.refusals import Unavailable

TIMEOUT = 10.0


class Client(httpx.Client):
    """An httpx client that follows no redirects, and whose failures are refusals."""

    def send(self, request: httpx.Request, **how: Any) -> httpx.Response:
        """The answer, whatever its status; Unavailable when there is none."""
        try:
            return super().send(request, **how)
        except httpx.HTTPError:
            raise Unavailable("对方系统没有应答，请稍后再试。", retry_after=30) from None


def client(purpose: str, *, allow: frozenset[str] = frozenset()) -> Client:
    """A client for `purpose` (a short word for the log) that waits ten seconds at most."""
    return Client(timeout=TIMEOUT, trust_env=False, headers={"User-Agent": "Zhongshu"})
