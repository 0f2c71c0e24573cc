"""How what is kept of people is described: by kind, by record, and what became of it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose data: an account, and the person it is of."""

    account: UUID
    person: UUID | None = None


@dataclass(frozen=True, slots=True)
class About:
    """A kind of data about people: on what ground it is kept, and for how many days `since` what.

    `days` is the usual term, None where there is no clock because it goes with the account; `least` is what a law
    demands: a shorter term cannot be set. What goes `with_account` stays as long as that is open.
    """

    code: str
    name: str
    name_en: str
    basis: str
    basis_en: str
    since: str
    since_en: str
    days: int | None = None
    least: int = 0
    with_account: bool = False


@dataclass(frozen=True, slots=True)
class Stay:
    """Why a record cannot go now, and until when, if that is known."""

    reason: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One thing kept of somebody, as they may have it: `key` within its kind, plain facts, the documents it came with.

    `stays` is None for what can be destroyed when they ask.
    """

    key: str
    at: datetime | None
    facts: Mapping[str, Any]
    documents: tuple[UUID, ...] = ()
    stays: Stay | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a clock has come in a kind of data: the moment and key of the last thing looked at."""

    at: datetime
    key: str


@dataclass(frozen=True, slots=True)
class Destroyed:
    """What was destroyed: how many of which kinds (`records`, `documents`, `entries`), and the keys of the records."""

    counts: Mapping[str, int] = field(default_factory=dict)
    keys: tuple[str, ...] = ()
    upto: Mark | None = None

    def plus(self, counts: Mapping[str, int]) -> dict[str, int]:
        """Its counts added to others; what there is none of is left out."""
        names = {*self.counts, *counts}
        summed = {name: self.counts.get(name, 0) + counts.get(name, 0) for name in sorted(names)}
        return {name: n for name, n in summed.items() if n}


def expired_before(at: datetime, days: int) -> datetime:
    """What began to be kept before this moment has been kept long enough at `at`."""
    return at - timedelta(days=days)
