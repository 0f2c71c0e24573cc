"""A month of a place or body in figures: all of it from counters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection

from zhongshu.data.figures.queries import parts, ranking, spreads, tables
from zhongshu.data.figures.queries.spreads import Lasting
from zhongshu.data.figures.queries.tables import Value
from zhongshu.data.figures.rules import requests
from zhongshu.data.figures.rules.measures import Measure
from zhongshu.data.figures.rules.months import Month, Period
from zhongshu.data.figures.rules.requests import Whole
from zhongshu.data.figures.rules.standings import Standings
from zhongshu.engine.cases.queries.duplicates import CHRONIC_DAYS, CHRONIC_TIMES
from zhongshu.registers.places.models import Cell

KEY = ("opened", "closed", "on_time", "late", "return_rate", "redo_rate")
GROWN_FROM, GROWN_BY, MOST = 10, 1.2, 10
"""A category has grown with at least so many cases, this many times as many as before; at most so many are shown."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key number: this month, the month before, and the same month last year."""

    measure: Measure
    now: Value
    before: Value
    last_year: Value


@dataclass(frozen=True, slots=True)
class Grown:
    """A category that grew."""

    category: str
    now: int
    before: int


@dataclass(frozen=True, slots=True)
class Chronic:
    """A grid cell in which the same happened again and again up to the month's end."""

    cell: str
    category: str
    times: int


@dataclass(frozen=True, slots=True)
class Report:
    """The month of `whole`; `streets` and `chronic` are empty for a body."""

    whole: int
    month: Month
    keys: tuple[Key, ...]
    bodies: Standings
    streets: Standings | None
    stages: Mapping[str, tuple[Lasting, Lasting | None]]
    grown: tuple[Grown, ...]
    chronic: tuple[Chronic, ...]


def month(whole: int, when: Month) -> Report:
    """Everything the monthly report says; a dozen statements whatever the size of the city."""
    now = when.period
    inside = parts.streets_of(whole) if whole > 0 else []
    return Report(
        whole, when, _keys(whole, when),
        ranking.standings(whole, parts.bodies_of(whole), "on_time", now.first, now.last),
        ranking.standings(whole, inside, "on_time", now.first, now.last) if inside else None,
        _stages(whole, when), _grown(whole, when), _chronic(whole, now) if whole > 0 else (),
    )  # fmt: skip


def _keys(whole: int, when: Month) -> tuple[Key, ...]:
    of = Whole("place" if whole > 0 else "body", whole)
    periods = (when.period, when.before, when.last_year)
    asked = [requests.asked(KEY, "total", of, period.first, period.last) for period in periods]
    found = [tables.whole(request).values for request in asked]
    return tuple(Key(*one) for one in zip(asked[0].measures, *found, strict=True))


def _stages(whole: int, when: Month) -> dict[str, tuple[Lasting, Lasting | None]]:
    now, before = (spreads.stage_times(whole, period.first, period.last) for period in (when.period, when.before))
    return {phase: (found, before.get(phase)) for phase, found in now.items()}


_BY_CATEGORY = """
SELECT category, coalesce(sum(n) FILTER (WHERE day BETWEEN %(first)s AND %(last)s), 0)::bigint AS now,
       coalesce(sum(n) FILTER (WHERE day BETWEEN %(first_before)s AND %(last_before)s), 0)::bigint AS before
FROM figures_counter
WHERE ancestor = %(whole)s AND day BETWEEN %(first_before)s AND %(last)s AND measure = 'opened' AND category <> ''
GROUP BY category
"""
_GROWN = f"""
SELECT category, now, before FROM ({_BY_CATEGORY}) c WHERE now >= %(least)s AND now >= before * %(by)s::float
ORDER BY now - before DESC, category LIMIT %(most)s
"""


def _grown(whole: int, when: Month) -> tuple[Grown, ...]:
    given: dict[str, Any] = {
        "whole": whole, "first": when.period.first, "last": when.period.last, "first_before": when.before.first,
        "last_before": when.before.last, "least": GROWN_FROM, "by": GROWN_BY, "most": MOST,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_GROWN, given)
        return tuple(Grown(category, int(now), int(before)) for category, now, before in cursor.fetchall())


# A walk a cell: an index range over all cells would read every day there ever was.
_CHRONIC = """
SELECT cell, category, times FROM unnest(%(cells)s::bigint[]) AS u (cell) CROSS JOIN LATERAL (
    SELECT category, sum(n)::bigint AS times FROM figures_counter
    WHERE ancestor = u.cell AND day BETWEEN %(first)s AND %(last)s AND measure = 'opened' AND category <> ''
    GROUP BY category HAVING sum(n) >= %(least)s
) again ORDER BY times DESC, cell, category LIMIT %(most)s
"""


def _chronic(place: int, now: Period) -> tuple[Chronic, ...]:
    codes = Cell.objects.filter(code__startswith=str(place)).values_list("code", flat=True)
    cells = [int(code) for code in codes]
    first = now.last - timedelta(days=CHRONIC_DAYS - 1)
    with connection.cursor() as cursor:
        cursor.execute(
            _CHRONIC,
            {"cells": cells, "first": first, "last": now.last, "least": CHRONIC_TIMES, "most": MOST},
        )
        return tuple(Chronic(str(cell), category, int(times)) for cell, category, times in cursor.fetchall())
