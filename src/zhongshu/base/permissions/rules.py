"""Who may do what, where: grants, actors and the reach of a thing. Pure.

A *reach* is the set of everything a thing lies under: each ancestor body and each ancestor place, as one number.
Places are their GB/T codes (positive), bodies their negated ids, so both share one indexed column. A grant covers a
thing when the grant's body and place are both in the thing's reach; None means "not limited".
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from zhongshu.base.permissions.mandates import MandateScope
from zhongshu.base.permissions.roles import ROLES

Kind = Literal["resident", "firm", "staff", "device", "system"]


def body_key(body: int) -> int:
    """The number under which a body stands in a reach."""
    return -body


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held over a body's subtree and a place's subtree, for a purpose and a period."""

    role: str
    body: int | None = None
    place: int | None = None
    purpose: str = ""
    starts: datetime | None = None
    ends: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether the grant is in force at `at` (start included, end excluded)."""
        return (self.starts is None or self.starts <= at) and (self.ends is None or at < self.ends)

    def covers(self, reach: Collection[int]) -> bool:
        """Whether a thing with this reach lies under both the grant's body and its place."""
        return (self.body is None or body_key(self.body) in reach) and (self.place is None or self.place in reach)

    def permits(self, permission: str) -> bool:
        """Whether the grant's role carries the permission."""
        role = ROLES.get(self.role)
        return role is not None and permission in role.permissions


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: the person, what they hold, and for whom they act (X for Y).

    With a `mandate`, `behalf` is the person or firm that gave it, and nothing of one's own is held; without one it is
    the colleague whose task is done in their place.
    """

    id: str
    name: str
    kind: Kind
    body: int | None = None
    grants: tuple[Grant, ...] = field(default=(), repr=False)
    behalf: str | None = None
    mandate: MandateScope | None = None


SYSTEM = Actor(id="00000000-0000-0000-0000-000000000000", name="系统", kind="system")
ANONYMOUS = Actor(id="00000000-0000-0000-0000-000000000001", name="未登录市民", kind="resident")


@dataclass(frozen=True, slots=True)
class Scope:
    """What a query may return: things whose reach holds both members of any pair. Empty: nothing."""

    pairs: tuple[tuple[int | None, int | None], ...]

    def covers(self, reach: Collection[int]) -> bool:
        """The object check; agrees with the query filter by construction."""
        return any(
            (body is None or body_key(body) in reach) and (place is None or place in reach)
            for body, place in self.pairs
        )

    @property
    def everything(self) -> bool:
        """Whether nothing is filtered out."""
        return (None, None) in self.pairs


def _scope(grants: Iterable[Grant]) -> Scope:
    pairs = tuple(dict.fromkeys((grant.body, grant.place) for grant in grants))
    return Scope(((None, None),)) if (None, None) in pairs else Scope(pairs)


def scope(actor: Actor, permission: str, at: datetime) -> Scope:
    """Where the actor has the permission at `at`."""
    return _scope(g for g in actor.grants if g.holds(at) and g.permits(permission))


def scope_of_role(actor: Actor, role: str, at: datetime) -> Scope:
    """Where the actor holds the role at `at`."""
    return _scope(g for g in actor.grants if g.role == role and g.holds(at))


def may(actor: Actor, permission: str, reach: Collection[int], at: datetime) -> bool:
    """Whether the actor has the permission over a thing with this reach. Deny by default."""
    return scope(actor, permission, at).covers(reach)


def holds_anywhere(actor: Actor, permission: str, at: datetime) -> bool:
    """Whether the actor has the permission over anything at all: which doors to show."""
    return bool(scope(actor, permission, at).pairs)


def roles(actor: Actor, at: datetime) -> frozenset[str]:
    """The roles the actor holds somewhere at `at`."""
    return frozenset(g.role for g in actor.grants if g.holds(at))
