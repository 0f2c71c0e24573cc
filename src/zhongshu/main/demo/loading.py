"""Filling an empty database with the demo city."""

from datetime import datetime, timedelta
from random import Random

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from zhongshu.base.calendar import clock
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.dispatch.models import Position, Responsibility, Shift
from zhongshu.main import years
from zhongshu.main.demo import bodies as plans
from zhongshu.main.demo import categories, geography, mandates, past, persons
from zhongshu.main.demo.accounts import PASSWORD
from zhongshu.main.demo.staff import StaffPlan, staff
from zhongshu.registers.catalogue import actions as catalogue
from zhongshu.registers.people import actions as people
from zhongshu.registers.people.models import Account, Body, CellOfficer, Grant
from zhongshu.registers.places import actions as places
from zhongshu.registers.places.rules.city import City

SEED = 9901
SHIFT = timedelta(days=365)
HISTORY = 120
"""Cases the demo city begins with."""
FOUNDED = timedelta(days=30)
"""How long ago the city was set up, so that its officials were in office when its events happened."""


def load() -> None:
    """The whole demo: ground, people, who acts for whom, and two weeks of events."""
    load_ground()
    mandates.give(clock.now())
    past.play(HISTORY, Random(SEED), clock.now())
    persons.look(clock.now())


@transaction.atomic
def load_ground() -> None:
    """The demo without events: places, calendar, categories, scenarios, bodies, people on shift, responsibilities."""
    at, random = clock.now() - FOUNDED, Random(SEED)
    city = geography.city(SEED)
    places.load_city(city, by=SYSTEM, at=at)
    years.keep(range(at.year - 1, clock.now().year + 2), at=at)
    cases.load_scenarios(settings.SCENARIOS, by=SYSTEM, at=at)
    catalogue.import_categories(categories.ROWS, by=SYSTEM, at=at)
    founded = _found(city, at)
    _employ(staff(plans.bodies(city.regions), city.regions, random), founded, city, random, at)
    _write_down(city, founded, at)
    persons.settle(at)


def _found(city: City, at: datetime) -> dict[str, Body]:
    found: dict[str, Body] = {}
    for plan in plans.bodies(city.regions):
        found[plan.key] = people.found_body(
            plan.name, plan.name_en, plan.kind, parent=found.get(plan.parent), place=plan.place, by=SYSTEM, at=at
        )  # fmt: skip
    return found


def _employ(employed: list[StaffPlan], founded: dict[str, Body], city: City, random: Random, at: datetime) -> None:
    """Accounts, grants, shifts and places in bulk, with one entry that says how many."""
    secret = make_password(PASSWORD)
    accounts = {
        plan.login: Account(
            login=plan.login, name=plan.name, kind="staff", body=founded[plan.body], opened=at, password=secret
        )
        for plan in employed
    }  # fmt: skip
    Account.objects.bulk_create(accounts.values())
    Grant.objects.bulk_create(
        Grant(
            account=accounts[p.login], role=role, body=founded[body] if body else None, place=place, starts=at,
            given_by=SYSTEM.id,
        )
        for p in employed for role, body, place in p.grants
    )  # fmt: skip
    on_duty = [plan for plan in employed if plan.shift is not None]
    Shift.objects.bulk_create(
        Shift(account=accounts[p.login].pk, place=p.shift or 0, skills=list(p.skills), starts=at, ends=at + SHIFT)
        for p in on_duty
    )
    Position.objects.bulk_create(_stand(accounts[p.login], p.shift or 0, city, random) for p in on_duty)
    _appoint(accounts, employed, city, at)
    journal.record(
        subject=("bodies", "tree"),
        verb="people.staff_loaded",
        by=SYSTEM,
        at=at,
        body={"accounts": len(accounts)},
    )


def _stand(account: Account, place: int, city: City, random: Random) -> Position:
    cell = random.choice([c for c in city.cells if c.code.startswith(str(place))] or city.cells)
    return Position(account=account.pk, lon=cell.lon, lat=cell.lat, at=clock.now())


def _appoint(accounts: dict[str, Account], employed: list[StaffPlan], city: City, at: datetime) -> None:
    """Every cell gets the grid officers of its street in turn."""
    of_street: dict[str, list[Account]] = {}
    for plan in employed:
        if plan.login.startswith("grid"):
            of_street.setdefault(plan.body, []).append(accounts[plan.login])
    CellOfficer.objects.bulk_create(
        CellOfficer(cell=cell.code, account=crew[number % len(crew)], starts=at)
        for number, cell in enumerate(city.cells) if (crew := of_street.get(cell.code[:9]))
    )  # fmt: skip


def _write_down(city: City, founded: dict[str, Body], at: datetime) -> None:
    """The responsibility table, street by street."""
    rows = [
        Responsibility(
            category=category, place=int(row.code), starts=at,
            body=founded[whose.format(street=row.code, district=row.code[:6])].pk,
        )
        for row in city.regions if len(row.code) == 9 for category, whose in plans.RESPONSIBLE
    ]  # fmt: skip
    Responsibility.objects.bulk_create(rows)
    journal.record(
        subject=("responsibility", "table"), verb="dispatch.responsibilities_loaded", by=SYSTEM, at=at,
        body={"rows": len(rows)},
    )  # fmt: skip
