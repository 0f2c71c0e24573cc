"""The rows of a process as the page shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zhongshu.channels.desk.studio.presenters.process import words
from zhongshu.channels.desk.studio.presenters.sections import Said, said
from zhongshu.engine.cases.rules.examining import Finding
from zhongshu.engine.processes.rules.editing import Row, Table, Way
from zhongshu.engine.studio.models import Draft
from zhongshu.engine.studio.rules.editing import answers

DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Known:
    """What the folder knows beside the drawing, in words: questions by kind, conditions, tasks, other drawings."""

    tasks: dict[str, str]
    names: dict[str, str]
    conditions: dict[str, str]
    lists: dict[str, str]
    days: dict[str, str]
    moments: frozenset[str]
    calls: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Link:
    """Another row."""

    id: str
    number: int
    called: str


@dataclass(frozen=True, slots=True)
class Onward:
    """A way out of a row: in words if its condition is one of those to choose, else as FEEL."""

    flow: str
    name: str
    words: str
    feel: str
    default: bool
    back: bool
    to: Link


@dataclass(frozen=True, slots=True)
class Shown:
    """A row. `repeat`, `until`, `wait`, `does`: how it is done, in words; `feel`: what it waits for, where that is an
    expression; `calls`: the file of the process it calls."""

    row: Row
    number: int
    depth: int
    kind: str
    called: str
    after: tuple[Link, ...]
    ways: tuple[Onward, ...]
    on: Link | None
    repeat: str
    until: str
    wait: str
    feel: str
    does: str
    calls: str
    findings: tuple[Said, ...]

    @property
    def has_manner(self) -> bool:
        """Whether there is anything to say of how it is done."""
        return bool(
            self.repeat or self.row.event or self.does or self.calls or self.row.lanes or not self.row.interrupts
        )


def known(files: Mapping[str, str], table: Table, calls: Mapping[str, str]) -> Known:
    """What the folder knows, for this table."""
    found = answers.known(files)
    tasks = {row.id: words.called(row) for row in table.rows}
    return Known(
        tasks=tasks,
        names={each.name: words.asked(each, tasks) for each in found},
        conditions=words.conditions(answers.ready(found), tasks),
        lists={each.name: words.asked(each, tasks) for each in answers.lists(found)},
        days={each.name: words.asked(each, tasks) for each in answers.days(found)},
        moments=frozenset(each.name for each in found if each.kind == "date-time"),
        calls=calls,
    )


def shown(draft: Draft, table: Table, know: Known, findings: Iterable[Finding]) -> list[Shown]:
    """All rows in reading order, each with what is said of it and of the ways out of it."""
    links = {row.id: Link(row.id, number, words.called(row)) for number, row in enumerate(table.rows, 1)}
    place = {way.flow: row.id for row in table.rows for way in row.ways}
    told: dict[str, list[Finding]] = {}
    for each in findings:
        told.setdefault(place.get(each.place, each.place), []).append(each)
    return [_shown(row, links, know, tuple(said(draft.pk, told.get(row.id, ())))) for row in table.rows]


def _shown(row: Row, links: Mapping[str, Link], know: Known, findings: tuple[Said, ...]) -> Shown:
    event = row.event.text if row.event else ""
    wait = words.wait(event, know.days) if row.event and row.event.what == "timer" else ""
    return Shown(
        row=row,
        number=links[row.id].number,
        depth=min(row.depth, DEEPEST),
        kind=words.kind(row),
        called=links[row.id].called,
        after=tuple(dict.fromkeys(links[id] for id in row.after if id in links)),
        ways=tuple(_onward(way, links[way.to], know) for way in row.ways if way.to in links),
        on=links.get(row.on),
        repeat=words.repeat(row.repeat, know.lists) if row.repeat else "",
        until=words.until(row.repeat.until) if row.repeat else "",
        wait=wait,
        feel="" if wait else event,
        does=words.service(row.does) if row.kind in ("service", "send", "rule") else "",
        calls=know.calls.get(row.does, "") if row.kind == "call" else "",
        findings=findings,
    )


def _onward(way: Way, to: Link, know: Known) -> Onward:
    told = know.conditions.get(way.condition, "")
    return Onward(way.flow, way.name, told, "" if told else way.condition, way.default, way.back, to)
