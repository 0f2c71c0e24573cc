"""What a try in the simulation came to, in words and side by side."""

from dataclasses import dataclass
from datetime import datetime, time

from django.utils.translation import gettext

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.engine.dispatch.queries.tried import Tried
from zhongshu.engine.dispatch.rules.simulation.past import FEWEST, Told


@dataclass(frozen=True, slots=True)
class Line:
    """A figure before and after; `better` is +1, -1 or 0."""

    name: str
    before: str
    after: str
    better: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A try: what it is about, the days looked at, what it means, and the figures (none: too few events)."""

    about: str
    days: tuple[datetime, ...]
    sentence: str
    events: int
    full: bool
    more: bool
    lines: tuple[Line, ...]


def shown(found: Tried, about: str) -> Shown:
    """A try as the page shows it."""
    days = tuple(datetime.combine(day, time.min, SHANGHAI) for day in sorted(found.days))
    if found.before is None or found.after is None:
        sentence = gettext("这几天一共只有 {n} 件，不到 {fewest} 件，看不出差别，所以不给数字。").format(
            n=found.events, fewest=FEWEST
        )
        return Shown(about, days, sentence, found.events, found.full, found.more, ())
    said = _said(found.before, found.after, found.more)
    return Shown(about, days, said, found.events, found.full, found.more, lines(found.before, found.after)[:-1])


def lines(before: Told, after: Told) -> tuple[Line, ...]:
    """The figures, the most telling first."""
    both = (before, after)
    return (
        _line(gettext("到场用时（中位数）"), *(_minutes(told, told.median) for told in both)),
        _line(gettext("九成在此时间内到场"), *(_minutes(told, told.p90) for told in both)),
        _line(gettext("20 分钟内到场"), *((f"{told.within:.0%}", -told.within) for told in both)),
        _line(gettext("处置完成用时（中位数）"), *(_minutes(told, told.done) for told in both)),
        _line(gettext("无人到场（件）"), *((str(told.never), told.never) for told in both)),
        _line(gettext("办件（件）"), *((str(told.events), 0) for told in both)),
    )


Value = tuple[str, float]
"""A figure in words, and a number that is the smaller the better."""


def _line(name: str, before: Value, after: Value) -> Line:
    gain = before[1] - after[1]
    return Line(name, before[0], after[0], 0 if before[0] == after[0] or not gain else 1 if gain > 0 else -1)


def _minutes(told: Told, found: float | None) -> Value:
    if not told.events:
        return "—", 0.0
    return (gettext("无人到场"), float("inf")) if found is None else (minutes(found), found)


def minutes(found: float) -> str:
    """So many minutes."""
    return gettext("{n} 分钟").format(n=f"{found:g}")


def _said(before: Told, after: Told, more: bool) -> str:
    """The difference in plain words."""
    first = gettext("多这一班后，") if more else gettext("少这一班后，")
    return first + change(before, after) + gettext("。")


def change(before: Told, after: Told) -> str:
    """How the time until somebody is there changes, and how many events nobody comes to."""
    if not before.events or not after.events:
        return gettext("改后不再有办件") if before.events else gettext("原来没有办件")
    return _time(before.median, after.median) + _never(before.never, after.never)


def _time(before: float | None, after: float | None) -> str:
    if before is None:
        if after is None:
            return gettext("过半的办件仍然无人到场")
        return gettext("到场用时的中位数为 {after}，原来过半的办件无人到场").format(after=minutes(after))
    if after is None:
        return gettext("过半的办件会无人到场，原来到场用时的中位数为 {before}").format(before=minutes(before))
    if before == after:
        return gettext("到场用时的中位数仍为 {after}").format(after=minutes(after))
    said = "到场用时的中位数由 {before}降到 {after}" if after < before else "到场用时的中位数由 {before}升到 {after}"
    return gettext(said).format(before=minutes(before), after=minutes(after))


def _never(before: int, after: int) -> str:
    if before == after:
        return ""
    said = (
        "，无人到场的由 {before} 件减到 {after} 件" if after < before else "，无人到场的由 {before} 件增到 {after} 件"
    )
    return gettext(said).format(before=before, after=after)
