"""Signatures (会签): opinions asked of others before the doer of a task can complete it. Pure.

Each is a task of its own, of an element that no drawing has, with a form of its own. What of them a step has to know
stands in the case's data under `signing`: the hours a doer gave for one, and which disagreements wait for an answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from zhongshu.base.calendar.rules import Term, Unit
from zhongshu.base.http.refusals import Conflict, Invalid
from zhongshu.engine.cases.rules.settings import Settings, TaskSettings
from zhongshu.engine.cases.rules.state import Held, OpenTask
from zhongshu.engine.intake.rules import questionnaire as intake

NAME = "signing"
SIGNATURE = "signature"
"""The element of a signature, and the name of its form."""
TASK = TaskSettings(phase="", name_en="Countersign", role="leader", pool="body", form=SIGNATURE, returns=False)
"""Whoever leads a body signs for it."""
CALLED = "会签"
DISAGREE = "disagree"
MOST = 20
"""Signatures to one task."""
MOST_HOURS = 720
PATIENCE = timedelta(hours=1)
"""How long one who was reminded is left alone."""

FORM = intake.read(
    {
        "title": CALLED,
        "type": "object",
        "additionalProperties": False,
        "required": ["opinion", "remark"],
        "x-ui": {"title_en": "Countersign"},
        "properties": {
            "opinion": {
                "type": "string",
                "title": "会签意见",
                "enum": ["agree", "remarks", DISAGREE],
                "x-labels": {
                    "agree": {"zh": "同意", "en": "Agree"},
                    "remarks": {"zh": "同意，另有意见", "en": "Agree, with a remark"},
                    DISAGREE: {"zh": "不同意", "en": "Disagree"},
                },
                "x-ui": {"title_en": "Opinion"},
            },
            "remark": {
                "type": "string",
                "title": "具体意见",
                "minLength": 2,
                "maxLength": 500,
                "x-ui": {"title_en": "In words", "widget": "textarea", "visible": 'opinion in ("remarks", "disagree")'},
            },
            "photos": {
                "type": "array",
                "title": "附图",
                "items": {"type": "string", "format": "photo"},
                "maxItems": 6,
                "x-ui": {"title_en": "Pictures"},
            },
        },
    }
)
"""What a signer answers."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom a task's doer asks to sign, an account or a body, what about, and within how many hours if they say so."""

    question: str
    account: str = ""
    body: int | None = None
    hours: int | None = None


def of(held: Held, task: OpenTask) -> list[OpenTask]:
    """The open signatures to a task."""
    return [each for each in held.tasks if each.signs == task.token]


def holder(held: Held, signature: OpenTask) -> str | None:
    """Who has the task that a signature is given to."""
    task = held.task(signature.signs) if signature.signs is not None else None
    return task.assignee if task else None


def ready(held: Held, task: OpenTask) -> None:
    """Refuse to complete a task that others still have to sign, or whose doer has not answered who disagreed."""
    if waiting := len(of(held, task)):
        raise Conflict("还有 {count} 个会签没有签署，请等他们签完再提交，或先撤回会签。", count=waiting)
    if _dissents(held.data).get(str(task.token)):
        raise Conflict("有会签人不同意，请先在会签意见旁写明如何处理，再提交。")


def dissents(data: Mapping[str, Any]) -> frozenset[int]:
    """The signatures that disagree and wait for an answer."""
    return frozenset(token for tokens in _dissents(data).values() for token in tokens)


def hours(data: Mapping[str, Any]) -> Mapping[int, int]:
    """The hours that were given for signatures, by token."""
    return {int(token): given for token, given in _kept(data)["hours"].items()}


def asked(held: Held, token: int, given: int | None) -> dict[str, Any]:
    """The case's data once a signature is asked for within so many hours; what has ended is forgotten."""
    now = _current(held)
    return {**held.data, NAME: now | {"hours": now["hours"] | ({str(token): given} if given else {})}}


def signed(held: Held, signature: OpenTask, outcome: Mapping[str, Any]) -> dict[str, Any]:
    """The case's data after a signature."""
    if outcome.get("opinion") != DISAGREE:
        return dict(held.data)
    now, key = _current(held), str(signature.signs)
    more = {key: [*now["dissents"].get(key, ()), signature.token]}
    return {**held.data, NAME: now | {"dissents": now["dissents"] | more}}


def answered(held: Held, token: int) -> dict[str, Any]:
    """The case's data once a disagreement has its answer."""
    now = _current(held)
    left = {key: [one for one in tokens if one != token] for key, tokens in now["dissents"].items()}
    return {**held.data, NAME: now | {"dissents": {key: tokens for key, tokens in left.items() if tokens}}}


def term(settings: Settings, held: Held, signature: OpenTask) -> Term | None:
    """The time a signature has: what its asker gave, else what the scenario has for its task; None for other tasks."""
    task = held.task(signature.signs) if signature.signs is not None else None
    return of_hours(hours(held.data).get(signature.token)) or standing(settings, task) if task else None


def standing(settings: Settings, task: OpenTask) -> Term | None:
    """The time the scenario has for signatures to a task."""
    text = settings.tasks[task.element].signing
    return Term.parse(text) if text else None


def of_hours(given: int | None) -> Term | None:
    """So many hours as a term."""
    return Term(given, Unit.HOURS) if given else None


def due(task: OpenTask, wished: datetime | None) -> datetime | None:
    """By when a signature is due: as wished, never after the task it is given to."""
    return min((moment for moment in (wished, task.due) if moment), default=None)


def within(given: int | None) -> None:
    """Refuse a number of hours that is none."""
    if given is not None and not 1 <= given <= MOST_HOURS:
        raise Invalid("时限须为 1 至 {most} 小时。", field="hours", most=MOST_HOURS)


def _kept(data: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {"hours": {}, "dissents": {}} | data.get(NAME, {})


def _dissents(data: Mapping[str, Any]) -> Mapping[str, list[int]]:
    return _kept(data)["dissents"]


def _current(held: Held) -> dict[str, dict[str, Any]]:
    """What is kept, but for tasks that are no longer open: it grows with what is open, not with what was."""
    open_ = {str(task.token) for task in held.tasks}
    return {name: {key: told for key, told in kept.items() if key in open_} for name, kept in _kept(held.data).items()}
