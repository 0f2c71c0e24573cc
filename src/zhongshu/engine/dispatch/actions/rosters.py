"""Planning who is on duty: a body's shifts one by one, or a week from the one before."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Absent, Conflict, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.dispatch.models import Shift
from zhongshu.engine.dispatch.queries import rosters as queries
from zhongshu.engine.dispatch.queries import tried
from zhongshu.engine.dispatch.queries.rosters import Planned
from zhongshu.engine.dispatch.queries.tried import Tried
from zhongshu.engine.dispatch.rules import rosters as rules
from zhongshu.engine.dispatch.rules.rosters import WEEK, Turn
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Account
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.rules import codes


@dataclass(frozen=True, slots=True)
class Copied:
    """How many shifts of last week were copied, and how many could not be."""

    made: int
    left_out: int


@transaction.atomic
def plan_shift(body: int, turn: Turn, *, by: Actor, at: datetime) -> Shift:
    """Put an officer of a body on duty for a time.

    Absent when the body is not `by`'s to plan for; Invalid says what cannot be, also when it overlaps another shift.
    """
    reach = _reach(body, by, at)
    _check(body, turn, at)
    _lock([turn.account])
    _check_free(turn)
    (shift,) = _made([turn])
    _record(shift, "dispatch.shift_planned", reach, by, at)
    return shift


def try_shift(body: int, turn: Turn, *, by: Actor, at: datetime) -> Tried:
    """What one more shift would have done to the body's cases of the last weeks; it is refused as planning it would be.

    Nothing is written.
    """
    _reach(body, by, at)
    _check(body, turn, at)
    _check_free(turn)
    return tried.with_one(body, turn, at)


def try_cut(shift: int, *, by: Actor, at: datetime) -> tuple[Turn, Tried]:
    """The shift, and what cutting it would have done, likewise."""
    held, body = _planned(Shift.objects.filter(pk=shift).first(), by, at)
    turn = Turn(str(held.account), held.place, tuple(held.skills), held.starts, held.ends)
    return turn, tried.without_one(body, turn, at)


@transaction.atomic
def cut_shift(shift: int, *, by: Actor, at: datetime) -> None:
    """End a running shift now; take back one that has not begun. Conflict when it is over already."""
    held, body = _planned(Shift.objects.select_for_update().filter(pk=shift).first(), by, at)
    reach = queries.reach_of(body)
    if held.starts < at:
        held.ends = at
        held.save(update_fields=["ends"])
        _record(held, "dispatch.shift_ended", reach, by, at)
    else:
        _record(held, "dispatch.shift_cancelled", reach, by, at)
        held.delete()


@transaction.atomic
def copy_week(body: int, monday: datetime, *, by: Actor, at: datetime) -> Copied:
    """Plan the week that begins at `monday` like the one before it, as far as it can be."""
    reach = _reach(body, by, at)
    able = {str(pk) for pk in queries.officers(body, at).values_list("pk", flat=True)[: queries.MOST_OFFICERS]}
    _lock(able)
    before = [_turn(one) for one in queries.shifts(body, monday - WEEK, monday) if one.starts >= monday - WEEK]
    present = [_turn(one) for one in queries.shifts(body, monday, monday + 2 * WEEK)]
    made = _made(rules.copied(before, present, able, at))
    if made:
        journal.record(
            subject=("roster", str(body)), verb="dispatch.week_copied", by=by, at=at, reach=reach,
            body={"week": monday, "shifts": [shift.pk for shift in made], "left_out": len(before) - len(made)},
        )  # fmt: skip
    return Copied(len(made), len(before) - len(made))


def _reach(body: int, by: Actor, at: datetime) -> Collection[int]:
    reach = queries.reach_of(body)
    if not reach or not permissions.may(by, queries.MANAGE, reach, at):
        raise Absent("没有找到这个单位的排班。")
    return reach


def _planned(held: Shift | None, by: Actor, at: datetime) -> tuple[Shift, int]:
    """A shift that is not over yet, and whose it is, for who may plan there."""
    officer = Account.objects.filter(pk=held.account).first() if held else None
    if held is None or officer is None or officer.body_id is None:
        raise Absent("没有找到这个班次，它可能已经取消。")
    _reach(officer.body_id, by, at)
    if held.ends <= at:
        raise Conflict("这个班次已经结束，您的页面不是最新的。")
    return held, officer.body_id


def _check(body: int, turn: Turn, at: datetime) -> None:
    rules.checked(turn, at)
    _check_place(body, turn.place)
    _check_skills(turn.skills)
    if not queries.officers(body, at).filter(pk=turn.account).exists():
        raise Invalid("请选择本单位在岗的外勤人员。", field="account")


def _check_place(body: int, place: int) -> None:
    home = people.tree()[body].place
    if place not in places.tree().names or (home is not None and not codes.contains(home, place)):
        raise Invalid("请选择本单位辖区内的地点。", field="place")


def _check_skills(skills: Iterable[str]) -> None:
    known = {category.code for category in catalogue.children(None)}
    if not known.issuperset(skills):
        raise Invalid("请从现行的类别大类中选择。", field="skills")


def _check_free(turn: Turn) -> None:
    meeting = Shift.objects.filter(account=turn.account, starts__lt=turn.ends, ends__gt=turn.starts)
    if other := meeting.order_by("starts").first():
        raise Invalid(
            "这位人员在 {starts} 至 {ends} 已有班次，时间重叠。请改时间，或先提前结束那个班次。",
            field="starts", starts=_said(other.starts), ends=_said(other.ends),
        )  # fmt: skip


def _lock(accounts: Iterable[str]) -> None:
    """Let plans for the same officers wait for each other: overlaps are looked for before a shift is written."""
    list(Account.objects.select_for_update().filter(pk__in=list(accounts)).order_by("pk").values_list("pk"))


def _made(turns: Iterable[Turn]) -> list[Shift]:
    return Shift.objects.bulk_create(
        Shift(account=UUID(t.account), place=t.place, skills=list(t.skills), starts=t.starts, ends=t.ends)
        for t in turns
    )


def _record(shift: Shift, verb: str, reach: Collection[int], by: Actor, at: datetime) -> None:
    said: dict[str, Any] = {
        "shift": shift.pk, "place": shift.place, "skills": shift.skills, "starts": shift.starts, "ends": shift.ends,
    }  # fmt: skip
    journal.record(
        subject=("account", str(shift.account)), verb=verb, by=by, at=at, body=said,
        reach={*reach, *codes.ancestors(shift.place)},
    )  # fmt: skip


def _turn(one: Planned) -> Turn:
    return Turn(one.account, one.place, one.skills, one.starts, one.ends)


def _said(moment: datetime) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
