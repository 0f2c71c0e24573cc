"""What is asked of the figures in a page's address."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Self
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.utils.dateparse import parse_date

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Absent, Invalid
from zhongshu.base.permissions.rules import Actor
from zhongshu.data.figures.queries import parts
from zhongshu.data.figures.rules import requests
from zhongshu.data.figures.rules.requests import Request, Whole
from zhongshu.registers.people.models import Account

USUAL = ("opened", "closed", "on_time")
USUAL_DAYS = 30
_PLAIN = ("group", "of", "officer", "category", "stage", "first", "last")


@dataclass(frozen=True, slots=True)
class Question:
    """The question as it was typed: kept whatever is wrong with it."""

    measures: tuple[str, ...] = USUAL
    group: str = "day"
    of: str = ""
    officer: str = ""
    category: str = ""
    stage: str = ""
    first: str = ""
    last: str = ""

    @classmethod
    def read(cls, sent: QueryDict, at: datetime) -> Self:
        """From an address; what is left out is the usual: the last thirty days of all one may see, by day."""
        today = at.astimezone(SHANGHAI).date()
        plain = {name: str(sent[name]).strip()[:40] for name in _PLAIN if sent.get(name)}
        usual = {"first": (today - timedelta(days=USUAL_DAYS - 1)).isoformat(), "last": today.isoformat()}
        chosen = tuple(sent.getlist("measure"))[: requests.MOST_MEASURES + 1] if "measure" in sent else USUAL
        return cls(measures=chosen, **(usual | plain))

    def but(self, **changes: str) -> str:
        """The address of the same question with something changed."""
        other = replace(self, **changes)  # type: ignore[arg-type]
        plain = [(name, said) for name in _PLAIN if (said := getattr(other, name))]
        return urlencode([*(("measure", code) for code in other.measures), *plain])

    def span(self) -> tuple[date, date]:
        """The period; Invalid when a day is none."""
        return _day(self.first, "first"), _day(self.last, "last")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that can be answered: the request, and the official it is of, if it is of one."""

    request: Request
    officer: Account | None = None


def asked(question: Question, by: Actor, at: datetime) -> Asked:
    """The question held against what there is and what the visitor may see; Invalid or Absent where it is not."""
    whole, officer = _whole(question, by, at)
    request = requests.asked(
        question.measures, question.group, whole, *question.span(), category=question.category, stage=question.stage
    )
    return Asked(request, officer)


def ancestor(text: str, by: Actor, at: datetime) -> int:
    """The place or body of an address, the visitor's own where none is given; Absent for a foreign or unknown one."""
    scope = parts.scope(by, at)
    key = whole_number(text) if text else parts.top(scope)
    if key is None or not parts.known(key) or not scope.covers(parts.reach(key)):
        raise Absent("没有这个范围的指标：请从清单中选择您负责的地点或单位。")
    return key


def whole_number(text: str) -> int | None:
    """A whole number of up to 15 digits; None when it is not one."""
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdecimal() and len(digits) <= 15 else None


def _whole(question: Question, by: Actor, at: datetime) -> tuple[Whole, Account | None]:
    if question.officer:
        found = parts.officer(_account(question.officer), parts.scope(by, at))
        if found is None:
            raise Absent("没有找到这名工作人员。")
        return found
    key = ancestor(question.of, by, at)
    return Whole("place" if key > 0 else "body", key), None


def _account(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Absent("没有找到这名工作人员。") from None


def _day(text: str, field: str) -> date:
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None or not 2000 <= found.year < 3000:
        raise Invalid("请填写真实的日期，例如 2026-12-01。", field=field)
    return found
