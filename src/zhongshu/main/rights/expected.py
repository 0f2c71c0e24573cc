"""What a visitor is answered at an address: worked out from its door, its line and who they are. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from zhongshu.base.permissions.roles import ROLES
from zhongshu.main.rights.addresses import Door

READ = "case.read"
OWNER = "owner"
"""A thing that is one resident's: they see it, everybody else finds nothing."""
NOBODY = "nobody"
"""A thing that is none of these visitors', or is not there at all."""
HOLDER = "holder"
"""Instead of a role: who has the task in hand, which is none of these visitors."""


PERSON = "person"
"""A thing every resident has of their own: the record of who they are."""
VERIFIED = "verified"
"""Instead of a permission: that it is known who the resident is."""


class Answer(StrEnum):
    """What a visitor meets: the door open (whatever then comes of it), or shut in one of three ways."""

    OPEN = "open"
    SIGN_IN = "sign in"
    FORBIDDEN = "forbidden"
    ABSENT = "absent"


class Where(StrEnum):
    """Where somebody's role lies, seen from the thing: over it, in the body beside, in another region."""

    CITY = "whole city"
    OWN = "own body"
    SISTER = "sister body"
    REGION = "other region"

    @property
    def covers(self) -> bool:
        """Whether the thing lies under it."""
        return self in (Where.CITY, Where.OWN)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who comes: with a role somewhere, or a resident (the one a told matter is of, or another), or nobody."""

    role: str = ""
    where: Where | None = None
    resident: bool = False
    owner: bool = False

    @property
    def name(self) -> str:
        """What the column of the matrix is headed."""
        if self.role:
            return f"{self.role} · {self.where}"
        return ("resident" if self.owner else "other resident") if self.resident else "anonymous"

    def holds(self, permission: str) -> bool:
        """Whether their role carries the permission, wherever it lies."""
        if permission == VERIFIED:
            return self.owner
        return bool(self.role) and permission in ROLES[self.role].permissions


VISITORS = (
    *(Visitor(role, where) for role in ROLES for where in Where),
    Visitor(resident=True, owner=True),
    Visitor(resident=True),
    Visitor(),
)


@dataclass(frozen=True, slots=True)
class Line:
    """What an address is about: the thing named in it, who may see that thing, and what doing this to it needs.

    `reads` is a permission over the thing, OWNER, PERSON or NOBODY; empty where the address names nothing of anybody's.
    `needs` is one more permission over it; without it the visitor sees the thing but may not do this. `task` says that
    the act belongs to whoever holds this role at the open task, `whole` that it takes a right over the whole city,
    `apart` that it takes another proof than a session or key: a token of a protocol, a sign-in that is half done.
    """

    reads: str = ""
    needs: str = ""
    task: str = ""
    whole: bool = False
    apart: bool = False


def expected(door: Door, line: Line, visitor: Visitor) -> Answer:
    """The answer that this visitor has to get."""
    if line.apart or (door.machine and not visitor.role):
        return Answer.SIGN_IN
    if door.signed_in and not (visitor.role or visitor.resident):
        return Answer.SIGN_IN
    if door.permission and not visitor.holds(door.permission):
        return Answer.FORBIDDEN
    if line.whole and visitor.where != Where.CITY:
        return Answer.FORBIDDEN
    if line.reads and not _sees(line.reads, visitor):
        return Answer.ABSENT
    if (line.needs and not visitor.holds(line.needs)) or (line.task and visitor.role != line.task):
        return Answer.FORBIDDEN
    return Answer.OPEN


def _sees(reads: str, visitor: Visitor) -> bool:
    if reads in (OWNER, NOBODY, PERSON):
        return visitor.owner if reads == OWNER else visitor.resident and reads == PERSON
    return visitor.where is not None and visitor.where.covers and visitor.holds(reads)
