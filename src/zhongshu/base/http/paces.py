"""How fast somebody may go through any door at all, counted in the memory of the process.

Every page asks, so nothing is written: a bucket of uses fills evenly and each use takes one (a token bucket). What must
hold exactly and across processes (signing in, reporting, asking by number) has a `limits.Limit` of its own besides.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.http import HttpRequest

from zhongshu.base.http import origin
from zhongshu.base.http.refusals import TooMany
from zhongshu.base.permissions.rules import ANONYMOUS, Actor

_MOST_KNOWN = 50_000


@dataclass(frozen=True, slots=True)
class Pace:
    """At most `most` uses at once, and as many again a minute: of one account, or of one address."""

    name: str
    most: int


READ, WRITE = Pace("read", 600), Pace("write", 120)
"""Of somebody signed in."""
LOOK, TELL = Pace("look", 300), Pace("tell", 60)
"""Of an address (an IPv6 network of 64 bits) that nobody has signed in from."""
SEARCH, EXPORT = Pace("search", 240), Pace("export", 20)
KNOCK = Pace("knock", 30)
"""Of an address that brings a key to the machine door which is none."""
FLOOD = Pace("flood", 3_000)
"""Of an address whoever asks: an office of hundreds behind one address stays below."""

NAMED: Final[Mapping[str, Pace]] = {pace.name: pace for pace in (SEARCH, EXPORT)}
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Buckets:
    """What each visitor has left; bounded: when too many are known, those who have not come for a minute go."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock, self.lock = clock, threading.Lock()
        self.left: dict[tuple[str, str], tuple[float, float]] = {}

    def take(self, pace: Pace, who: str, *, times: float = 1.0, shares: int = 1) -> float:
        """Take one use; the seconds to wait until there is one (0: taken).

        `times` widens the pace, `shares` is how many processes fill one bucket between them.
        """
        now, most = self.clock(), max(1.0, pace.most * times)
        refill = most / 60 / shares
        with self.lock:
            if len(self.left) >= _MOST_KNOWN:
                self._forget(now)
            left, seen = self.left.get((pace.name, who), (most, now))
            left = min(most, left + (now - seen) * refill)
            if left < 1:
                self.left[pace.name, who] = (left, now)
                return (1 - left) / refill
            self.left[pace.name, who] = (left - 1, now)
            return 0.0

    def _forget(self, now: float) -> None:
        self.left = {key: kept for key, kept in self.left.items() if now - kept[1] < 60}
        if len(self.left) >= _MOST_KNOWN:
            self.left.clear()


buckets = Buckets()


def of(request: HttpRequest, by: Actor, named: str = "") -> tuple[Pace, str]:
    """The pace of a request and whose it is: the door's own where it has one, else by who asks and how."""
    who = origin.network(request) if by is ANONYMOUS else by.id
    if pace := NAMED.get(named):
        return pace, who
    if by is ANONYMOUS:
        return (LOOK if request.method in _SAFE else TELL), who
    return (READ if request.method in _SAFE else WRITE), who


def keep(pace: Pace, who: str) -> None:
    """Count one use; TooMany when there is none left. `settings.LIMITS` widens every pace, 0 lifts them all."""
    if not settings.LIMITS:
        return
    wait = buckets.take(pace, who, times=settings.LIMITS, shares=settings.PROCESSES)
    if wait:
        seconds = int(wait) + 1
        raise TooMany("操作过于频繁，请在 {wait} 秒后再试。", retry_after=seconds, door=pace.name, wait=seconds)
