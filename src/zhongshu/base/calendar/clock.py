"""The business clock: the one place that asks the machine what time it is.

Doors and channels read `now()` once and pass the moment on as `at=`; nothing below them looks at a clock. A
test or a replay sets the moment with `at(...)`; a sandbox lives in another time by the setting
`ZHONGSHU_CLOCK_OFFSET` (seconds).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta

from django.conf import settings

from zhongshu.base.calendar.rules import SHANGHAI

_held: ContextVar[datetime | None] = ContextVar("zhongshu_clock", default=None)


def now() -> datetime:
    """The business moment, aware, in Shanghai time; the held one inside `at(...)`."""
    held = _held.get()
    if held is not None:
        return held
    return datetime.now(SHANGHAI) + timedelta(seconds=getattr(settings, "ZHONGSHU_CLOCK_OFFSET", 0))


def today() -> date:
    """The business date in Shanghai."""
    return now().date()


@contextmanager
def at(moment: datetime) -> Iterator[datetime]:
    """Hold the clock still at `moment` (aware) for this thread or coroutine, for a test or a replay.

    Calls nest; the outer moment comes back at the end. A naive moment is a `ValueError`.
    """
    if moment.tzinfo is None:
        raise ValueError("The clock is held at an aware moment only.")
    token = _held.set(moment.astimezone(SHANGHAI))
    try:
        yield moment.astimezone(SHANGHAI)
    finally:
        _held.reset(token)
