"""Which lines of figures that leave the house are hidden."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext

from zhongshu.channels.desk.figures.presenters.table import Found
from zhongshu.data.figures.queries import Lasting, Line, Value
from zhongshu.data.figures.queries.reports import Key, Report
from zhongshu.data.figures.rules.measures import Measure
from zhongshu.data.figures.rules.standings import Standing, Standings
from zhongshu.registers.privacy.rules import suppression
from zhongshu.registers.privacy.rules.suppression import Hidden


def of(found: Found, measures: Sequence[Measure]) -> Hidden:
    """The lines of a table to hide, and whether its total is."""
    lines = [_counts(line, measures) for line in found.lines]
    return suppression.hidden(lines, _counts(found.whole, measures) if found.whole else None)


def report(found: Report) -> Report:
    """A month's report without the lines and numbers that may not leave the house."""
    return replace(
        found,
        keys=tuple(_key(key) for key in found.keys),
        bodies=_standings(found.bodies),
        streets=_standings(found.streets) if found.streets else None,
        stages={code: _stage(*times) for code, times in found.stages.items() if not suppression.is_small(times[0].n)},
        grown=tuple(one for one in found.grown if not suppression.is_small(one.before)),
        chronic=tuple(one for one in found.chronic if not suppression.is_small(one.times)),
    )


_NOTHING = Value(None, 0)


def _key(key: Key) -> Key:
    return Key(key.measure, *(_or_nothing(key.measure, value) for value in (key.now, key.before, key.last_year)))


def _or_nothing(measure: Measure, value: Value) -> Value:
    return _NOTHING if any(map(suppression.is_small, _given_away(measure, value))) else value


def _standings(found: Standings) -> Standings:
    """The parts that may be told; those with nothing in them stay, for how many they are is told."""
    gone = suppression.hidden([_told(part) for part in found.parts], _told(found.whole))
    return replace(found, parts=tuple(part for n, part in enumerate(found.parts) if n not in gone.lines))


def _told(one: Standing) -> tuple[int, ...]:
    return (one.base,) if one.value is None else suppression.of_share(one.top, one.base)


def _stage(now: Lasting, before: Lasting | None) -> tuple[Lasting, Lasting | None]:
    return now, None if before and suppression.is_small(before.n) else before


def said() -> str:
    """What the mark means, for the foot of the table."""
    return gettext("少于 5 的数，以及可以据此推算出它们的数，不向单位以外提供。")


def _counts(line: Line, measures: Sequence[Measure]) -> list[int]:
    return [n for measure, value in zip(measures, line.values, strict=True) for n in _given_away(measure, value)]


def _given_away(measure: Measure, value: Value) -> Iterator[int]:
    """The counts a published value tells."""
    if measure.unit == "share" and value.number is not None:
        yield from suppression.of_share(round(value.number * value.base), value.base)
    else:
        yield value.base if measure.unit in ("share", "seconds") else int(value.number or 0)
