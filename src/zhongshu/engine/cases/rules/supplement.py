"""Asking the applicant for what is missing, all of it in one list (一次性告知). Pure.

Administrative Licensing Law (行政许可法) art. 32(4): who files an incomplete application is told at once, or within
five working days (art. 82) of its receipt, everything that must be added; what is not told in time counts as complete.
It may be asked once, unless another law, named in the scenario's settings, allows more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from zhongshu.base.calendar import rules as deadlines
from zhongshu.base.calendar.rules import WorkingDays
from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.engine.cases.rules.settings import SupplementSettings
from zhongshu.engine.cases.rules.state import Held, OpenTask
from zhongshu.engine.intake.rules import questionnaire
from zhongshu.engine.intake.rules.questionnaire import Problem, Questionnaire, Unfit

MOST_ITEMS, LONGEST_ITEM = 20, 200
LONGEST_ANSWER, MOST_PHOTOS = 1_000, 6
FIELD = "supplement-"
"""How the names begin under which photos of an answer are attached: no question's name has a hyphen."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that is missing, and why it is needed."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came for one item: words, photos, or both."""

    text: str = ""
    photos: tuple[UUID, ...] = ()


def items(asked: Iterable[tuple[str, str]]) -> tuple[Item, ...]:
    """The list of what is missing, from pairs of what and why; rows left blank are dropped."""
    found = [Item(what.strip(), why.strip()) for what, why in asked if what.strip() or why.strip()]
    if not found:
        raise Invalid("请写明要申请人补正什么，至少一项。", field="items")
    if len(found) > MOST_ITEMS:
        raise Invalid("一次最多列 {most} 项，请合并同类的材料。", field="items", most=MOST_ITEMS)
    if any(not (item.what and item.why) for item in found):
        raise Invalid("每一项都要写明补什么和为什么。", field="items")
    if any(max(len(item.what), len(item.why)) > LONGEST_ITEM for item in found):
        raise Invalid("每一项最多 {most} 个字。", field="items", most=LONGEST_ITEM)
    return tuple(found)


def allowed(settings: SupplementSettings | None, element: str, times: int) -> str:
    """What allows asking from this task after asking so many `times`: the law, where it is not the first time."""
    if settings is None or element not in settings.tasks:
        raise Forbidden("这个环节不能要求申请人补正。")
    if times and not settings.law:
        raise Conflict("须补正的内容只能一次告知，这个办件已经告知过。")
    return settings.law if times else ""


def askable(
    settings: SupplementSettings | None,
    element: str,
    before: Sequence[datetime | None],
    opened: datetime,
    days: WorkingDays,
    at: datetime,
) -> tuple[SupplementSettings, str]:
    """The settings, and the law that allows asking again (empty the first time), from a task of a case `opened` then;
    `before` tells when each earlier list ended. A refusal says why not.
    """
    law = allowed(settings, element, len(before))
    assert settings is not None
    received = max(filter(None, before), default=opened)
    in_time(deadlines.due(received, settings.window, days).at, at)
    return settings, law


def deemable(settings: SupplementSettings | None, held: Held, token: int | None, ending: str | None) -> OpenTask:
    """The task from which the last list was asked for (`token`, None where none was), while the case may count as
    withdrawn because it lapsed; refused otherwise.
    """
    task = held.task(token) if token is not None else None
    if settings is None or settings.lapsed != "withdrawn" or ending != "lapsed" or task is None:
        raise Conflict("只有逾期未补正、还停在告知环节的办件，才能按撤回申请处理。")
    return task


def in_time(until: datetime, at: datetime) -> None:
    """Refuse once the time for asking is over: what was filed counts as complete then."""
    if at > until:
        raise Conflict("已超过一次性告知的期限，按申请材料齐全办理，不能再要求补正。")


def reachable(account: UUID | None, phone: str) -> None:
    """Refuse where nobody could be told: the clock would stand still for nothing."""
    if account is None and not phone:
        raise Conflict("申请人没有留下账号或电话，无法告知，不能要求补正。")


def form(asked: Sequence[Item]) -> Questionnaire:
    """The list as a questionnaire: of each item, counted from 1, a `text_1` and `photos_1`, either or both."""
    properties: dict[str, Any] = {}
    for n, item in enumerate(asked, 1):
        properties |= {
            f"text_{n}": {
                "type": "string", "title": item.what, "maxLength": LONGEST_ANSWER,
                "x-ui": {"widget": "textarea", "help": item.why},
            },
            f"photos_{n}": {
                "type": "array", "title": f"照片：{item.what}", "maxItems": MOST_PHOTOS,
                "items": {"type": "string", "format": "photo"}, "x-ui": {"title_en": f"Photos: {item.what}"},
            },
        }  # fmt: skip
    return questionnaire.read({"type": "object", "additionalProperties": False, "properties": properties})


def answers(asked: Sequence[Item], given: Mapping[str, Any]) -> tuple[Answer, ...]:
    """What came for each item, from the answers to the list's form; Unfit names everything that is wrong at once."""
    checked = questionnaire.check(form(asked), given)
    found = tuple(
        Answer(checked.answers.get(f"text_{n}", ""), tuple(map(UUID, checked.answers.get(f"photos_{n}", ()))))
        for n in range(1, len(asked) + 1)
    )
    missing = [f"text_{n}" for n, answer in enumerate(found, 1) if not (answer.text or answer.photos)]
    if problems := dict.fromkeys(missing, Problem("请填写这一项，或附上照片。")) | checked.problems:
        raise Unfit(problems)
    return found


def summary(asked: Sequence[Item]) -> str:
    """The whole list in one line, for the ledger of pauses and the trace."""
    return "；".join(f"{n}. {item.what}（{item.why}）" for n, item in enumerate(asked, 1))


def field(number: int, item: int) -> str:
    """The name under which photos for an item of a list are attached, both counted from 1."""
    return f"{FIELD}{number}-{item}"
