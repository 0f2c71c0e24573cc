"""A body's roster as its page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django.utils.translation import gettext

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor, Scope
from zhongshu.channels.desk.cases.presenters.scope import Option
from zhongshu.channels.desk.duties.presenters import options
from zhongshu.channels.desk.duties.presenters.rows import place_name
from zhongshu.channels.presenters import names
from zhongshu.engine.dispatch.queries import rosters
from zhongshu.engine.dispatch.queries.rosters import Planned
from zhongshu.engine.dispatch.rules import rosters as rules
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.people import queries as people

_WHY = {
    "closed": "人员账号已停用，这个班没有人值。请提前结束，另排他人。",
    "seat": "人员已不在外勤岗位，派不到任务。请提前结束，另排他人；如仍在岗，请系统管理员补授岗位。",
    "place": "值班地点已不存在，派不到任务。请提前结束，另排地点。",
}


@dataclass(frozen=True, slots=True)
class Turn:
    """A shift with its names; `begun` when it can be ended early, else it can be taken back."""

    shift: Planned
    body: str
    place: str
    skills: str
    within: str
    begun: bool
    over: bool
    why: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a roster and the shifts that begin on it; None for those that began before and still run."""

    starts: datetime | None
    turns: tuple[Turn, ...]


def bodies(actor: Actor, at: datetime) -> list[int]:
    """The living bodies the actor may plan for, as a tree."""
    scope = permissions.scope(actor, rosters.MANAGE, at)
    held = (body for body in people.tree().values() if scope.covers(rosters.reach_of(body.pk) or ()))
    return [body.pk for body in sorted(held, key=lambda body: body.lineage) if body.ended is None]


def choices(held: Iterable[int], chosen: int | None) -> list[Option]:
    """The bodies to choose from, indented as in their tree."""
    wanted = {str(-body) for body in held}
    return [option for option in options.bodies(chosen) if option.key in wanted]


def days(body: int, first: date, number: int, at: datetime) -> list[Day]:
    """The shifts of a body's officers on so many days, each once; what began before comes first. One statement."""
    starts = [datetime.combine(first + timedelta(days=n), time.min, SHANGHAI) for n in range(number + 1)]
    found = rosters.shifts(body, starts[0], starts[-1])
    before = tuple(_turn(one, at) for one in found if one.starts < starts[0])
    beginning = [
        Day(day, tuple(_turn(one, at, day) for one in found if day <= one.starts < after))
        for day, after in pairwise(starts)
    ]
    return [Day(None, before), *beginning] if before else beginning


def broken(held: Iterable[int], at: datetime) -> list[Turn]:
    """Shifts of these bodies that nobody will stand, with what to do."""
    return [_turn(one, at) for one in rosters.broken(held, at)]


def _turn(one: Planned, at: datetime, day: datetime | None = None) -> Turn:
    skills = gettext("、").join(names.category(code, code) for code in one.skills)
    return Turn(
        shift=one, body=names.body(one.body), place=place_name(one.place), skills=skills or gettext("各类事项"),
        within=_within(one, day), begun=one.starts < at, over=one.ends <= at,
        why=gettext(_WHY[one.why]) if one.why else "",
    )  # fmt: skip


def said(turn: rules.Turn) -> str:
    """A shift in one line: whose, where, when."""
    starts, ends = turn.starts.astimezone(SHANGHAI), turn.ends.astimezone(SHANGHAI)
    who = people.names([turn.account]).get(turn.account, "")
    until = f"{ends:%H:%M}" if starts.date() == ends.date() else f"{ends:%Y-%m-%d %H:%M}"
    return f"{who} · {place_name(turn.place)} · {starts:%Y-%m-%d %H:%M}–{until}"


def _within(one: Planned, day: datetime | None) -> str:
    """08:00–16:00 when both lie on the day; empty when the dates have to be said."""
    starts, ends = one.starts.astimezone(SHANGHAI), one.ends.astimezone(SHANGHAI)
    same = day is not None and starts.date() == ends.date() == day.date()
    return f"{starts:%H:%M}–{ends:%H:%M}" if same else ""


def places(body: int, chosen: int | None) -> list[Option]:
    """The places a body's officers can be put in."""
    home = people.tree()[body].place
    return options.places(Scope(((None, home),)), chosen if chosen is not None else home)


def skills(chosen: Iterable[str]) -> list[Option]:
    """The classes of matters an officer can be put on duty for."""
    wanted = set(chosen)
    return [Option(one.code, names.local(one), one.code in wanted) for one in catalogue.children(None)]
