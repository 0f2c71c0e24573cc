"""The answer as a table: what each line is of, its figures with bars, and where they lead."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zhongshu.channels.desk.figures.forms import Asked, Question
from zhongshu.channels.desk.figures.presenters import behind, words
from zhongshu.channels.presenters import names
from zhongshu.data.figures import queries as figures
from zhongshu.data.figures.queries import Line, Value, parts
from zhongshu.data.figures.rules.groups import GROUPS
from zhongshu.data.figures.rules.measures import Measure
from zhongshu.data.figures.rules.requests import Request
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.people.models import Account

FULL = 100.0


@dataclass(frozen=True, slots=True)
class Column:
    """A measure as a heading, and how it is counted."""

    name: str
    method: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure: its text, its bar from 0 to 100, the address of the cases behind it (empty for none)."""

    text: str
    bar: float
    address: str
    few: bool
    column: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line: what it is of, the address of a closer look at that (empty for none), its cells."""

    name: str
    address: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The answer. `counted` is up to when everything is counted; `cut` says there are more officials than shown."""

    title: str
    head: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    whole: Row | None
    counted: datetime
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What the counters answered, before it is put in words."""

    lines: Sequence[Line]
    whole: Line | None
    officers: Mapping[int, Account]


def found(asked: Asked, at: datetime) -> Found:
    """Ask the counters."""
    request, officers = asked.request, {}
    children: Sequence[int] = ()
    match request.group:
        case "place":
            children = parts.places_of(request.whole.ancestor)
        case "body":
            children = parts.bodies_of(request.whole.ancestor)
        case "officer":
            officers = parts.officers_of(request.whole.ancestor, at)
            children = list(officers)
    if request.group in ("place", "body", "officer") and not children:
        return Found([], None, officers)
    single = request.group in ("total", "stage")
    return Found(
        figures.lines(request, children), None if single else figures.whole(request, children), officers,
    )  # fmt: skip


def table(question: Question, asked: Asked, at: datetime) -> Table:
    """The answer in words."""
    request, answered = asked.request, found(asked, at)
    columns = tuple(Column(words.measure(m), words.method(m)) for m in request.measures)
    most = [_most(line.values[n] for line in answered.lines) for n in range(len(columns))]
    rows = tuple(_row(question, request, line, most, answered.officers) for line in answered.lines)
    whole = _row(question, request, answered.whole, [], {}, total=True) if answered.whole else None
    return Table(
        title(asked), names.local(GROUPS[request.group]), columns, rows, whole,
        figures.counted_until(at), len(answered.officers) >= parts.MOST_OFFICERS,
    )  # fmt: skip


def title(asked: Asked) -> str:
    """Of what and when: the caption."""
    request = asked.request
    of = asked.officer.name if asked.officer else words.ancestor(request.whole.ancestor)
    said = [of, f"{words.day(request.first)} – {words.day(request.last)}"]
    if request.category:
        said.append(names.category(request.category, request.category))
    if request.stage and request.lasting:
        said.append(words.phases().get(request.stage, request.stage))
    return " · ".join(said)


def _most(values: Iterable[Value]) -> float:
    return max((value.number or 0 for value in values), default=0)


def _row(
    question: Question, request: Request, line: Line, most: list[float], officers: Mapping[int, Account],
    total: bool = False,
) -> Row:  # fmt: skip
    group = "total" if total else request.group
    cells = tuple(
        Cell(
            words.number(measure, value), _bar(measure, value, most[n]) if most else 0.0,
            _behind(request, group, line, measure, value), value.number is None and value.base > 0,
            words.measure(measure),
        )
        for n, (measure, value) in enumerate(zip(request.measures, line.values, strict=True))
    )  # fmt: skip
    return Row(words.key(group, line.key, officers), _closer(question, group, line, officers), cells)


def _bar(measure: Measure, value: Value, most: float) -> float:
    if not value.number or value.number < 0:
        return 0.0
    return round(FULL * value.number / (1.0 if measure.unit == "share" else most or 1.0), 1)


def _closer(question: Question, group: str, line: Line, officers: Mapping[int, Account]) -> str:
    """The same question asked of the line alone."""
    match group, line.key:
        case "place" | "body", int() as key:
            inside = parts.places_of(key) if group == "place" else parts.bodies_of(key)
            return question.but(of=str(key), group=group if inside else "day")
        case "category", str() as code if any(c.parent_id == code for c in catalogue.tree().values()):
            return question.but(category=code)
        case "officer", int() as key:
            return question.but(officer=str(officers[key].pk), group="day", of="")
        case "month" | "week", date() as start:
            first, last = _within(group, start, *question.span())
            return question.but(first=str(first), last=str(last), group="day")
    return ""


def _within(group: str, start: date, first: date, last: date) -> tuple[date, date]:
    """The days of a week or month that lie in the period."""
    following = start + timedelta(days=7) if group == "week" else (start + timedelta(days=31)).replace(day=1)
    return max(start, first), min(following - timedelta(days=1), last)


def _behind(request: Request, group: str, line: Line, measure: Measure, value: Value) -> str:
    """The address of the cases a figure counts; empty where there is no such list."""
    if request.whole.kind == "officer" or group in ("weekday", "hour", "source"):
        return ""
    of, category, first, last = request.whole.ancestor, request.category, request.first, request.last
    match group, line.key:
        case "place" | "body", int() as key:
            of = key
        case "category", str() as code:
            category = code
        case "day", date() as day:
            first = last = day
        case "week" | "month", date() as start:
            first, last = _within(group, start, first, last)
    return behind.address(measure, value, of, first, last, category)
