"""Bodies that were asked, at the desk: how many have answered, what each said to what, and whom one may still ask."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.language import language
from zhongshu.base.http.refusals import Absent
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.presenters import names
from zhongshu.channels.presenters.answers import said
from zhongshu.engine.cases.queries import answers
from zhongshu.engine.cases.queries.answers import Round, Row
from zhongshu.engine.cases.queries.one import View
from zhongshu.engine.cases.rules import alarms, starting
from zhongshu.engine.cases.rules.checks import OVER
from zhongshu.engine.intake.rules.questionnaire import Field
from zhongshu.registers.people import queries as people

_STATES = {"open": "待答复", "answered": "已答复", "missing": "未答复", "dropped": "不再征询"}


@dataclass(frozen=True, slots=True)
class Line:
    """A body in the table: its clock, its answers in the order of the questions, and whether the visitor may act."""

    row: Row
    body: str
    state: str
    cells: list[str]
    urgency: str
    late: bool
    may_act: bool

    @property
    def drop_form(self) -> str:
        """What tells this body's form from those of others on the page."""
        return f"drop-{self.row.token}"


@dataclass(frozen=True, slots=True)
class Asked:
    """One asking: its table, how many came of how many, those that are late, and the bodies one may still ask."""

    element: str
    name: str
    questions: list[str]
    lines: list[Line]
    came: int
    asked: int
    late: str
    may_ask: bool
    bodies: list[tuple[int, str]]

    @property
    def id(self) -> str:
        """What tells its heading from those of others."""
        return f"asked-{self.element}"

    @property
    def form(self) -> str:
        """What its small form is called when it is turned down."""
        return f"ask-{self.element}"

    @property
    def urge_form(self) -> str:
        """The same of the form that urges all who are missing."""
        return f"urge-{self.element}"


def asked(found: View, by: Actor, at: datetime, *, full: bool = False) -> list[Asked]:
    """Everything a case asked of bodies, in one statement; nothing where its scenario asks none. `full`: numbers of
    people not masked.
    """
    leads = starting.starter_of(found.data) == by.id or permissions.may(by, OVER, found.reach, at)
    return [
        _asked(found, round_, leads and found.row.closed is None, at, full)
        for round_ in answers.rounds(found.row.id, found.scenario)
    ]


def table(found: View, element: str, at: datetime) -> list[Sequence[str]]:
    """One asking as the rows of a sheet, its heading first; absent where nothing was asked by this task."""
    for round_ in answers.rounds(found.row.id, found.scenario):
        if round_.element == element:
            made = _asked(found, round_, False, at)
            return [_heading(made), *_rows(made)]
    raise Absent("这个办件没有这项征询。")


def _heading(made: Asked) -> list[str]:
    return [gettext("单位"), gettext("状态"), gettext("期限"), gettext("答复时间"), *made.questions]


def _rows(made: Asked) -> Iterator[Sequence[str]]:
    for line in made.lines:
        came = line.row.closed if line.row.state == "answered" else None
        yield [line.body, line.state, _when(line.row.due), _when(came), *line.cells]


def _when(moment: datetime | None) -> str:
    return f"{moment.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if moment else ""


def _asked(found: View, round_: Round, leads: bool, at: datetime, full: bool = False) -> Asked:
    form = found.scenario.forms.get(round_.element)
    fields = [field for field in (form.fields if form else ()) if field.kind != "photo"]
    lines = [_line(found, row, fields, leads, at, full) for row in round_.rows]
    return Asked(
        element=round_.element,
        name=found.scenario.task_name(round_.element, names.language()),
        questions=[field.called(language()) for field in fields],
        lines=lines,
        came=round_.came,
        asked=round_.asked,
        late=gettext("、").join(one.body for one in lines if one.late and one.row.state in ("open", "missing")),
        may_ask=leads and round_.out,
        bodies=_free(round_) if leads and round_.out else [],
    )


def _line(found: View, row: Row, fields: Sequence[Field], leads: bool, at: datetime, full: bool) -> Line:
    waiting = row.state == "open"
    return Line(
        row=row,
        body=names.body(row.body),
        state=gettext(_STATES[row.state]),
        cells=["" if row.outcome.get(f.name) is None else said(f, row.outcome[f.name], full=full) for f in fields],
        urgency=alarms.urgency(row.opened, row.due, at, found.scenario.settings.alarms) if waiting else "",
        late=row.state != "dropped" and row.late(at),
        may_act=leads and waiting,
    )


def _free(round_: Round) -> list[tuple[int, str]]:
    busy = {row.body for row in round_.rows if row.state != "dropped"}
    return [(one.pk, names.local(one)) for one in people.tree().values() if one.ended is None and one.pk not in busy]
