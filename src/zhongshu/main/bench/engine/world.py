"""The city of the bench: the demo ground, the permit, and an official for each of its seats."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from zhongshu.base.calendar import clock
from zhongshu.base.permissions.rules import SYSTEM, Actor
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.main import demo
from zhongshu.main.bench.engine import walks
from zhongshu.registers.people import actions as people
from zhongshu.registers.people import queries
from zhongshu.registers.people.models import Account, Body
from zhongshu.registers.places.models import Cell

SEATS = {
    "acceptor": ("take_in", "check", "supplement", "deliver"),
    "supervisor": ("accept", "legal"),
    "handler": ("fire", "environment", "planning"),
    "verifier": ("visit",),
    "leader": ("decide",),
}


@dataclass(frozen=True, slots=True)
class World:
    """The permit's scenario, who does each of its tasks, and where it is asked for."""

    scenario: Scenario
    doers: dict[str, Actor]
    place: int
    at: datetime


def make() -> World:
    """Fill an empty database; everything through the product's own actions."""
    demo.load_ground()
    return settle()


def settle() -> World:
    """The permit and its officials in a city that is there."""
    at = clock.now()
    cases.load_scenarios(walks.FOLDER, by=SYSTEM, at=at)
    doers = {task: official for role, tasks in SEATS.items() for official in [_official(role, at)] for task in tasks}
    cell = Cell.objects.order_by("code").values_list("code", flat=True)[0]
    return World(scenarios.newest("bench-permit"), doers, int(cell), at)


def _official(role: str, at: datetime) -> Actor:
    body = Body.objects.get(parent=None)
    since = at - timedelta(days=1)
    account = Account.objects.create(
        login=f"bench-{role}", name=role, kind="staff", body=body, opened=since, password="!"
    )
    people.give_grant(account, role, body=None, by=SYSTEM, at=since)
    found = queries.actor(account.pk, at)
    assert found is not None
    return found
