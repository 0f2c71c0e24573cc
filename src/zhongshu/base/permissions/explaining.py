"""Why somebody can or cannot: every grant held against a thing, member by member. Pure.

It reads the same members as `rules`, and a law holds the two together: `explain(...).allowed` is `rules.may(...)`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from zhongshu.base.permissions import hours
from zhongshu.base.permissions.roles import ROLES
from zhongshu.base.permissions.rules import Actor, Grant, body_key

Fault = Literal["role", "body", "place", "not_yet", "over", "hours", "purpose"]
"""What of a grant falls short: its role lacks the permission; the thing is not under its body or place; it has not
begun, has ended, is not within its hours; it is for a purpose that was not stated."""


@dataclass(frozen=True, slots=True)
class Held:
    """A grant and what of it falls short of what was asked; nothing: it is why the answer is yes."""

    grant: Grant
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The answer with its reasons; `roles` are those that carry the permission at all."""

    permission: str
    held: tuple[Held, ...]
    roles: tuple[str, ...]

    @property
    def allowed(self) -> bool:
        """Whether some grant gives what was asked."""
        return any(not one.faults for one in self.held)


def explain(actor: Actor, permission: str, reach: Collection[int], at: datetime, purpose: str = "") -> Explanation:
    """Why the actor has or lacks the permission over a thing with this reach, the nearest grants first.

    `actor` holds every grant there is to speak of, those not in force too.
    """
    held = [Held(grant, tuple(_faults(grant, permission, reach, at, purpose))) for grant in actor.grants]
    roles = tuple(code for code, role in ROLES.items() if permission in role.permissions)
    return Explanation(permission, tuple(sorted(held, key=lambda one: len(one.faults))), roles)


def _faults(grant: Grant, permission: str, reach: Collection[int], at: datetime, purpose: str) -> list[Fault]:
    checks: tuple[tuple[Fault, bool], ...] = (
        ("role", not grant.permits(permission)),
        ("body", grant.body is not None and body_key(grant.body) not in reach),
        ("place", grant.place is not None and grant.place not in reach),
        ("not_yet", grant.starts is not None and at < grant.starts),
        ("over", grant.ends is not None and grant.ends <= at),
        ("hours", not hours.within(grant.hours, at)),
        ("purpose", not grant.serves(purpose)),
    )  # fmt: skip
    return [fault for fault, found in checks if found]
