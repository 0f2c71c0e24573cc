"""A handover as its page shows it: what would happen, and what has."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from zhongshu.base.http.refusals import Invalid, Refusal
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.presenters import names
from zhongshu.engine.cases.actions import handing_over
from zhongshu.engine.cases.models import Handover
from zhongshu.engine.cases.queries import handovers, scenarios
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Account

_OUTCOMES = {"given": "移交", "offered": "退回待领", "back": "交回委托人", "refused": "不能移交"}


@dataclass(frozen=True, slots=True)
class Line:
    """One task: its case, the step, what becomes of it, and why not."""

    number: str
    title: str
    task: str
    outcome: str
    word: str
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Progress:
    """The last handover: to whom, how many of each outcome so far, the first of them, whether it still runs."""

    handover: Handover
    successor: str
    counts: list[tuple[str, int]]
    lines: list[Line]


def found(text: str) -> list[tuple[Account, str, int]]:
    """The officials meant, with their body and how much they hold."""
    return [(one, names.body(one.body_id), handovers.held(one.pk)) for one in people.officials(text)] if text else []


def plan(leaver: Account, successor: UUID | None, by: Actor, at: datetime) -> list[Line]:
    """What would become of the first of the open tasks."""
    return [_planned(fate) for fate in handing_over.plan(leaver.pk, successor, by=by, at=at)]


def _planned(fate: handing_over.Fate) -> Line:
    held = fate.held
    return Line(
        held.number, names.category(held.category, held.title),
        scenarios.of(held).task_name(fate.task.element, names.language()), fate.outcome.value,
        gettext(_OUTCOMES[fate.outcome.value]), fate.refusal,
    )  # fmt: skip


def progress(account: UUID) -> Progress | None:
    """How the last handover of an account's work goes."""
    last = handovers.newest(account)
    if last is None:
        return None
    successor = people.names([str(last.successor)]).get(str(last.successor), "") if last.successor else ""
    counts = [(gettext(_OUTCOMES[code]), n) for code, n in sorted(handovers.counted(last.id).items())]
    return Progress(last, successor, counts, [_done(row) for row in handovers.rows(last.id)])


def _done(row: handovers.Row) -> Line:
    task = scenarios.version(row.scenario, row.version).task_name(row.element, names.language())
    refusal = Invalid(row.sentence, **row.gaps) if row.sentence else None
    title = names.category(row.category, row.title)
    return Line(row.number, title, task, row.outcome, gettext(_OUTCOMES[row.outcome]), refusal)
