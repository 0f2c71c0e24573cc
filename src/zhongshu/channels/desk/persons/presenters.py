"""A person's record as a clerk sees it, and two records that may be one as who decides sees them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhongshu.base.approvals.models import Proposal
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.presenters import persons
from zhongshu.channels.presenters.persons import Masked
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import FirmRole, Person, PersonMerge
from zhongshu.registers.people.queries import firms, looks
from zhongshu.registers.people.queries import persons as queries


@dataclass(frozen=True, slots=True)
class Role:
    """A role in a firm; `waits` until a clerk has seen the firm's licence."""

    row: FirmRole
    word: str
    waits: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that somebody holds to be one person's: which stays, which goes, who says so."""

    asked: Proposal
    who: str
    into: Masked
    other: Masked


@dataclass(frozen=True, slots=True)
class Done:
    """A merging that stands."""

    merge: PersonMerge
    into: Masked
    other: Masked


def found(persons_: Iterable[Person]) -> list[Masked]:
    """The records found, masked."""
    return [persons.masked(person) for person in persons_]


def roles(person: UUID, at: datetime) -> list[Role]:
    """The person's roles in firms that have not ended."""
    rows = firms.shown_to(person, at)
    return [Role(row, persons.role(row), row.confirmed is None) for row in rows]


def others(person: UUID, by: Actor, at: datetime) -> tuple[list[Masked], list[Masked]]:
    """The records that may be the same person's: those that named the same number, and those the clerk has open."""
    twins = queries.twins(person)
    known = {person, *(twin.pk for twin in twins)}
    return found(twins), found(one for one in looks.open_with(by, at) if one.pk not in known)


def pairs(proposals: Iterable[Proposal]) -> list[Pair]:
    """What is proposed; a proposal whose records are gone meanwhile is left out."""
    asked = list(proposals)
    wanted = {UUID(one.subject) for one in asked} | {UUID(one.body["into"]) for one in asked}
    known = {person.pk: persons.masked(person) for person in Person.objects.filter(pk__in=wanted)}
    called = people.names(str(one.proposer) for one in asked)
    return [
        Pair(one, called.get(str(one.proposer), ""), known[UUID(one.body["into"])], known[UUID(one.subject)])
        for one in asked
    ]


def done() -> list[Done]:
    """The newest mergings that stand."""
    return [Done(one, persons.masked(one.into), persons.masked(one.other)) for one in queries.newest_mergings()]
