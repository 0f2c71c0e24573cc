"""What is kept of somebody, kind by kind: how much can go, what must stay and why."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from zhongshu.registers.privacy import doors
from zhongshu.registers.privacy.models import Retention
from zhongshu.registers.privacy.rules.holdings import About, Owner, Stay, expired_before


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of data: how many records there are, how many can go on request, why how many of the others cannot.

    `days` is the term in force, None where there is no clock.
    """

    about: About
    days: int | None
    records: int = 0
    can_go: int = 0
    stays: list[tuple[Stay, int]] = field(default_factory=list)


def of(owner: Owner, at: datetime) -> list[Kept]:
    """All kinds, those without a record too."""
    terms = days()
    return [_kept(holding, owner, terms[code], at) for code, holding in doors.holdings.items()]


def _kept(holding: doors.Holding, owner: Owner, term: int | None, at: datetime) -> Kept:
    records, stays = 0, Counter[str]()
    last: dict[str, Stay] = {}
    for record in holding.records(owner, at):
        records += 1
        if record.stays:
            stays[record.stays.reason] += 1
            last[record.stays.reason] = _later(last.get(record.stays.reason), record.stays)
    return Kept(
        holding.about, term, records, records - stays.total(), [(last[reason], n) for reason, n in stays.items()]
    )


def _later(one: Stay | None, other: Stay) -> Stay:
    """The one that ends later; one without a known end is the latest."""
    if one is None or one.until is None or other.until is None:
        return one if one and one.until is None else other
    return one if one.until >= other.until else other


def days() -> dict[str, int | None]:
    """For how many days each kind is kept: as two people set it, else as usual."""
    given = dict(Retention.objects.exclude(days=None).values_list("kind", "days"))
    return {code: given.get(code, holding.about.days) for code, holding in doors.holdings.items()}


def due(at: datetime) -> dict[str, int]:
    """How many records of each kind have been kept long enough."""
    return {
        code: doors.holdings[code].due(expired_before(at, term)) for code, term in days().items() if term is not None
    }
