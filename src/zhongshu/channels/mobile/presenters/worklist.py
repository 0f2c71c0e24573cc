"""Tasks as the list shows them: where, how far, by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.roles import ROLES
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.presenters import names
from zhongshu.engine.cases.queries import scenarios, worklist
from zhongshu.engine.cases.rules import alarms
from zhongshu.engine.dispatch import queries as dispatch
from zhongshu.registers.places.rules import distance

READ, SHOWN = 200, 50
"""How many earliest-due tasks of each list are looked at, and how many of them, the nearest, are shown."""
STALE = timedelta(hours=8)
"""A position older than a shift says nothing about now."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where the officer was last."""

    lon: float
    lat: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Item:
    """A task in the list: the row and what is said of it. `metres` is None while either place is unknown."""

    row: worklist.Row
    title: str
    task: str
    phase: str
    place: str
    metres: float | None
    urgency: str

    @property
    def distance(self) -> str:
        """How far away, in words; empty when unknown."""
        return "" if self.metres is None else names.distance(self.metres)


@dataclass(frozen=True, slots=True)
class Section:
    """One list of tasks, nearest first; `more` when others are left out."""

    items: list[Item]
    more: bool


def roles(actor: Actor, at: datetime) -> list[str]:
    """The roles the actor holds whose tasks are done in the street, handling before verifying."""
    worked = {task.role for scenario in scenarios.all_newest() for task in scenario.settings.tasks.values()}
    held = permissions.roles(actor, at) & worked
    return [code for code, role in ROLES.items() if code in held and "mobile.open" in role.permissions]


def stand(actor: Actor, at: datetime) -> Stand | None:
    """Where the actor was last, if that was within a shift's time."""
    found = dispatch.positions([actor.id]).get(actor.id)
    return Stand(*found) if found and at - found[2] <= STALE else None


def mine(actor: Actor, wanted: str, here: Stand | None, at: datetime) -> Section:
    """The actor's own tasks; of one role when `wanted` names it."""
    rows = [row for row in worklist.mine(actor, READ) if wanted in ("", row.role)]
    return _section(rows, here, at)


def offered(actor: Actor, wanted: Iterable[str], here: Stand | None, at: datetime) -> Section:
    """The tasks open to anyone in these roles."""
    rows = [row for role in wanted for row in worklist.offered(actor, role, at, READ)]
    return _section(rows, here, at)


def _section(rows: list[worklist.Row], here: Stand | None, at: datetime) -> Section:
    items = [_item(row, here, at) for row in rows]
    items.sort(key=_nearness if here else _urgency)
    return Section(items[:SHOWN], len(items) > SHOWN)


def _nearness(item: Item) -> tuple[bool, float]:
    return item.metres is None, item.metres or 0.0


def _urgency(item: Item) -> tuple[bool, float]:
    due = item.row.due
    return due is None, due.timestamp() if due else 0.0


def _item(row: worklist.Row, here: Stand | None, at: datetime) -> Item:
    scenario = scenarios.version(row.scenario, row.version)
    return Item(
        row=row,
        title=names.category(row.category, row.title),
        task=scenario.task_name(row.element, names.language()),
        phase=scenario.phase_name(row.phase, names.language()),
        place=row.address or names.place(row.place),
        metres=_metres(row, here),
        urgency=alarms.urgency(row.opened, row.due, at, scenario.settings.alarms),
    )


def _metres(row: worklist.Row, here: Stand | None) -> float | None:
    if here is None or row.lon is None or row.lat is None:
        return None
    return distance.metres(here.lon, here.lat, row.lon, row.lat)
