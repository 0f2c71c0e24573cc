"""What happens at the doors and somebody should look at later: noted now, written when the request is over.

A refused request rolls its transaction back; what it tried must outlive that. So a note is kept beside the request and
written after it. Outside a request it is written at once.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from zhongshu.base.http.doors import Event, doors
from zhongshu.base.http.refusals import Foreign, Refusal, TooMany

_MOST = 20


_noted: ContextVar[list[Event] | None] = ContextVar("noted", default=None)


def note(verb: str, body: Mapping[str, Any], reach: Collection[int] = ()) -> None:
    """Keep that something was tried at a door; at most twenty a request."""
    event, noted = Event(verb, body, reach), _noted.get()
    if noted is None:
        doors.record(event, None)
    elif len(noted) < _MOST and event not in noted:
        noted.append(event)


def of_refusal(refusal: Refusal) -> None:
    """Note a refusal that is more than a mistake: somebody else's thing was tried, or a door too often."""
    if isinstance(refusal, Foreign):
        note("security.foreign_tried", {"kind": refusal.kind, "thing": refusal.thing}, refusal.reach)
    elif isinstance(refusal, TooMany):
        note("security.limit_reached", {"door": refusal.door})


@contextmanager
def kept() -> Iterator[list[Event]]:
    """What is noted within; whoever opens this writes it when all transactions are over."""
    noted: list[Event] = []
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)
