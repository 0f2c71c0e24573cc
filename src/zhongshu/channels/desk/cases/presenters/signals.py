"""What devices told of a case, and whether they have all taken it back."""

from dataclasses import dataclass
from datetime import datetime

from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.queries import devices
from zhongshu.engine.cases.queries.devices import Told
from zhongshu.engine.cases.queries.one import View

MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class Signals:
    """What each device told. `closable`: all of it was taken back, nobody else told, and the visitor may close it."""

    told: list[Told]
    closable: bool


def signals(found: View, by: Actor, at: datetime) -> Signals | None:
    """What devices told, in one statement; None, and no statement, where none did."""
    if not any(contact.source == MACHINE for contact in found.contacts):
        return None
    told = devices.of_case(found.row.id)
    false = bool(told) and all(one.retracted for one in told)
    alone = sum(one.times for one in told) == len(found.contacts)
    may = found.row.closed is None and permissions.may(by, "case.assign", found.reach, at)
    return Signals(told, false and alone and may) if told else None
