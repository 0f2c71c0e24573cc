"""What applicants were asked to add, and what came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from zhongshu.base.calendar import queries as calendar
from zhongshu.base.calendar import rules as deadlines
from zhongshu.base.calendar.rules import Term
from zhongshu.engine.cases.models import Contact
from zhongshu.engine.cases.rules import supplement as rules
from zhongshu.engine.cases.rules.settings import SupplementSettings
from zhongshu.engine.cases.rules.supplement import Answer, Item


@dataclass(frozen=True, slots=True)
class Supplement:
    """One list: what was asked from which task, of whom, by whom, until when; what came, or how else it ended."""

    number: int
    token: int
    contact: UUID
    items: tuple[Item, ...]
    law: str
    actor: UUID
    at: datetime
    due: datetime
    ended: datetime | None
    ending: str | None
    answers: tuple[Answer, ...]

    @property
    def waiting(self) -> bool:
        """Whether the applicant is waited for."""
        return self.ended is None

    @property
    def pairs(self) -> list[tuple[Item, Answer | None]]:
        """Each item with what came for it."""
        return [(item, self.answers[n] if n < len(self.answers) else None) for n, item in enumerate(self.items)]


_OF_CASE = """
SELECT number, token, contact, items::text, law, actor, at, due, ended, ending, coalesce(answers, '[]')::text
FROM cases_supplement WHERE case_id = %s ORDER BY number
"""
_DUE = "SELECT case_id FROM cases_supplement WHERE ended IS NULL AND due < %s ORDER BY due LIMIT %s"


def of_case(case_id: UUID) -> list[Supplement]:
    """Every list of a case, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_CASE, [case_id])
        return [_read(row) for row in cursor.fetchall()]


def waiting(case_id: UUID) -> Supplement | None:
    """The list that waits for the applicant, if one does."""
    return next((one for one in of_case(case_id) if one.waiting), None)


def askable(
    settings: SupplementSettings | None, element: str, before: Sequence[Supplement], opened: datetime, told: Contact,
    at: datetime,
) -> tuple[SupplementSettings, str]:  # fmt: skip
    """The settings, and the law that allows asking again (empty the first time); else a refusal says why the applicant
    (`told`) of a case `opened` then, asked `before`, cannot be asked from this task.
    """
    ends = [one.ended for one in before]
    found, law = rules.askable(settings, element, ends, opened, calendar.working_days(), at)
    rules.reachable(told.account, told.phone)
    return found, law


def end_of(term: Term, start: datetime) -> datetime:
    """When a term ends, by the calendar of working days."""
    return deadlines.due(start, term, calendar.working_days()).at


def overdue(at: datetime, limit: int) -> list[UUID]:
    """Cases whose applicant has let the time pass, longest first."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [at, limit])
        return [case_id for (case_id,) in cursor.fetchall()]


def _read(row: tuple[Any, ...]) -> Supplement:
    number, token, contact, items, law, actor, at, due, ended, ending, answers = row
    return Supplement(
        number, token, contact, msgspec.json.decode(items, type=tuple[Item, ...]), law, actor, at, due, ended, ending,
        msgspec.json.decode(answers, type=tuple[Answer, ...]),
    )  # fmt: skip
