"""Connections to judged addresses only, each call within its time."""

import socket
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from ssl import SSLContext
from typing import Any

import httpcore

from zhongshu.base.http.outgoing.reach import Reach

CONNECT_SECONDS, WHOLE_SECONDS = 3.0, 10.0

deadline: ContextVar[float] = ContextVar("deadline")
"""The moment (of the monotonic clock) by which the call of this thread has to be over."""

_names = ThreadPoolExecutor(8, thread_name_prefix="names")


class Closed(Exception):
    """The host leads to an address that must not be reached."""


def look_up(host: str, port: int) -> list[str]:
    """Every address of a host, in the order to try; OSError when it has none. A number in any spelling is one too."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def left(most: float | None = None) -> float:
    """The seconds this call may still take, at most `most`; ReadTimeout when there are none."""
    seconds = deadline.get() - time.monotonic()
    if seconds <= 0:
        raise httpcore.ReadTimeout("the whole call took too long")
    return seconds if most is None else min(seconds, most)


class Checked(httpcore.NetworkBackend):
    """Looks a name up once, judges every address, and connects to what it has judged."""

    def __init__(self, reach: Reach) -> None:
        self.reach, self.plain = reach, httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:  # fmt: skip
        """A connection to the host. Closed when one of its addresses is not public: a mixed answer is an attack."""
        for address in (addresses := self._addresses(host, port)):
            if not self.reach.lets_to(host, address):
                raise Closed(address)
        return _Timed(self.plain.connect_tcp(addresses[0], port, left(CONNECT_SECONDS), local_address, socket_options))

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            return _names.submit(look_up, host, port).result(left(CONNECT_SECONDS))
        except TimeoutError:
            raise httpcore.ConnectTimeout("the name was not found in time") from None
        except (OSError, UnicodeError) as problem:
            raise httpcore.ConnectError(str(problem)) from None


class _Timed(httpcore.NetworkStream):
    """A connection that does not outlive its call, however slowly the other side speaks."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self.inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.inner.read(max_bytes, left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, left(timeout))

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self.inner.start_tls(ssl_context, server_hostname, left(CONNECT_SECONDS)))

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)
