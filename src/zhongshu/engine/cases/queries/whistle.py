"""Whom whistles called to a case: how long each has, what it answered, what it was given for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from django.db import connection

from zhongshu.engine.cases.rules.whistle import ANSWER, NOT_OURS, Marks

State = Literal["open", "answered", "refused", "off", "ended"]

_CALLS = """
SELECT k.token, t.element, k.body, k.lead, k.at, t.due, t.claimed, t.closed, t.assignee, t.closed_by, t.ending, k.off,
       t.outcome::text, k.response, k.result, k.attitude, k.note, k.scored
FROM cases_call k JOIN cases_task t ON t.case_id = k.case_id AND t.token = k.token
WHERE k.case_id = %(case)s AND (%(token)s::int IS NULL OR k.token = %(token)s) ORDER BY k.at, k.token
"""


@dataclass(frozen=True, slots=True)
class Call:
    """A called body: its clock, its answer (`outcome` in the terms of its form), its marks."""

    token: int
    element: str
    body: int
    lead: bool
    at: datetime
    due: datetime | None
    claimed: datetime | None
    closed: datetime | None
    assignee: UUID | None
    closed_by: UUID | None
    ending: str | None
    off: datetime | None
    outcome: dict[str, Any]
    marks: Marks | None
    note: str
    scored: datetime | None

    @property
    def state(self) -> State:
        """`ended`: the rule of the scenario was met without it."""
        if self.ending is None:
            return "open"
        if self.ending == "done":
            return "refused" if self.outcome.get(ANSWER) == NOT_OURS else "answered"
        return "off" if self.off else "ended"

    @property
    def on_time(self) -> bool | None:
        """Whether it answered in time; None where it has not answered."""
        if self.ending != "done" or self.closed is None:
            return None
        return self.due is None or self.closed <= self.due

    @property
    def scorable(self) -> bool:
        """Whether it may be given marks: once it has answered, or was not heard of until the end."""
        return self.scored is None and self.state in ("answered", "refused", "ended")


def calls(case_id: UUID, token: int | None = None) -> list[Call]:
    """The bodies whistles called to a case, first called first; or the one whose task has this token."""
    with connection.cursor() as cursor:
        cursor.execute(_CALLS, {"case": case_id, "token": token})
        return [_call(row) for row in cursor.fetchall()]


def _call(row: tuple[Any, ...]) -> Call:
    *plain, outcome, response, result, attitude, note, scored = row
    marks = Marks(response, result, attitude) if scored else None
    rest: list[Any] = [msgspec.json.decode(outcome or "{}"), marks, note, scored]
    return Call(*plain, *rest)
