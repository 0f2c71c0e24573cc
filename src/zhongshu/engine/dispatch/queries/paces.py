"""What a change of the responsibility table would do to how long events wait, body by body."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.engine.dispatch.queries import happened, trials
from zhongshu.engine.dispatch.queries.happened import Window
from zhongshu.engine.dispatch.queries.officers import map_around
from zhongshu.engine.dispatch.rules import trial
from zhongshu.engine.dispatch.rules.loads import Load, loads, newest_days
from zhongshu.engine.dispatch.rules.rosters import WEEK, Turn
from zhongshu.engine.dispatch.rules.simulation import past
from zhongshu.engine.dispatch.rules.simulation.past import Happened, Map, Past
from zhongshu.engine.dispatch.rules.table import Change
from zhongshu.engine.dispatch.rules.travel import Point
from zhongshu.engine.dispatch.rules.trial import Decided, Pace, Trial

DAY = timedelta(days=1)
DAYS = 28
MOST_BODIES = 4
MOST_EVENTS = 1_000
"""Of all bodies together, on the average of before and after; of more the older days are left out."""


def try_out(changes: Sequence[Change], at: datetime) -> Trial:
    """Who would have got last month's events, and how long they would have waited; seven statements.

    A body's officers are those of its roster of the last week, each day of the month under that of its weekday.
    """
    found = trials.decided(changes, at)
    summed = trial.summed(found)
    concerned = [line.body for line in summed.lines if line.body is not None and line.difference][:MOST_BODIES]
    return replace(summed, pace=_paces(concerned, found, at)) if concerned else summed


def _paces(bodies: Sequence[int], found: Sequence[Decided], at: datetime) -> tuple[Pace, ...]:
    until = datetime.combine(at.astimezone(SHANGHAI).date(), time.min, SHANGHAI)
    parts = _loads(bodies, found, until)
    rosters = happened.turns(bodies, until - WEEK, until, at)
    stations = happened.stations(turn.place for turns in rosters.values() for turn in turns)
    where = map_around([*(one.point for load in parts for one in load.events), *stations.values()])
    return tuple(_pace(load, rosters[load.body], where, stations, until) for load in parts)


def _loads(bodies: Sequence[int], found: Sequence[Decided], until: datetime) -> list[Load]:
    since = until - DAYS * DAY
    own = happened.events([Window(body, since, until) for body in bodies], MOST_EVENTS)
    tried = happened.of_cases(_numbers(found, bodies), MOST_EVENTS)
    # Where as many as are read came back there may be older ones, of which not every day is whole.
    cut = [part[-1].at for part in (own, tried) if len(part) == MOST_EVENTS]
    listed = loads(bodies, own, [one for one in tried if since <= one.at < until], found)
    return newest_days(listed, until, max([since, *cut]), MOST_EVENTS)


def _numbers(found: Iterable[Decided], bodies: Collection[int]) -> list[str]:
    return [one.event.number for one in found if one.before in bodies or one.after in bodies]


def _pace(load: Load, turns: Sequence[Turn], where: Map | None, stations: Mapping[int, Point], until: datetime) -> Pace:
    if max(len(load.before), len(load.after)) < past.FEWEST:
        return Pace(load.body, why="few")
    if not turns:
        return Pace(load.body, why="roster")
    if where is None:
        return Pace(load.body, why="roads")
    before, after = (
        past.told(past.lived(_pasts(events, turns, until), where, stations)) for events in (load.before, load.after)
    )
    return Pace(load.body, before, after)


def _pasts(events: Sequence[Happened], turns: Sequence[Turn], until: datetime) -> Iterable[Past]:
    """Day by day from the newest, each under the shifts of its weekday in the last week."""
    for number in range(DAYS):
        starts, ends = until - (number + 1) * DAY, until - number * DAY
        held = tuple(one for one in events if starts <= one.at < ends)
        if held:
            yield Past(starts, ends, held, past.moved(turns, -(number // 7) * WEEK, starts, ends))
