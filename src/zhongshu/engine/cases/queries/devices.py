"""Machines that tell: how often each was right, which should be looked into, and what one told of a case."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhongshu.engine.cases.rules import signals

PAGE = 50


@dataclass(frozen=True, slots=True)
class Device:
    """A device behind a key: alarms and how many of them were false, cases opened, when it last told.

    `seen` and `seen_false` are its numbers when somebody last looked into it (`reviewed`).
    """

    sender: UUID
    device: str
    first: datetime
    last: datetime
    alarms: int
    cases: int
    retracted: int
    reviewed: datetime | None
    seen: int
    seen_false: int

    @property
    def percent(self) -> int:
        """False alarms among a hundred."""
        return round(100 * self.retracted / self.alarms)

    @property
    def flagged(self) -> bool:
        """Whether somebody should look into it."""
        return signals.flagged(self.alarms - self.seen, self.retracted - self.seen_false)


_COLUMNS = "sender, device, first, last, alarms, cases, retracted, reviewed, seen, seen_false"
_OF_SENDER = f"""
SELECT {_COLUMNS} FROM cases_device WHERE sender = %(sender)s AND device > %(after)s ORDER BY device LIMIT %(limit)s
"""
# The same condition as the index of those to be looked into.
_FLAGGED = f"""
SELECT {_COLUMNS} FROM cases_device
WHERE alarms >= seen + {signals.FEWEST} AND retracted > seen_false + (alarms - seen) * {signals.SHARE}
ORDER BY sender, device LIMIT %(limit)s
"""
_TOTALS = """
SELECT sender, count(*), sum(alarms), sum(retracted) FROM cases_device WHERE sender = ANY(%s::uuid[]) GROUP BY sender
"""


@dataclass(frozen=True, slots=True)
class Total:
    """What all devices behind one account's keys told."""

    devices: int = 0
    alarms: int = 0
    retracted: int = 0

    @property
    def percent(self) -> int:
        """False alarms among a hundred."""
        return round(100 * self.retracted / self.alarms) if self.alarms else 0


def totals(senders: list[UUID]) -> dict[UUID, Total]:
    """The numbers of each of these accounts that has any device."""
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS, [senders])
        return {sender: Total(int(n), int(told), int(false)) for sender, n, told, false in cursor.fetchall()}


def of_sender(sender: UUID, after: str = "", limit: int = PAGE) -> list[Device]:
    """One page of an account's devices by name, behind `after`."""
    return _read(_OF_SENDER, {"sender": sender, "after": after, "limit": limit})


def flagged(limit: int = PAGE) -> list[Device]:
    """The devices that were wrong too often since somebody last looked into them."""
    return _read(_FLAGGED, {"limit": limit})


def _read(sql: str, given: dict[str, Any]) -> list[Device]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return [Device(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Told:
    """What one device told of a case: how often, how sure it was at most, when last; whether it took all of it back."""

    device: str
    sender: UUID
    times: int
    confidence: float | None
    last: datetime
    retracted: datetime | None


_OF_CASE = """
SELECT device, sender, count(*)::int, max(confidence), max(observed),
       CASE WHEN bool_and(retracted IS NOT NULL) THEN max(retracted) END
FROM cases_signal WHERE case_id = %s GROUP BY sender, device ORDER BY min(received)
"""


def of_case(case_id: UUID) -> list[Told]:
    """What devices told of a case, first comer first."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_CASE, [case_id])
        return [Told(*row) for row in cursor.fetchall()]
