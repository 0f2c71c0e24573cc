"""What the form of the figures offers to choose: all from the closed lists, and what the visitor may see."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.desk.cases.presenters import scope as narrowing
from zhongshu.channels.desk.cases.presenters.scope import Option
from zhongshu.channels.desk.figures.forms import Question, whole_number
from zhongshu.channels.desk.figures.presenters import words
from zhongshu.channels.presenters import names
from zhongshu.data.figures.queries import parts
from zhongshu.data.figures.rules.groups import GROUPS
from zhongshu.data.figures.rules.measures import MEASURES
from zhongshu.registers.catalogue import queries as catalogue


@dataclass(frozen=True, slots=True)
class Preset:
    """A usual period, and the address of the question for it."""

    name: str
    address: str
    here: bool


def choices(question: Question, key: int | None, by: Actor, at: datetime) -> dict[str, object]:
    """Every drop-down of the form, with what is chosen."""
    scope = parts.scope(by, at)
    return {
        "measures": [Option(m.code, words.measure(m), m.code in question.measures) for m in MEASURES.values()],
        "groups": [Option(g.code, names.local(g), g.code == question.group) for g in GROUPS.values()],
        "places": narrowing.place_options(scope, key),
        "bodies": [o for o in narrowing.body_options(scope, key) if scope.covers(parts.reach(int(o.key)))],
        "categories": _categories(question.category),
        "stages": [Option(code, name, code == question.stage) for code, name in words.phases().items()],
    }  # fmt: skip


def whole(question: Question, by: Actor, at: datetime) -> int | None:
    """The place or body that is typed, if it is a number at all; the visitor's own where none is."""
    return whole_number(question.of) if question.of else parts.top(parts.scope(by, at))


def _categories(chosen: str) -> list[Option]:
    return [
        Option(code, "　" * (len(code) // 2 - 1) + names.local(category), code == chosen)
        for code, category in catalogue.tree().items() if category.ended is None or code == chosen
    ]  # fmt: skip


def presets(question: Question, at: datetime) -> list[Preset]:
    """Usual periods for the same question."""
    today = at.astimezone(SHANGHAI).date()
    month = today.replace(day=1)
    before = (month - timedelta(days=1)).replace(day=1)
    spans = (
        (gettext("今天"), today, today), (gettext("近 7 天"), today - timedelta(days=6), today),
        (gettext("近 30 天"), today - timedelta(days=29), today), (gettext("本月"), month, today),
        (gettext("上月"), before, month - timedelta(days=1)), (gettext("今年"), date(today.year, 1, 1), today),
    )  # fmt: skip
    typed = question.first, question.last
    return [
        Preset(name, question.but(first=str(first), last=str(last)), typed == (str(first), str(last)))
        for name, first, last in spans
    ]
