"""Who may do what, where: grants, actors and the reach of a thing. Pure.

A *reach* is the set of everything a thing lies under: each ancestor body and each ancestor place, as one number.
Places are their GB/T codes (positive), bodies their negated ids, so both share one indexed column. A grant covers a
thing when the grant's body and place are both in the thing's reach; None means "not limited". A grant for a purpose
counts only where the asker states that purpose; a grant with hours only within them.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from zhongshu.base.permissions import hours as weekly
from zhongshu.base.permissions.mandates import MandateScope
from zhongshu.base.permissions.roles import ROLES

Kind = Literal["resident", "firm", "staff", "device", "system"]


def body_key(body: int) -> int:
    """The number under which a body stands in a reach."""
    return -body


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held over a body's subtree and a place's subtree, for a purpose, a period and hours of the week."""

    role: str
    body: int | None = None
    place: int | None = None
    purpose: str = ""
    starts: datetime | None = None
    ends: datetime | None = None
    hours: weekly.Hours = weekly.ALWAYS

    def holds(self, at: datetime) -> bool:
        """Whether the grant is in force at `at` (start included, end excluded), within its hours."""
        begun, over = self.starts is None or self.starts <= at, self.ends is not None and self.ends <= at
        return begun and not over and weekly.within(self.hours, at)

    def serves(self, purpose: str) -> bool:
        """Whether the grant counts for who states this purpose (none: empty)."""
        return self.purpose in ("", purpose)

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
    the colleague whose task is done in their place. `agent` says that they were ever given a mandate: whoever was not
    cannot be acting for anybody.
    """

    id: str
    name: str
    kind: Kind
    body: int | None = None
    grants: tuple[Grant, ...] = field(default=(), repr=False)
    behalf: str | None = None
    mandate: MandateScope | None = None
    agent: bool = False


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


def scope(actor: Actor, permission: str, at: datetime, purpose: str = "") -> Scope:
    """Where the actor has the permission at `at`, for a stated purpose if there is one."""
    return _scope(g for g in actor.grants if g.permits(permission) and g.serves(purpose) and g.holds(at))


def scope_of_role(actor: Actor, role: str, at: datetime) -> Scope:
    """Where the actor holds the role at `at`, whatever for."""
    return _scope(g for g in actor.grants if g.role == role and g.serves("") and g.holds(at))


def may(actor: Actor, permission: str, reach: Collection[int], at: datetime, purpose: str = "") -> bool:
    """Whether the actor has the permission over a thing with this reach. Deny by default."""
    return scope(actor, permission, at, purpose).covers(reach)


def holds_anywhere(actor: Actor, permission: str, at: datetime) -> bool:
    """Whether the actor has the permission over anything at all, for whatever purpose: which doors to show."""
    return any(g.permits(permission) and g.holds(at) for g in actor.grants)


def purposes(actor: Actor, permission: str, reach: Collection[int], at: datetime) -> tuple[str, ...]:
    """The purposes for which alone the actor has the permission over a thing: what a form offers to state."""
    held = (g for g in actor.grants if g.purpose and g.permits(permission) and g.holds(at) and g.covers(reach))
    return tuple(dict.fromkeys(g.purpose for g in held))


def roles(actor: Actor, at: datetime) -> frozenset[str]:
    """The roles the actor holds somewhere at `at`."""
    return frozenset(g.role for g in actor.grants if g.holds(at))
