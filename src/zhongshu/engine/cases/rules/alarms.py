"""When a deadline speaks up: before it breaks, when it breaks, and ever higher up until somebody acts. Pure.

The first alarm comes when four fifths of the time are used (预警), the second at the deadline (超时), each further one
half a term later and one body higher up (督办升级).
"""

from datetime import datetime, timedelta
from typing import Literal

NEAR = 0.8
"""Share of the time after which people are warned."""
SHORTEST_STEP = timedelta(minutes=30)
"""A short term must not run up the whole organisation within minutes."""
WARNED, LATE = 0, 1

Kind = Literal["warned", "late", "escalated"]
Urgency = Literal["", "soon", "late"]


def moment(opened: datetime, due: datetime | None, level: int, levels: int) -> datetime | None:
    """When alarm number `level` (from 0) of `levels` comes; None where there is no deadline or no further alarm."""
    if due is None or level >= levels:
        return None
    if level == WARNED:
        return opened + NEAR * (due - opened)
    return due + (level - LATE) * max((due - opened) / 2, SHORTEST_STEP)


def first(opened: datetime, due: datetime | None) -> datetime | None:
    """When the first alarm comes."""
    return moment(opened, due, WARNED, LATE)


def reached(opened: datetime, due: datetime, level: int, levels: int, at: datetime) -> int:
    """The highest alarm due by `at`, at least `level`: of several missed at once, only the last is worth saying."""
    while (following := moment(opened, due, level + 1, levels)) is not None and following <= at:
        level += 1
    return level


def kind(level: int) -> Kind:
    """What alarm number `level` is."""
    return "warned" if level == WARNED else "late" if level == LATE else "escalated"


def urgency(opened: datetime, due: datetime | None, at: datetime) -> Urgency:
    """How pressing an open deadline is: `soon` from the warning on, `late` once it is missed, else nothing."""
    if due is None or at < opened + NEAR * (due - opened):
        return ""
    return "soon" if at < due else "late"
