"""What can be done to the tasks that were ticked, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from zhongshu.base.http.refusals import Refusal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.desk.bulk.forms import Ticked
from zhongshu.channels.desk.inbox import presenters as inbox
from zhongshu.channels.desk.inbox.presenters import Item
from zhongshu.channels.presenters import names
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.queries.reach import reach_of
from zhongshu.engine.cases.rules import bulk, checks
from zhongshu.engine.cases.rules.bulk import Picked, Result
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.registers.people import queries as people

MOST_PEOPLE = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A ticked task, what its box sends, and who has it."""

    item: Item
    picked: Picked
    holder: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The ticked tasks and the verbs there are for them; `scenario` and `element` where one outcome can finish all."""

    lines: list[Line]
    claimable: bool
    releasable: bool
    able: list[tuple[str, str]]
    scenario: Scenario | None
    element: str
    task: str

    @property
    def verbs(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.claimable or self.releasable or self.able or self.scenario)


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a row: the task and why it was not done (nothing: it was)."""

    item: Item
    refusal: Refusal | None


def sheet(found: Ticked, actor: Actor, at: datetime) -> Sheet:
    """The page before anything is done."""
    rows = [row for _, row in found]
    called = people.names([str(row.assignee) for row in rows if row.assignee])
    items = inbox.items(rows, at, actor)
    lines = [
        Line(item, one, called.get(str(item.row.assignee or ""), ""))
        for item, (one, _) in zip(items, found, strict=True)
    ]
    scenario, element = shared(found)
    held = permissions.roles(actor, at)
    return Sheet(
        lines=lines,
        claimable=any(row.assignee is None and row.role in held for row in rows),
        releasable=any(str(row.assignee) == actor.id for row in rows),
        able=_colleagues(found, at) if permissions.holds_anywhere(actor, checks.OVER, at) else [],
        scenario=scenario if any(row.role in held or str(row.assignee) == actor.id for row in rows) else None,
        element=element,
        task=scenario.task_name(element, names.language()) if scenario else "",
    )


def shared(found: Ticked) -> tuple[Scenario | None, str]:
    """The scenario and element of the tasks, where one outcome can finish them all."""
    kinds = {(row.scenario, row.version, row.element) for _, row in found}
    if len(kinds) != 1:
        return None, ""
    (code, version, element) = kinds.pop()
    scenario = scenarios.version(code, version)
    try:
        bulk.outcome_shared(scenario, element)
    except Refusal:
        return None, ""
    return scenario, element


def _colleagues(found: Ticked, at: datetime) -> list[tuple[str, str]]:
    """Who holds the roles of these tasks where the first of them lies; each row is checked again when it is given."""
    if not found:
        return []
    (_, first), roles = found[0], {row.role for _, row in found}
    if len(roles) > 1:
        return []
    return names.people_of(people.holders(first.role, reach_of(first.place), at).order_by("name", "id")[:MOST_PEOPLE])


def told(found: Ticked, results: Sequence[Result], at: datetime) -> list[Told]:
    """The results in the order of the rows."""
    items = inbox.items([row for _, row in found], at)
    return [Told(item, result.refusal) for item, result in zip(items, results, strict=True)]
