"""Roles in words."""

from dataclasses import dataclass

from zhongshu.base.http.language import language
from zhongshu.base.permissions import duties
from zhongshu.base.permissions.roles import ROLES
from zhongshu.channels.desk.rights.presenters import words
from zhongshu.channels.presenters import names


@dataclass(frozen=True, slots=True)
class Described:
    """A role: its name, what it lets somebody do, and whether a deputy may stand in for it."""

    name: str
    permissions: list[str]
    lent: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """Two roles that one person may not hold, and why; `anywhere`: even over different things."""

    one: str
    other: str
    why: str
    anywhere: bool


def described() -> list[Described]:
    """Every role."""
    return [
        Described(names.local(role), [words.permission(code) for code in sorted(role.permissions)],
                  role.code not in duties.NEVER_LENT)
        for role in ROLES.values()
    ]  # fmt: skip


def apart() -> list[Kept]:
    """Every pair of roles that must not meet."""
    english = language() == "en"
    return [
        Kept(names.role(rule.one), names.role(rule.other), rule.why_en if english else rule.why, rule.anywhere)
        for rule in duties.APART
    ]
