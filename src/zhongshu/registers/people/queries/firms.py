"""Questions about firms: who may act for which."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from zhongshu.registers.people.models import Firm, FirmRole, Person
from zhongshu.registers.people.rules.firms import REPRESENTATIVE, Role

MOST = 200


@dataclass(frozen=True, slots=True)
class Held:
    """A role somebody has in a firm: the row's id, the firm, and what it covers."""

    id: UUID
    firm: UUID
    name: str
    uscc: str
    role: Role


def roles_of(person: UUID, at: datetime) -> list[Held]:
    """The roles in force of a person, firms in the order of their names, in one statement."""
    found = FirmRole.objects.filter(in_force(at), person=person, firm__ended=None)
    return [held(row) for row in found.select_related("firm").order_by("firm__name", "role", "id")[:MOST]]


def in_force(at: datetime) -> Q:
    """Of rows of roles: those in force, as `rules.firms.Role.holds` has it."""
    return Q(Q(ends=None) | Q(ends__gt=at), Q(ended=None) | Q(ended__gt=at), confirmed__isnull=False, starts__lte=at)


def held(row: FirmRole) -> Held:
    """A row as the rules know it."""
    role = Role(row.role, tuple(row.matters), row.starts, row.ends, row.ended, row.confirmed is not None)
    return Held(row.pk, row.firm_id, row.firm.name, row.firm.uscc, role)


def shown_to(person: UUID, at: datetime) -> QuerySet[FirmRole]:
    """A person's roles that are in force, to come, or wait to be confirmed."""
    found = FirmRole.objects.filter(Q(ends=None) | Q(ends__gt=at), person=person, ended=None, firm__ended=None)
    return found.select_related("firm").order_by("firm__name", "role", "id")[:MOST]


def of_firm(firm: UUID) -> list[FirmRole]:
    """All roles in a firm, those that have not ended first, newest first."""
    found = FirmRole.objects.filter(firm=firm).select_related("person", "firm")
    return list(found.order_by("ended", "-starts", "id")[:MOST])


def represents(person: Person, firm: UUID, at: datetime) -> bool:
    """Whether this person is the firm's legal representative now."""
    return FirmRole.objects.filter(in_force(at), person=person, firm=firm, role=REPRESENTATIVE).exists()


def of_person(firm: UUID, person: UUID) -> tuple[Firm, list[FirmRole]] | None:
    """A firm with the person's own roles in it that have not ended; None when there are none: it is not theirs."""
    found = list(FirmRole.objects.filter(firm=firm, person=person, ended=None).select_related("firm"))
    return (found[0].firm, found) if found else None
