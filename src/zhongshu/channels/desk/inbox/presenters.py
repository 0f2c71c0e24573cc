"""Tasks as the inbox shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from zhongshu.base.approvals import queries as proposals
from zhongshu.base.approvals.doors import kinds
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.presenters import names
from zhongshu.engine.cases.actions.clocks import EXTEND, SUSPEND
from zhongshu.engine.cases.queries import scenarios, worklist
from zhongshu.engine.cases.rules import alarms
from zhongshu.engine.cases.rules.bulk import Picked
from zhongshu.registers.people import queries as people

MINE, LENT = "mine", "lent"


@dataclass(frozen=True, slots=True)
class Item:
    """A task in a list: the row and what is said of it; `hands`: who else has to do with it."""

    row: worklist.Row
    title: str
    task: str
    place: str
    urgency: str
    hands: str = ""

    @property
    def picked(self) -> Picked:
        """What its box sends when it is ticked."""
        return Picked(self.row.case_id, self.row.token, self.row.revision)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asked for on a case: its number, what it is, why and when."""

    number: str
    what: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Tab:
    """One list of the inbox; `count` ends at a page, then `more` says that there are others."""

    key: str
    name: str
    items: list[Item]

    @property
    def role(self) -> bool:
        """Whether it is what is offered to a role."""
        return self.key not in (MINE, LENT)

    @property
    def count(self) -> int:
        return len(self.items)

    @property
    def more(self) -> bool:
        return len(self.items) >= worklist.PAGE


def to_decide(actor: Actor, at: datetime) -> list[Asked]:
    """What was asked for on cases and waits for the actor's decision, oldest first."""
    found = proposals.waiting(actor, at, SUSPEND, EXTEND)
    return [Asked(one.body["number"], names.local(kinds[one.kind]), one.reason, one.proposed) for one in found]


def tabs(actor: Actor, at: datetime, mine_name: str) -> list[Tab]:
    """The actor's own tasks, then those offered to each role they hold that tasks wait for."""
    worked = {task.role for scenario in scenarios.all_newest() for task in scenario.settings.tasks.values()}
    held = sorted(permissions.roles(actor, at) & worked)
    offered = [Tab(role, names.role(role), items(worklist.offered(actor, role, at), at)) for role in held]
    lent = items(worklist.lent(actor), at, actor)
    away = [Tab(LENT, gettext("已委托"), lent)] if lent else []
    return [Tab(MINE, mine_name, items(worklist.mine(actor), at, actor)), *away, *offered]


def items(rows: Sequence[worklist.Row], at: datetime, actor: Actor | None = None) -> list[Item]:
    """The rows with their names; for an actor also for whom they do a task, or who does it for them."""
    lent = [row for row in rows if row.delegate]
    called = people.names([str(one) for row in lent for one in (row.assignee, row.delegate)]) if lent else {}
    return [_item(row, at, _hands(row, called, actor)) for row in rows]


def _hands(row: worklist.Row, called: Mapping[str, str], actor: Actor | None) -> str:
    if not row.delegate:
        return ""
    if actor and str(row.delegate) == actor.id:
        return gettext("受{who}委托").format(who=called.get(str(row.assignee), ""))
    return gettext("委托{who}").format(who=called.get(str(row.delegate), ""))


def _item(row: worklist.Row, at: datetime, hands: str) -> Item:
    scenario = scenarios.version(row.scenario, row.version)
    return Item(
        row=row,
        title=names.category(row.category, row.title),
        task=scenario.task_name(row.element, names.language()),
        place=names.place(row.place),
        urgency=alarms.urgency(row.opened, row.due, at, scenario.settings.alarms),
        hands=hands,
    )
