"""What stands in an exported file, row by row."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext

from zhongshu.channels.desk.figures.forms import Asked
from zhongshu.channels.desk.figures.presenters import hiding, table, words
from zhongshu.channels.desk.presenters.sheets import Cell
from zhongshu.channels.presenters import names
from zhongshu.data.figures import queries as figures
from zhongshu.data.figures.queries import Line, Value
from zhongshu.data.figures.rules.groups import GROUPS
from zhongshu.data.figures.rules.measures import Measure
from zhongshu.data.figures.rules.requests import Request
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.queries.lists import Row
from zhongshu.registers.privacy.rules import suppression

_MINUTE = 60
_TIME = "%Y-%m-%d %H:%M:%S"


def answer(asked: Asked, at: datetime) -> list[Sequence[Cell]]:
    """The table of an answer: what it is of, its lines and the whole, then how each measure is counted.

    Shares are numbers from 0 to 1, times are minutes; a share of too few is empty, what it rests on stands beside it.
    A file leaves the house: lines that count fewer than five are hidden, and what would give them away.
    """
    request, found = asked.request, table.found(asked, at)
    gone = hiding.of(found, request.measures)
    head = [names.local(GROUPS[request.group]), *(name for m in request.measures for name in _headings(m))]
    rows: list[Sequence[Cell]] = [[table.title(asked)], [_counted(at)], [], head]
    rows += [
        [words.key(request.group, line.key, found.officers), *_shown(request, line, number in gone.lines)]
        for number, line in enumerate(found.lines)
    ]
    if found.whole:
        rows.append([gettext("合计"), *_shown(request, found.whole, gone.total)])
    rows += [[], *([words.measure(m), words.method(m)] for m in request.measures)]
    return [*rows, [suppression.MARK, hiding.said()]] if gone else rows


def _shown(request: Request, line: Line, gone: bool) -> list[Cell]:
    cells = _cells(request, line)
    return [suppression.MARK for _ in cells] if gone else cells


def _counted(at: datetime) -> str:
    return gettext("统计截至 {moment}").format(moment=timezone.localtime(figures.counted_until(at)).strftime(_TIME))


def _headings(measure: Measure) -> list[str]:
    if measure.unit == "seconds":
        return [gettext("{measure}，分钟").format(measure=words.measure(measure)), gettext("件数")]
    return [words.measure(measure), gettext("基数")] if measure.unit == "share" else [words.measure(measure)]


def _cells(request: Request, line: Line) -> list[Cell]:
    return [cell for m, value in zip(request.measures, line.values, strict=True) for cell in _cell(m, value)]


def _cell(measure: Measure, value: Value) -> list[Cell]:
    if measure.unit == "seconds":
        return [None if value.number is None else round(value.number / _MINUTE, 1), value.base]
    if measure.unit == "share":
        return [None if value.number is None else round(value.number, 4), value.base]
    return [int(value.number or 0)]


def cases(found: Iterable[Row], title: str) -> Iterator[Sequence[Cell]]:
    """The cases behind a figure, a row each."""
    yield [title]
    yield [
        gettext("编号"), gettext("阶段"), gettext("事项"), gettext("地点"), gettext("地址"), gettext("责任单位"),
        gettext("来源"), gettext("上报时间"), gettext("期限"), gettext("办结时间"),
    ]  # fmt: skip
    for row in found:
        scenario = scenarios.version(row.scenario, row.version)
        yield [
            row.number, scenario.phase_name(row.phase, names.language()), names.category(row.category, row.title),
            names.place(row.place), row.address, names.body(row.body), names.source(row.source),
            *(_moment(when) for when in (row.opened, row.due, row.closed)),
        ]  # fmt: skip


def _moment(when: datetime | None) -> str:
    return timezone.localtime(when).strftime(_TIME) if when else ""
