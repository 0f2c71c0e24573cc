"""Scenarios drawn for one story: a process, and settings that let the duty supervisor do every task."""

import json
from collections.abc import Mapping
from itertools import count
from typing import Any

from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.actions import rows
from zhongshu.engine.cases.models import Scenario as Stored
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.rules import scenario as rules
from zhongshu.engine.cases.rules.state import Held
from zhongshu.engine.processes.tests.drawing import drawn
from zhongshu.registers.places.models import Cell

PAGE = """
code = "{code}"
name = "一件事"
name_en = "A matter"
prefix = "YS"
process = "process.bpmn"
form = "form.json"
[case]
deadline = "5 working_days"
responsible = "null"
[phases]
open = {{ name = "办理中", name_en = "Open" }}
closed = {{ name = "已办结", name_en = "Closed" }}
"""
TASK = """
[tasks.{name}]
phase = "open"
name_en = "{name}"
{lines}
"""
POOL = 'pool = "district"\n'
USUAL = 'role = "supervisor"\ndeadline = "1 working_days"'
FORM = {
    "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "title": "一件事",
    "additionalProperties": False, "x-ui": {"title_en": "A matter"},
    "properties": {"description": {"type": "string", "title": "情况", "maxLength": 500, "x-ui": {"title_en": "What"}}},
}  # fmt: skip


def files(*elements: str, tasks: Mapping[str, str], code: str = "story", more: str = "") -> dict[str, str]:
    """The files of a scenario: the elements of its drawing, lines of settings for each task, and more lines."""
    pooled = {name: lines if "pool =" in lines else POOL + lines for name, lines in tasks.items()}
    written = "".join(TASK.format(name=name, lines=lines) for name, lines in pooled.items())
    return {
        "scenario.toml": PAGE.format(code=code) + written + more,
        "process.bpmn": drawn(*elements).decode(),
        "form.json": json.dumps(FORM),
    }


def compiled(*elements: str, tasks: Mapping[str, str], more: str = "", **others: str) -> rules.Scenario:
    """The scenario of these elements, compiled and kept nowhere; `others` are further files."""
    return rules.compile(1, files(*elements, tasks=tasks, more=more) | others)


_numbers = count(1)


class Matter:
    """A case of a scenario that exists for this story only."""

    def __init__(
        self, city: Any, *elements: str, tasks: tuple[str, ...], usual: str = USUAL, more: str = "", **others: str
    ) -> None:
        self.city, self.by = city, city.actor("supervisor")
        code = f"story-{next(_numbers)}"
        made = files(*elements, tasks=dict.fromkeys(tasks, usual), code=code, more=more) | others
        Stored.objects.create(code=code, version=1, digest=code, files=made, loaded=city.now)
        lon, lat = city.spot()
        cell = int(Cell.objects.order_by("code").values_list("code", flat=True)[0])
        report = cases.Report(code, "hotline", "1101", "一件事", "一件事", cell, lon, lat)
        self.id = cases.open_case(scenarios.version(code, 1), report, by=self.by, at=city.now).case_id

    @property
    def held(self) -> Held:
        """The case as it is now."""
        return rows.read_locked(self.id)

    @property
    def open(self) -> list[str]:
        """The elements of its open tasks."""
        return [task.element for task in self.held.tasks]

    def do(self, element: str, **answers: Any) -> None:
        """Complete a task as the supervisor."""
        token = next(task.token for task in self.held.tasks if task.element == element)
        cases.complete(self.id, token, answers, by=self.by, at=self.city.now)
