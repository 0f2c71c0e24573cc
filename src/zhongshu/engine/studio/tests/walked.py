"""Walks a case of a pattern through the engine: whoever may do a task does it, with answers its form takes."""

from datetime import datetime
from pathlib import Path
from typing import Any

from zhongshu.base.journal import caches
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.actions import rows
from zhongshu.engine.cases.models import Scenario as Stored
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.starting import Start
from zhongshu.engine.cases.rules.state import Held, OpenTask
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Grant

FOLDER = Path(__file__).parents[1] / "patterns"
CODES = sorted(page.parent.name for page in FOLDER.glob("*/scenario.toml"))


def files(code: str) -> dict[str, str]:
    """The files of a pattern: name → text."""
    found = sorted(path for path in (FOLDER / code).rglob("*") if path.is_file())
    return {path.relative_to(FOLDER / code).as_posix(): path.read_text("utf-8") for path in found}


def loaded(code: str, at: datetime) -> Scenario:
    """A scenario of the city; a pattern of that code becomes one for the rest of the test."""
    if not scenarios.newest_number(code):
        Stored.objects.create(code=code, version=1, digest=code, files=files(code), loaded=at)
        caches.forget_all()
        scenarios.version.cache_clear()
    return scenarios.newest(code)


def bureaus(number: int) -> list[int]:
    """So many bodies that have people of their own to answer."""
    crews = Grant.objects.filter(role="handler", body__ended=None).order_by("body").distinct()
    return list(crews.values_list("body", flat=True)[:number])


class Walk:
    """A case of a pattern, started by an official or by an applicant."""

    def __init__(self, city: Any, code: str, login: str = "supervisor", **answers: Any) -> None:
        self.city, self.by, self.at = city, city.actor(login), city.now
        self.scenario = loaded(code, city.now)
        starter = "official" if self.by.kind == "staff" else "applicant"
        given = {"subject": "夜间施工怎么管", "description": "请按附件办理。"} | answers
        self.id = cases.start(self.scenario, Start("walked-once", starter, given), by=self.by, at=self.at).case_id

    @property
    def held(self) -> Held:
        return rows.read_locked(self.id)

    @property
    def open(self) -> list[str]:
        return [task.element for task in self.held.tasks]

    def task(self, element: str, body: int | None = None) -> OpenTask:
        waiting = [task for task in self.held.tasks if task.element == element]
        return next(task for task in waiting if body is None or task.pool == -body)

    def doers(self, task: OpenTask) -> list[Any]:
        """Whom it is with, else all who hold its role where it is offered."""
        if task.assignee:
            return [people.actor(task.assignee, self.at)]
        over = people.reach(-task.pool) if task.pool < 0 else self.held.reach
        holders = people.holders(task.role, over, self.at).order_by("login")
        return [people.actor(account.pk, self.at) for account in holders]

    def do(self, element: str, body: int | None = None, /, **answers: Any) -> "Walk":
        """Somebody who may completes a task; who did what must be another person's does not."""
        task = self.task(element, body)
        apart = [self.held.data.get(other, {}).get("by") for other in self.scenario.settings.tasks[element].apart]
        by = next(each for each in self.doers(task) if each.id not in apart)
        cases.complete(self.id, task.token, answers, by=by, at=self.at)
        return self

    def until(self, at: datetime) -> int:
        """Let time pass; how many timers rang."""
        self.at = at
        return cases.fire_due_timers(at)

    @property
    def ended(self) -> str:
        """The phase of a case that is over; empty while it is under way."""
        held = self.held
        return held.phase if held.closed else ""
