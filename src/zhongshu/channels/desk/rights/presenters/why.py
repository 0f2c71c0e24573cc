"""Why somebody can or cannot: the answer in words.

Who may explain rights over a thing reads every grant against it. Any other official asks about themselves only, and
about a case they may not see is told what they hold and nothing of the case: it reads the same where there is none.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from zhongshu.base.permissions import explaining
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.explaining import Fault, Held
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.desk.rights.presenters import words
from zhongshu.channels.presenters import names
from zhongshu.engine.cases.queries import seen, why
from zhongshu.registers.people.queries import grants
from zhongshu.registers.people.rules.grants import EXPLAIN
from zhongshu.registers.places.rules import codes

_FAULTS: dict[Fault, str] = {
    "role": "这个角色没有这项权限", "body": "不在这个单位之下", "place": "不在这个地点之内", "not_yet": "还没有开始",
    "over": "已经结束", "hours": "现在不在它的时段内", "purpose": "只限用途“{purpose}”，需要写明这个用途",
}  # fmt: skip
_WHERE: frozenset[Fault] = frozenset({"body", "place"})
MOST = 30


@dataclass(frozen=True, slots=True)
class Line:
    """A grant: its role, over what and when, and what of it falls short (nothing: it is why)."""

    role: str
    over: str
    hours: str
    short: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes, no, or (None) not said for this thing; why; which roles would do, and whom to ask for one."""

    allowed: bool | None
    by_task: bool
    lines: list[Line]
    roles: list[str]
    ask: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Thing:
    """What is asked about: what it lies under (None: unknown or not for the asker), and in whose hands it is."""

    reach: tuple[int, ...] | None
    hands: frozenset[str] = frozenset()


def thing(text: str, body: int | None, by: Actor, at: datetime) -> Thing:
    """The thing that was named: a body, a place by its code, or a case by its number."""
    if body is not None:
        return Thing(grants.above(body, None))
    if text.isascii() and text.isdecimal() and len(text) in codes.LENGTHS:
        return Thing(grants.above(None, int(text)))
    found = why.lies(text)
    if found is None or not _for(by, found, at):
        return Thing(None)
    return Thing(found.reach, found.hands)


def _for(by: Actor, found: why.Lies, at: datetime) -> bool:
    rights = (EXPLAIN, seen.READ)
    return by.id in found.hands or any(permissions.may(by, right, found.reach, at) for right in rights)


def answer(who: Actor, permission: str, over: Thing, purpose: str, at: datetime) -> Answer:
    """Why `who`, an actor with every grant there ever was, has the permission over a thing or lacks it."""
    found = explaining.explain(who, permission, over.reach or (), at, purpose)
    hidden = over.reach is None
    by_task = permission == seen.READ and who.id in over.hands
    lines = [_line(one, _WHERE if hidden else frozenset()) for one in found.held[:MOST]]
    asked = grants.to_ask(over.reach if over.reach is not None else grants.above(who.body, None), at)
    return Answer(
        None if hidden else found.allowed or by_task, by_task, lines, [names.role(role) for role in found.roles],
        names.people_of(asked),
    )  # fmt: skip


def _line(one: Held, unsaid: Collection[Fault]) -> Line:
    grant = one.grant
    short = (gettext(_FAULTS[fault]).format(purpose=grant.purpose) for fault in one.faults if fault not in unsaid)
    return Line(names.role(grant.role), words.over(grant.body, grant.place), words.hours(grant.hours), tuple(short))
