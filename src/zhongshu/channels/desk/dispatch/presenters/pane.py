"""One case as the desk has it before it: why it went where it is, who could go, and what can be done now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.desk.cases.presenters import one as cases
from zhongshu.channels.desk.cases.presenters.one import Duty
from zhongshu.channels.desk.presenters import ranking
from zhongshu.channels.presenters import answers, names
from zhongshu.channels.presenters.answers import Fact
from zhongshu.engine.cases.queries import clocks
from zhongshu.engine.cases.queries.one import View
from zhongshu.engine.cases.rules import returning, whistle
from zhongshu.engine.dispatch import queries as dispatch
from zhongshu.engine.intake.rules.questionnaire import Field, Questionnaire
from zhongshu.registers.people import queries as people

NEAREST = 5


@dataclass(frozen=True, slots=True)
class Near:
    """An officer who could go: the cost in seconds with its grounds, and whether the task is theirs already."""

    id: str
    name: str
    seconds: int
    grounds: tuple[str, ...]
    has_it: bool


@dataclass(frozen=True, slots=True)
class Step:
    """The open task the desk works on, and which verbs the visitor has for it.

    `asks`: the question for a body that it is; `others`: what else its form asks; `choosing`: the form in which another
    body is chosen, when the visitor may; `cannot`: how many on shift cannot go.
    """

    duty: Duty
    asks: Field | None
    others: tuple[Field, ...]
    near: tuple[Near, ...]
    cannot: int
    callable: bool
    returnable: bool
    choosing: Questionnaire | None
    whistles: bool


@dataclass(frozen=True, slots=True)
class Pane:
    """The case, its current step and other open tasks, what automatic dispatch considered, since when it is stopped."""

    found: View
    title: str
    place: str
    body: str
    facts: list[Fact]
    step: Step | None
    others: list[Duty]
    dispatched: ranking.Answer | None
    stopped: datetime | None


def pane(found: View, wanted: int | None, by: Actor, at: datetime) -> Pane:
    """All of it, in five statements at most; `wanted` is the token of the task to work on."""
    duties = cases.duties(found, by, at)
    current = next((d for d in duties if d.task.token == wanted), None) or next(iter(sorted(duties, key=_first)), None)
    row = found.row
    return Pane(
        found=found, title=names.category(row.category, row.title), place=names.place(row.place),
        body=names.body(row.body), facts=answers.facts(found), step=_step(found, current, by, at) if current else None,
        others=[duty for duty in duties if duty is not current], dispatched=_dispatched(found),
        stopped=clocks.stopped(row.id) if row.closed is None else None,
    )  # fmt: skip


def _first(duty: Duty) -> tuple[bool, bool]:
    """What the visitor may do themselves comes first, then what bodies have."""
    return not duty.doable, duty.task.pool >= 0


def _dispatched(found: View) -> ranking.Answer | None:
    """What automatic dispatch answered last."""
    left = [found.data[name] for name in ranking.elements(found.scenario) if name in found.data]
    return ranking.answers(dict(enumerate(left)), found.row.place)[len(left) - 1] if left else None


def _step(found: View, duty: Duty, by: Actor, at: datetime) -> Step:
    form = found.scenario.forms.get(duty.task.element)
    asked = returning.body(form) if duty.doable else ""
    fields = form.fields if form else ()
    of_body = duty.task.pool < 0 and duty.task.signs is None
    waits = duty.task.assignee is None
    may = permissions.may(by, "case.dispatch", found.reach, at)
    called = whistle.answers(found.data, duty.task.element)
    returnable = may and of_body and bool(returning.result(form)) and not called
    near, cannot = _near(found, duty, at) if of_body else ((), 0)
    return Step(
        duty=duty, asks=next((f for f in fields if f.name == asked), None),
        others=tuple(f for f in fields if f.name != asked), near=near, cannot=cannot,
        callable=of_body and (duty.assignable or (may and waits)), returnable=returnable,
        choosing=_choosing(found, by, at) if returnable else None,
        whistles=duty.doable and found.scenario.settings.tasks[duty.task.element].whistle is not None,
    )  # fmt: skip


def _choosing(found: View, by: Actor, at: datetime) -> Questionnaire | None:
    """The form in which a body is chosen, when the visitor holds its task's role over the case."""
    tasks = found.scenario.settings.tasks
    asking = ((tasks[name].role, form) for name, form in found.scenario.forms.items() if returning.body(form))
    return next((f for role, f in asking if permissions.scope_of_role(by, role, at).covers(found.reach)), None)


def _near(found: View, duty: Duty, at: datetime) -> tuple[tuple[Near, ...], int]:
    """The officers best placed for a task of a body, and how many on shift cannot go."""
    row, holder = found.row, str(duty.task.assignee or "")
    ranked = dispatch.nearest(-duty.task.pool, row.place, row.category, (row.lon, row.lat), at, k=NEAREST)
    called = people.names(choice.officer for choice in ranked.choices) if ranked.choices else {}
    near = tuple(
        Near(c.officer, called.get(c.officer, ""), round(c.cost_seconds), _grounds(c.reasons), c.officer == holder)
        for c in ranked.choices
    )
    return near, len(ranked.excluded)


def _grounds(reasons: tuple[Any, ...]) -> tuple[str, ...]:
    return tuple(gettext(reason.sentence).format(**reason.gaps) for reason in reasons)
