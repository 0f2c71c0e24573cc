"""When a deadline speaks up: before it breaks, when it breaks, and ever higher up until somebody acts. Pure.

The first alarm comes when four fifths of the time are used (预警), the second at the deadline (超时), each further one
half a term later and one body higher up (督办升级). A scenario may say otherwise (`[alarms]` in its scenario.toml).
"""

from datetime import datetime, timedelta
from typing import Literal

import msgspec

HOLDER = "holder"
"""Among those told: who has the task, and their delegate; all others are roles."""
SHORTEST_STEP = timedelta(minutes=30)
"""A short term must not run up the whole organisation within minutes."""
WARNED, LATE = 0, 1

Kind = Literal["warned", "late", "escalated"]
Urgency = Literal["", "soon", "late"]


class Alarms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When the deadlines of a scenario speak up, and to whom.

    `near`: share of the time after which people are warned; `step`: share of the term from one escalation to the next.
    `warned`, `late`, `escalated`: who is told at which level: the holder, or roles; when one rises, those of them at
    the body it has risen to.
    """

    near: float = 0.8
    step: float = 0.5
    warned: tuple[str, ...] = (HOLDER,)
    late: tuple[str, ...] = (HOLDER, "supervisor")
    escalated: tuple[str, ...] = ("leader",)

    def told(self, kind: Kind) -> tuple[str, ...]:
        """Who is told of an alarm of this kind."""
        found: tuple[str, ...] = getattr(self, kind)
        return found


USUAL = Alarms()


def moment(opened: datetime, due: datetime | None, level: int, levels: int, given: Alarms = USUAL) -> datetime | None:
    """When alarm number `level` (from 0) of `levels` comes; None where there is no deadline or no further alarm."""
    if due is None or level >= levels:
        return None
    if level == WARNED:
        return opened + given.near * (due - opened)
    return due + (level - LATE) * max(given.step * (due - opened), SHORTEST_STEP)


def first(opened: datetime, due: datetime | None, given: Alarms = USUAL) -> datetime | None:
    """When the first alarm comes."""
    return moment(opened, due, WARNED, LATE, given)


def reached(opened: datetime, due: datetime, level: int, levels: int, at: datetime, given: Alarms = USUAL) -> int:
    """The highest alarm due by `at`, at least `level`: of several missed at once, only the last is worth saying."""
    while (following := moment(opened, due, level + 1, levels, given)) is not None and following <= at:
        level += 1
    return level


def kind(level: int) -> Kind:
    """What alarm number `level` is."""
    return "warned" if level == WARNED else "late" if level == LATE else "escalated"


def urgency(opened: datetime, due: datetime | None, at: datetime, given: Alarms = USUAL) -> Urgency:
    """How pressing an open deadline is: `soon` from the warning on, `late` once it is missed, else nothing."""
    if due is None or at < opened + given.near * (due - opened):
        return ""
    return "soon" if at < due else "late"
