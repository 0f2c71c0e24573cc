"""The signatures that were asked for in a case."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from django.db import connection

State = Literal["open", "signed", "off", "ended"]

_SIGNATURES = """
SELECT s.token, s.task, s.account, s.body, s.question, s.asked, s.asker, t.due, t.assignee, t.closed, t.closed_by,
       t.ending, t.outcome::text, s.reminded, s.off, s.reply
FROM cases_signature s JOIN cases_task t ON t.case_id = s.case_id AND t.token = s.token
WHERE s.case_id = %(case)s AND (%(token)s::int IS NULL OR s.token = %(token)s) ORDER BY s.token
"""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature: asked of `account` or of a `body`, about what, and what was answered (`outcome`, of the form)."""

    token: int
    task: int
    account: UUID | None
    body: int | None
    question: str
    asked: datetime
    asker: UUID
    due: datetime | None
    assignee: UUID | None
    closed: datetime | None
    closed_by: UUID | None
    ending: str | None
    outcome: dict[str, Any]
    reminded: datetime | None
    off: datetime | None
    reply: str

    @property
    def state(self) -> State:
        """`ended`: the task it was asked for was withdrawn or went back."""
        if self.ending is None:
            return "open"
        if self.ending == "done":
            return "signed"
        return "off" if self.off else "ended"


def signatures(case_id: UUID, token: int | None = None) -> list[Signature]:
    """Those of a case, first asked first; or the one with this token."""
    with connection.cursor() as cursor:
        cursor.execute(_SIGNATURES, {"case": case_id, "token": token})
        return [_signature(row) for row in cursor.fetchall()]


def signature(case_id: UUID, token: int) -> Signature | None:
    """The signature with this token; None where there is none."""
    return next(iter(signatures(case_id, token)), None)


def _signature(row: tuple[Any, ...]) -> Signature:
    *plain, outcome, reminded, off, reply = row
    rest: list[Any] = [msgspec.json.decode(outcome or "{}"), reminded, off, reply]
    return Signature(*plain, *rest)
