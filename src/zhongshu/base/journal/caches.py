"""Values kept per process until the journal says that what they were made from has changed."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from django.db import connection

T = TypeVar("T")


class Cached(Generic[T]):
    """A value made by `load` and kept while the number of entries about `subject` stays the same.

    The number is read at most once in `every` seconds, so a change made anywhere is seen everywhere within that time. While one
    thread makes the value anew, others go on with the one before.
    """

    known: ClassVar[list["Cached[Any]"]] = []

    def __init__(self, subject: tuple[str, str], load: Callable[[], T], every: float = 1.0) -> None:
        self.subject, self.load, self.every = subject, load, every
        self.lock = threading.Lock()
        self.held: _Held[T] | None = None
        Cached.known.append(self)

    def __call__(self) -> T:
        held = self.held
        if held is not None and time.monotonic() < held.fresh_until:
            return held.value
        if self.lock.acquire(blocking=held is None):
            try:
                held = self.held = self._fresh(self.held)
            finally:
                self.lock.release()
        assert held is not None
        return held.value

    def forget(self) -> None:
        """Read anew at the next call."""
        self.held = None

    def _fresh(self, held: "_Held[T] | None") -> "_Held[T]":
        now = time.monotonic()
        if held is not None and now < held.fresh_until:
            return held
        count = self._count()
        value = held.value if held is not None and held.count == count else self.load()
        return _Held(value, count, now + self.every)

    def _count(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count FROM journal_subject WHERE kind = %s AND id = %s", self.subject)
            row = cursor.fetchone()
        return row[0] if row else 0


@dataclass(frozen=True, slots=True)
class _Held(Generic[T]):
    """A value, the number of entries it was made at, and until when that need not be asked again."""

    value: T
    count: int
    fresh_until: float


def forget_all() -> None:
    """Forget every cached value of this process: for tests and after a restore."""
    for cached in Cached.known:
        cached.forget()
