"""Our side: permits walked through the engine's own verbs, rights and journal entries included."""

from collections.abc import Iterable
from uuid import UUID

import uuid_utils.compat

from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.actions import Opened, Report
from zhongshu.main.bench.engine import walks
from zhongshu.main.bench.engine.walks import Step
from zhongshu.main.bench.engine.world import World


class Permit:
    """One permit on its way."""

    def __init__(self, world: World) -> None:
        self.world = world
        opened = _open(world)
        self.id: UUID = opened.case_id
        self.open = {task.element: task.token for task in opened.tasks}

    def do(self, step: Step) -> None:
        """Complete a task as whoever may."""
        element, outcome = step
        by, token = self.world.doers[element], self.open.pop(element)
        change = cases.complete(self.id, token, outcome, by=by, at=self.world.at)
        self.open |= {task.element: task.token for task in change.opened}


def walked(permits: Iterable[Permit]) -> None:
    """Take each permit through its whole life, one supplement included."""
    for permit in permits:
        for step in walks.walk():
            permit.do(step)


def _open(world: World) -> Opened:
    report = Report(
        key=f"bench-{uuid_utils.compat.uuid7()}", source="counter", category="", title="餐饮场所许可",
        text="新开办餐饮场所。", place=world.place, lon=None, lat=None, answers=dict(walks.APPLICATION),
    )  # fmt: skip
    return cases.open_case(world.scenario, report, by=SYSTEM, at=world.at)
