"""Trying a roster on what really happened: the body's cases of the same weekdays, lived with it and without."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Invalid
from zhongshu.base.permissions import rules as permissions
from zhongshu.engine.dispatch.queries import happened
from zhongshu.engine.dispatch.queries.happened import Window
from zhongshu.engine.dispatch.queries.officers import HANDLER, map_around
from zhongshu.engine.dispatch.rules.rosters import LONGEST, WEEK, Turn
from zhongshu.engine.dispatch.rules.simulation import past
from zhongshu.engine.dispatch.rules.simulation.past import Happened, Map, Past, Told
from zhongshu.registers.people import queries as people

WEEKS = 4
MOST_EVENTS = 2_000
"""The newest events of a try; of more the older days are left out."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Tried:
    """A roster beside another: on which days of the past, how many events, and what became of them (None: too few).

    `full`: there were more events than are tried. `more`: the second roster has a shift more, else one less.
    """

    days: tuple[date, ...]
    events: int
    full: bool
    more: bool
    before: Told | None = None
    after: Told | None = None


def with_one(body: int, turn: Turn, at: datetime) -> Tried:
    """The body's roster as planned beside the same with one more shift. Five statements.

    Invalid when the officer's seat is not one that handles: a shift more of theirs changes nothing here.
    """
    officer = people.actor(turn.account, at)
    if officer is None or HANDLER not in permissions.roles(officer, at):
        raise Invalid("这位人员没有处置岗位，排不排他的班都不改变到场用时，不用试算。", field="account")
    spans = _spans(turn, at)
    now = _roster(body, spans[0], at)
    return _compared(body, now, [*now, turn], spans, more=True)


def without_one(body: int, turn: Turn, at: datetime) -> Tried:
    """The body's roster as planned beside the same without one of its shifts, or with what of it is over."""
    spans = _spans(turn, at)
    now = _roster(body, spans[0], at)
    left = [replace(turn, ends=at)] if turn.starts < at else []
    return _compared(body, now, [*(one for one in now if one != turn), *left], spans, more=False)


Span = tuple[datetime, datetime]


def _spans(turn: Turn, at: datetime) -> list[Span]:
    """The days a shift touches, midnight to midnight, and the same weekdays of the last weeks that are over.

    Of a shift longer than may be planned they are those of its next hours.
    """
    begins = max(turn.starts, at).astimezone(SHANGHAI)
    ends = min(turn.ends, begins + LONGEST).astimezone(SHANGHAI)
    first, last = _midnight(begins.date()), _midnight((ends - timedelta(microseconds=1)).date()) + DAY
    nearest = max(-((at - last) // WEEK), 1)
    return [(first, last), *((first - n * WEEK, last - n * WEEK) for n in range(nearest, nearest + WEEKS))]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, SHANGHAI)


def _roster(body: int, span: Span, at: datetime) -> list[Turn]:
    return happened.turns([body], *span, at)[body]


def _compared(body: int, now: list[Turn], then: list[Turn], spans: Sequence[Span], more: bool) -> Tried:
    (first, _), *before = spans
    found = happened.events([Window(body, *span) for span in before], MOST_EVENTS + 1)
    whole = _whole_days(found, before)
    events = tuple(one for _, held in whole for one in held)
    days = tuple(starts.date() for (starts, _), _ in whole)
    tried = Tried(days, len(events), len(found) > MOST_EVENTS, more)
    if len(events) < past.FEWEST:
        return tried
    stations = happened.stations(turn.place for turn in then + now)
    where = ground([*(one.point for one in events), *stations.values()])
    told = [
        past.told(past.lived([_past(span, held, turns, span[0] - first) for span, held in whole], where, stations))
        for turns in (now, then)
    ]
    return replace(tried, before=told[0], after=told[1])


def _past(span: Span, held: Iterable[Happened], turns: Iterable[Turn], by: timedelta) -> Past:
    return Past(*span, tuple(held), past.moved(turns, by, *span))


def ground(points: Sequence[tuple[float, float]]) -> Map:
    """The roads about these points; Invalid where none are known, or too many to know every way."""
    found = map_around(points)
    if found is None:
        raise Invalid("这一带没有路网，或范围太大，不能试算。请先导入路网，或把班次排到更小的单位。", field="roster")
    return found


def _whole_days(found: Sequence[Happened], spans: Sequence[Span]) -> list[tuple[Span, list[Happened]]]:
    """The spans, newest first, with their events, as many as are there whole; at least the newest, as far as it is."""
    by_span = [(span, [one for one in found if span[0] <= one.at < span[1]]) for span in spans]
    if len(found) <= MOST_EVENTS:
        return by_span
    cut = next(n for n, (_, held) in enumerate(by_span) if found[-1] in held)
    return by_span[:cut] or [(by_span[0][0], by_span[0][1][:MOST_EVENTS])]
