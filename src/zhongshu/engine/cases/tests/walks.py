"""A case of the demo city on its way: whoever may does the next task."""

from typing import Any

from django.db import connection

from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.actions import step
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.rules.checks import Position
from zhongshu.engine.cases.rules.state import Change, Held, OpenTask
from zhongshu.registers.people import queries as people

NORTH = 0.001
"""Degrees of latitude in about 111 metres."""


class Walk:
    """One case and short ways to move it; `changes` go to `city.report`."""

    def __init__(self, city: Any, **changes: Any) -> None:
        self.city = city
        self.opened = city.report(**changes)
        self.id = self.opened.case_id

    @property
    def held(self) -> Held:
        return self.city.held(self.id)

    @property
    def open(self) -> list[str]:
        """The elements of the open tasks."""
        return [task.element for task in self.held.tasks]

    @property
    def verbs(self) -> list[str]:
        return [entry.verb for entry in journal.trace("case", str(self.id))]

    def task(self, element: str) -> OpenTask:
        return next(task for task in self.held.tasks if task.element == element)

    def doer(self, element: str, seat: int = 0) -> Actor:
        """Who has the task; else somebody (the one in this seat) who may do it and has not handled the case."""
        held, task = self.held, self.task(element)
        if task.assignee:
            return self.actor(task.assignee)
        able = people.holders(task.role, step.reach_of_task(held, task), self.city.now).order_by("login")
        handled = held.data.get("handle", {}).get("by") if element == "verify" else None
        return self.actor(able.exclude(pk=handled)[seat].pk)

    def able(self, element: str) -> list[Actor]:
        """Everybody who holds the task's role over it, by login."""
        held, task = self.held, self.task(element)
        able = people.holders(task.role, step.reach_of_task(held, task), self.city.now).order_by("login")
        return [self.actor(account.pk) for account in able]

    def actor(self, account: Any) -> Actor:
        found = people.actor(account, self.city.now)
        assert found is not None
        return found

    def at_spot(self, north: float = 0.0) -> Position:
        held = self.held
        assert held.lon is not None and held.lat is not None
        return Position(held.lon, held.lat + north, self.city.now)

    def do(self, element: str, by: Actor | None = None, **answers: Any) -> Change:
        """Complete the task at the place, with a photo where its form asks for one."""
        by = by or self.doer(element)
        form = scenarios.of(self.held).forms.get(element)
        if form and "photos" in {field.name for field in form.fields}:
            answers.setdefault("photos", [self.city.photo(by)])
        position = self.at_spot()
        return cases.complete(self.id, self.task(element).token, answers, position=position, by=by, at=self.city.now)

    def rows(self, table: str, columns: str) -> list[tuple[Any, ...]]:
        """What a table keeps of the case."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM {table} WHERE case_id = %s ORDER BY 1", [self.id])
            return cursor.fetchall()
