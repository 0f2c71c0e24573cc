"""Shifts of a roster: what overlaps, and a week copied from the one before."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from zhongshu.base.http.refusals import Invalid

LONGEST = timedelta(hours=24)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Turn:
    """An officer's shift: in which place, for which kinds of matter (empty: any), from `starts` to `ends`."""

    account: str
    place: int
    skills: tuple[str, ...]
    starts: datetime
    ends: datetime

    def meets(self, other: "Turn") -> bool:
        """Whether both are the same officer's and share a moment."""
        return self.account == other.account and self.starts < other.ends and other.starts < self.ends


def checked(turn: Turn, at: datetime) -> Turn:
    """The shift, when its period is one to plan at `at`."""
    if turn.ends <= turn.starts:
        raise Invalid("下班时间须晚于上班时间。", field="ends")
    if turn.ends <= at:
        raise Invalid("这个班次已经过去，请核对日期。", field="starts")
    if turn.ends - turn.starts > LONGEST:
        raise Invalid("一个班次最长 {hours} 小时，请分成几个班次。", field="ends", hours=24)
    return turn


def copied(before: Iterable[Turn], present: Collection[Turn], able: Collection[str], at: datetime) -> tuple[Turn, ...]:
    """Last week's shifts a week later, as far as they can be.

    Left out: those of who is no longer able, those over already at `at`, those that meet a present one.
    """
    made: list[Turn] = []
    for turn in before:
        later = replace(turn, starts=turn.starts + WEEK, ends=turn.ends + WEEK)
        if later.account in able and later.ends > at and not any(later.meets(one) for one in (*present, *made)):
            made.append(later)
    return tuple(made)
