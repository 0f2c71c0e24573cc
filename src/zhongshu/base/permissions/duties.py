"""Duties that must not meet in one person. Pure.

GB/T 22239-2019, 8.1.5: who runs the system, who answers for rights and who audits both are three people. GB/T 30428.1:
who handles an event does not verify it. A rule of the first sort holds wherever the two roles are; one of the second
sort where both reach the same things.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from zhongshu.base.permissions.rules import Grant, body_key

Above = Callable[[int | None, int | None], Collection[int]]
"""What a grant's body and place lie under, themselves included, as a reach."""


@dataclass(frozen=True, slots=True)
class Apart:
    """Two roles that one person may not hold, and why; `anywhere`: even over different things."""

    one: str
    other: str
    why: str
    why_en: str
    anywhere: bool = False

    def concerns(self, role: str, other: str) -> bool:
        """Whether these are the two roles, in either order."""
        return {role, other} == {self.one, self.other}


APART = (
    Apart(
        "administrator", "security_administrator", "管理系统的人不决定谁有什么权限",
        "Who runs the system does not decide who may do what", anywhere=True,
    ),
    Apart(
        "administrator", "auditor", "管理系统的人不审计自己", "Who runs the system does not audit it", anywhere=True,
    ),
    Apart(
        "security_administrator", "auditor", "审批权限的人不审计自己", "Who approves rights does not audit them",
        anywhere=True,
    ),
    Apart("handler", "verifier", "处置的人不核查自己的处置", "Who handles an event does not verify it"),
    Apart("administrator", "leader", "提出场景变更的人不审批它", "Who proposes a scenario does not approve it"),
    Apart("author", "leader", "提出场景变更的人不审批它", "Who proposes a scenario does not approve it"),
    Apart("counter", "helper", "登记委托的人不凭它代办", "Who records a mandate does not act on it"),
)  # fmt: skip
"""Every pair of roles that must not meet."""

SEATS = frozenset({"administrator", "security_administrator", "auditor"})
"""The three administrators."""
NEVER_LENT = SEATS | {"privacy_officer"}
"""Roles that no deputy stands in for: another is appointed."""


@dataclass(frozen=True, slots=True)
class Clash:
    """A rule that two grants of one person break."""

    rule: Apart
    held: Grant
    other: Grant


def clashes(wanted: Grant, held: Iterable[Grant], above: Above) -> list[Clash]:
    """The rules that a wanted grant would break beside those its person holds; `above` knows the trees."""
    return [
        Clash(rule, one, wanted)
        for one in held for rule in APART
        if rule.concerns(one.role, wanted.role) and _at_once(one, wanted)
        and (rule.anywhere or meet(one, wanted, above))
    ]  # fmt: skip


def _at_once(one: Grant, other: Grant) -> bool:
    """Whether their periods overlap. Hours keep no seats apart: who handled by day does not verify by night."""
    return _before(one.starts, other.ends) and _before(other.starts, one.ends)


def _before(starts: datetime | None, ends: datetime | None) -> bool:
    return starts is None or ends is None or starts < ends


def meet(one: Grant, other: Grant, above: Above) -> bool:
    """Whether some thing may lie under both: in each tree one is above the other, or one is not limited."""
    key, another = (None if grant.body is None else body_key(grant.body) for grant in (one, other))
    over_bodies = _along(key, another, lambda key: above(-key, None))
    return over_bodies and _along(one.place, other.place, lambda place: above(None, place))


def _along(one: int | None, other: int | None, above: Callable[[int], Collection[int]]) -> bool:
    return one is None or other is None or one in above(other) or other in above(one)
