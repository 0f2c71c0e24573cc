"""The answer to a request: a line a day, place, body, officer, category, source or stage, each in index walks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from zhongshu.data.figures.queries.spreads import Lasting
from zhongshu.data.figures.rules.groups import FOLDS, keys_between
from zhongshu.data.figures.rules.measures import Measure
from zhongshu.data.figures.rules.requests import Request
from zhongshu.data.figures.rules.spreads import ALL

Key = int | str | date
_NO_KEY = 0


@dataclass(frozen=True, slots=True)
class Value:
    """A figure and how many it rests on; `number` is None where those are too few."""

    number: float | None
    base: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what it is of, and a value a measure in the order they were asked for."""

    key: Key
    values: tuple[Value, ...]


@dataclass(slots=True)
class _Counted:
    """What is counted of one key: the counters, and durations by bucket with their sum."""

    counters: dict[str, int]
    durations: dict[int, int]
    seconds: int = 0

    def value(self, measure: Measure) -> Value:
        if not measure.lasting:
            return Value(measure.value(self.counters), measure.base(self.counters))
        found = Lasting.of(self.durations, self.seconds)
        return Value(getattr(found, measure.lasting) if found.n >= measure.minimum else None, found.n)


_KEYS = {
    "total": "0", "place": "ancestor", "body": "ancestor", "officer": "ancestor", "hour": "slot", "source": "measure",
    "stage": "measure", "category": "left(category, {digits})",
}  # fmt: skip
_PREFIXES = {"source": "from:%", "stage": "stage:%"}
_WHERE = "ancestor = ANY(%(ancestors)s) AND day BETWEEN %(first)s AND %(last)s AND measure {named} {also}"
_COUNTERS = "SELECT {key}, measure, sum(n)::bigint FROM figures_counter WHERE {where} GROUP BY 1, 2"
_HOURS = """
SELECT k + array_lower(counts, 1) - 1, measure, sum(n)::bigint
FROM figures_spread, unnest(counts) WITH ORDINALITY AS u (n, k) WHERE {where} GROUP BY 1, 2
"""
_DURATIONS = """
WITH rows AS MATERIALIZED (SELECT {key} AS key, total, counts FROM figures_spread WHERE {where})
SELECT key, slot, sum(n)::bigint FROM (
    SELECT key, k + array_lower(counts, 1) - 1 AS slot, n FROM rows, unnest(counts) WITH ORDINALITY AS u (n, k)
) s WHERE n <> 0 GROUP BY 1, 2
UNION ALL SELECT key, NULL, sum(total)::bigint FROM rows GROUP BY 1
"""


def lines(request: Request, parts: Sequence[int] = ()) -> list[Line]:
    """A line a key. `parts` are the ancestors of a breakdown by place, body or officer.

    Days, weeks and hours come in order with those nothing happened in; what has no order of its own comes by the
    first measure, greatest first. Two statements at most.
    """
    found = _counted(request, list(parts) or [request.whole.ancestor])
    keys = _all_keys(request, parts)
    told = [_line(request, key, found.get(key)) for key in (keys if keys is not None else found)]
    if request.group in FOLDS or request.group in ("hour", "total"):
        return told
    return sorted(told, key=lambda line: (line.values[0].number is None, -(line.values[0].number or 0), str(line.key)))


def whole(request: Request, parts: Sequence[int] = ()) -> Line:
    """One line of everything asked for; of `parts` together where the measures are kept for officers alone."""
    total = Request(request.measures, "total", request.whole, request.first, request.last, request.category,
                    request.stage)  # fmt: skip
    officers = request.group == "officer"
    counted = _counted(total, list(parts) if officers else [request.whole.ancestor])
    return _line(total, _NO_KEY, counted.get(_NO_KEY))


def _line(request: Request, key: Key, counted: _Counted | None) -> Line:
    held = counted or _Counted({}, {})
    return Line(key, tuple(held.value(measure) for measure in request.measures))


def _all_keys(request: Request, parts: Sequence[int]) -> Sequence[Key] | None:
    if request.group in FOLDS:
        return keys_between(request.group, request.first, request.last)
    fixed: dict[str, Sequence[Key]] = {
        "hour": range(24), "total": [_NO_KEY], "place": parts, "body": parts, "officer": parts,
    }  # fmt: skip
    return fixed.get(request.group)


def _counted(request: Request, ancestors: list[int]) -> dict[Any, _Counted]:
    found: dict[Any, _Counted] = {}
    if counters := sorted(set().union(*(measure.counters for measure in request.measures))):
        for key, measure, n in _run(_HOURS if request.group == "hour" else _COUNTERS, request, ancestors, counters):
            held = found.setdefault(_folded(request, key), _Counted({}, {})).counters
            name = "opened" if request.group == "source" else measure
            held[name] = held.get(name, 0) + int(n)
    if request.lasting:
        for key, slot, n in _run(_DURATIONS, request, ancestors, [f"stage:{request.stage}"]):
            counted = found.setdefault(_folded(request, key), _Counted({}, {}))
            if slot is None:
                counted.seconds += int(n)
            else:
                counted.durations[slot] = counted.durations.get(slot, 0) + int(n)
    return found


def _folded(request: Request, key: Any) -> Any:
    if request.group in FOLDS:
        return FOLDS[request.group](key)
    return key.partition(":")[2] if request.group in _PREFIXES else key


def _among(sql: str, request: Request) -> str:
    """The condition on categories: a spread's row of all together is read where no category is asked for."""
    if request.category:
        return "AND category LIKE %(category)s"
    if sql is _COUNTERS:
        return ""
    return "AND category <> %(category)s" if request.group == "category" else "AND category = %(category)s"


def _run(sql: str, request: Request, ancestors: list[int], measures: list[str]) -> list[tuple[Any, ...]]:
    key = "day" if request.group in FOLDS else _KEYS[request.group].format(digits=len(request.category) + 2)
    named = "LIKE %(prefix)s" if request.group in _PREFIXES else "= ANY(%(measures)s)"
    where = _WHERE.format(named=named, also=_among(sql, request))
    given: Mapping[str, Any] = {
        "ancestors": ancestors, "first": request.first, "last": request.last, "measures": measures,
        "category": f"{request.category}%" if request.category else ALL, "prefix": _PREFIXES.get(request.group, ""),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sql.format(key=key, where=where), given)
        return cursor.fetchall()
