"""Which lines of figures that leave the house are hidden."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext

from zhongshu.channels.desk.figures.presenters.table import Found
from zhongshu.data.figures.queries import Line, Value
from zhongshu.data.figures.rules.measures import Measure
from zhongshu.registers.privacy.rules import suppression
from zhongshu.registers.privacy.rules.suppression import Hidden


def of(found: Found, measures: Sequence[Measure]) -> Hidden:
    """The lines of a table to hide, and whether its total is."""
    lines = [_counts(line, measures) for line in found.lines]
    return suppression.hidden(lines, _counts(found.whole, measures) if found.whole else None)


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
