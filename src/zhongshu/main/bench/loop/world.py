"""The city of the bench: the demo ground, a category without photos, and devices that act as officials."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from zhongshu.base.calendar import clock
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.dispatch import actions as dispatch
from zhongshu.engine.dispatch.models import Position, Shift
from zhongshu.main import demo
from zhongshu.main.bench.places import city
from zhongshu.main.demo import categories
from zhongshu.registers.catalogue import actions as catalogue
from zhongshu.registers.catalogue.rules import CategoryRow
from zhongshu.registers.people import actions as people
from zhongshu.registers.people.models import Account, Body
from zhongshu.registers.places import actions
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.models import Cell
from zhongshu.registers.places.rules.city import CellRow, City, RegionRow

SCENARIOS = Path(__file__).resolve().parent.parent / "scenarios"
CATEGORY = "9901"
OFFICERS, VERIFIERS = 24, 4
CELLS = 40_000
SPOTS = 200
"""Places where things happen. In a real city they happen again and again at the same ones."""


@dataclass(frozen=True, slots=True)
class World:
    """The keys of those who act (officers by account id), the places where things happen, and their body."""

    intake: str
    supervisor: str
    verifiers: tuple[str, ...]
    officers: dict[str, str]
    spots: list[tuple[float, float]]
    body: int
    viewer: str


def make(cells: int = 0) -> World:
    """Fill an empty database; everything through the product's own actions. The city has `cells` at least."""
    demo.load_ground()
    Shift.objects.all().delete()  # those of the demonstration have no keys: what was sent to them nobody would do
    at = clock.now() - timedelta(days=1)
    spots = list(Cell.objects.values_list("lon", "lat"))
    _more_cells(cells, at)
    cases.load_scenarios(SCENARIOS, by=SYSTEM, at=at)
    own = (
        CategoryRow("99", "测速", "Bench", "event", ""),
        CategoryRow(CATEGORY, "测速事件", "Bench", "event", "bench-event"),
    )
    catalogue.import_categories([*categories.ROWS, *own], by=SYSTEM, at=at)
    root = Body.objects.get(parent=None)
    body = people.found_body("测速处置队", "Bench team", "unit", parent=root, by=SYSTEM, at=at)
    dispatch.set_responsibility(CATEGORY[:2], places.root(), body, trust=1.0, by=SYSTEM, at=at)
    officers = [_device(f"bench-officer{n}", body, "handler") for n in range(OFFICERS)]
    for account, _ in officers:
        dispatch.begin_shift(account, places.root(), ends=at + timedelta(days=30), by=SYSTEM, at=at)
    _stand([account for account, _ in officers], spots)
    Random(2).shuffle(spots)
    return World(
        intake=_device("bench-intake", body, "integrator")[1],
        supervisor=_device("bench-supervisor", body, "supervisor")[1],
        verifiers=tuple(_device(f"bench-verifier{n}", body, "verifier")[1] for n in range(VERIFIERS)),
        officers={str(account.pk): key for account, key in officers},
        spots=spots[:SPOTS],
        body=body.pk,
        viewer="supervisor",
    )


def _more_cells(least: int, at: datetime) -> None:
    """Another district, outside the city's own ground, with what cells are lacking."""
    if (lacking := least - Cell.objects.count()) <= 0:
        return
    drawn = city.cells(lacking, west=124.0, district="990199")
    above = sorted({code[:length] for code, _ in drawn for length in (6, 9, 12)})
    cells = [
        CellRow(code, code, "", {"type": "Polygon", "coordinates": [ring]}, *_middle(ring)) for code, ring in drawn
    ]
    regions = tuple(RegionRow(code, code) for code in above)
    actions.load_city(City(regions=regions, cells=tuple(cells)), by=SYSTEM, at=at)


def _middle(ring: list[list[float]]) -> tuple[float, float]:
    return sum(lon for lon, _ in ring[1:]) / 4, sum(lat for _, lat in ring[1:]) / 4


def _device(login: str, body: Body, role: str) -> tuple[Account, str]:
    at = clock.now() - timedelta(days=1)
    account = Account.objects.create(login=login, name=login, kind="device", body=body, opened=at, password="!")
    people.give_grant(account, role, body=body if role == "handler" else None, by=SYSTEM, at=at)
    return account, people.issue_key(account, "bench", per_minute=10_000_000, by=SYSTEM, at=at)


def _stand(officers: list[Account], spots: list[tuple[float, float]]) -> None:
    random, at = Random(1), clock.now()
    Position.objects.bulk_create(
        Position(account=officer.pk, lon=lon, lat=lat, at=at)
        for officer in officers
        for lon, lat in [random.choice(spots)]
    )
