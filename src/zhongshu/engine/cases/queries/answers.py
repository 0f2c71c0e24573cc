"""What bodies that were asked have answered, round by round: each body with its task."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec
from django.db import connection

from zhongshu.engine.cases.rules import asking
from zhongshu.engine.cases.rules.scenario import Scenario

State = Literal["open", "answered", "missing", "dropped"]

_ROWS = """
SELECT t.token, t.element, -t.pool, t.opened, t.due, t.closed, t.ending, t.assignee, t.urged, t.outcome::text,
       (SELECT (c.data #> ARRAY[t.element, 'asked'] @> to_jsonb(-t.pool)) FROM cases_case c WHERE c.id = t.case_id)
FROM cases_task t WHERE t.case_id = %s AND t.element = ANY(%s) ORDER BY t.element, t.token
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A body that was asked: its clock and its answer, in the terms of its form."""

    token: int
    element: str
    body: int
    opened: datetime
    due: datetime | None
    closed: datetime | None
    ending: str | None
    assignee: UUID | None
    urged: int
    outcome: dict[str, Any]
    wanted: bool

    @property
    def state(self) -> State:
        """`missing`: it was let go without an answer; `dropped`: it was asked no longer."""
        if self.ending is None:
            return "open"
        return "answered" if self.ending == "done" else "missing" if self.wanted else "dropped"

    def late(self, at: datetime) -> bool:
        """Whether it answered too late, or has not yet and is late."""
        return self.due is not None and (self.closed if self.state == "answered" and self.closed else at) > self.due


@dataclass(frozen=True, slots=True)
class Round:
    """A task that bodies were asked by, and all of them in the order they were asked."""

    element: str
    rows: tuple[Row, ...]

    @property
    def asked(self) -> int:
        """How many bodies are asked, those that were dropped apart."""
        return sum(row.state != "dropped" for row in self.rows)

    @property
    def came(self) -> int:
        """How many have answered."""
        return sum(row.state == "answered" for row in self.rows)

    @property
    def out(self) -> bool:
        """Whether any is still awaited."""
        return any(row.state == "open" for row in self.rows)


def elements(scenario: Scenario) -> list[str]:
    """The tasks of a scenario by which bodies are asked."""
    return [name for name in scenario.settings.tasks if asking.asks(scenario.net, scenario.settings, name)]


def rounds(case_id: UUID, scenario: Scenario) -> list[Round]:
    """Whom a case has asked, by task; none where its scenario asks nobody. One statement.

    A body that was asked again stands with its last task.
    """
    asking_tasks = elements(scenario)
    if not asking_tasks:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [case_id, asking_tasks])
        found = [_row(row) for row in cursor.fetchall()]
    return [Round(name, _last(row for row in found if row.element == name)) for name in asking_tasks
            if any(row.element == name for row in found)]  # fmt: skip


def _row(columns: Sequence[Any]) -> Row:
    *plain, outcome, wanted = columns
    rest: list[Any] = [*plain, msgspec.json.decode(outcome or "{}"), bool(wanted)]
    return Row(*rest)


def _last(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple({row.body: row for row in rows}.values())
