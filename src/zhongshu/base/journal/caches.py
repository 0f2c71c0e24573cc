"""Values kept per process until the journal says that what they were made from has changed."""

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

from django.db import connection, transaction

T = TypeVar("T")
EVERY = 1.0
"""Seconds between two looks at the journal: how long a change made by another process may go unseen."""


class Cached(Generic[T]):
    """A value made by `load` and kept while the head of `subject`'s chain of entries stays the same.

    The heads of all such values are read together, in one statement, at most once in `EVERY` seconds. While one thread
    makes a value anew, others go on with the one before.
    """

    known: ClassVar[list["Cached[Any]"]] = []

    def __init__(self, subject: tuple[str, str], load: Callable[[], T]) -> None:
        self.subject, self.load = subject, load
        self.lock = threading.Lock()
        self.held: tuple[T, bytes] | None = None
        Cached.known.append(self)

    def __call__(self) -> T:
        held, head = self.held, _heads.of(self.subject)
        if held is not None and held[1] == head:
            return held[0]
        if self.lock.acquire(blocking=held is None):
            try:
                if self.held is None or self.held[1] != head:
                    # Not the head above: another thread may have read it inside its transaction, ahead of our value.
                    head = _heads.anew(self.subject)
                    self.held = (self.load(), head)
                held = self.held
            finally:
                self.lock.release()
        assert held is not None
        return held[0]

    def forget(self) -> None:
        """Make it anew at the next call."""
        self.held = None
        _heads.expire()


@dataclass(slots=True)
class _Heads:
    """The heads of every subject that a cached value of this process was made from."""

    heads: dict[tuple[str, str], bytes] = field(default_factory=dict)
    fresh_until: float = 0.0

    def of(self, subject: tuple[str, str]) -> bytes:
        """The subject's head as last read; empty before its first entry."""
        return self.heads.get(subject, b"") if time.monotonic() < self.fresh_until else self.anew(subject)

    def expire(self) -> None:
        """Read the heads again at the next call."""
        self.fresh_until = 0.0

    def anew(self, subject: tuple[str, str]) -> bytes:
        """The subject's head as this thread's transaction sees it now."""
        self.fresh_until = time.monotonic() + EVERY
        self.heads = self._read()
        return self.heads.get(subject, b"")

    def _read(self) -> dict[tuple[str, str], bytes]:
        subjects = {cached.subject for cached in Cached.known}
        kinds, ids = map(list, zip(*sorted(subjects), strict=True))
        with connection.cursor() as cursor:
            cursor.execute(
                """SELECT s.kind, s.id, s.head FROM unnest(%s::text[], %s::text[]) AS k (kind, id)
                   JOIN journal_subject s ON s.kind = k.kind AND s.id = k.id""",
                [kinds, ids],
            )
            return {(kind, id_): bytes(head) for kind, id_, head in cursor.fetchall()}


_heads = _Heads()


_watched: dict[str, list[Callable[[], None]]] = {}


def watch(kind: str, forget: Callable[[], None]) -> None:
    """Let `forget` be called whenever this process writes an entry about a subject of this kind, and as it commits."""
    _watched.setdefault(kind, []).append(forget)


def look_again(subject: tuple[str, str]) -> None:
    """An entry about `subject` is being written here: this process sees its own changes at once, in every thread."""
    concerned = list(_watched.get(subject[0], ()))
    if any(cached.subject == subject for cached in Cached.known):
        concerned.append(_heads.expire)
    for forget in concerned:
        forget()
        transaction.on_commit(forget)


def forget_all() -> None:
    """Forget every cached value of this process: for tests and after a restore."""
    for cached in Cached.known:
        cached.forget()
    for forget in itertools.chain(*_watched.values()):
        forget()
