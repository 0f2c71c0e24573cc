"""The district of a replay: places, categories, bodies and two officials, made from what its events name."""

from dataclasses import dataclass
from datetime import datetime, time
from math import ceil, sqrt
from pathlib import Path

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.permissions.rules import SYSTEM, Actor, Grant
from zhongshu.engine.cases import actions as cases
from zhongshu.main import years
from zhongshu.main.replay.reading import Event, distinct
from zhongshu.registers.catalogue import actions as catalogue
from zhongshu.registers.catalogue.rules import CategoryRow
from zhongshu.registers.people import actions as people
from zhongshu.registers.places import actions as places
from zhongshu.registers.places.rules.city import CellRow, City, RegionRow

SCENARIOS = Path(__file__).resolve().parent.parent / "bench" / "scenarios"
SCENARIO = "bench-event"
CORNER = (114.30, 22.60)
SIDE = 0.01
"""Degrees: each community is one square cell of a lattice, for the file tells no coordinates."""
_ROLES = ("acceptor", "supervisor", "dispatcher", "handler", "verifier")


@dataclass(frozen=True, slots=True)
class World:
    """Where things are and who acts: community → inner point, category → code, body name → id."""

    points: dict[tuple[str, str], tuple[float, float]]
    codes: dict[tuple[str, str, str], str]
    bodies: dict[str, int]
    officer: Actor
    verifier: Actor


def make(events: list[Event]) -> World:
    """Fill an empty database with the district that these events tell of."""
    at = datetime.combine(events[0].day, time(0), SHANGHAI)
    years.keep(sorted({e.day.year for e in events} | {events[-1].day.year + 1}), at=at)
    cases.load_scenarios(SCENARIOS, by=SYSTEM, at=at)
    codes = _categories(events, at)
    points = _places(events, at)
    root = people.found_body("区政府", "District Government", "government", by=SYSTEM, at=at)
    bodies = {
        name: people.found_body(name, name, "unit", parent=root, by=SYSTEM, at=at).pk
        for name in distinct(e.body for e in events if e.body)
    }
    officer, verifier = (
        Actor(f"00000000-0000-7000-8000-00000000000{n}", name, "staff", root.pk, tuple(Grant(r) for r in _ROLES))
        for n, name in ((1, "经办人"), (2, "核查员"))
    )
    return World(points, codes, bodies, officer, verifier)


def _categories(events: list[Event], at: datetime) -> dict[tuple[str, str, str], str]:
    """Two digits for each level, in the order of first coming."""
    codes: dict[tuple[str, ...], str] = {}
    children: dict[tuple[str, ...], int] = {}
    for event in events:
        for depth in (1, 2, 3):
            path = event.category[:depth]
            if path not in codes:
                number = children[path[:-1]] = children.get(path[:-1], 0) + 1
                codes[path] = f"{codes.get(path[:-1], '')}{number:02d}"
    rows = [CategoryRow(code, path[-1], path[-1], "event", SCENARIO) for path, code in codes.items()]
    catalogue.import_categories(rows, by=SYSTEM, at=at)
    return {(path[0], path[1], path[2]): code for path, code in codes.items() if len(path) == 3}


def _places(events: list[Event], at: datetime) -> dict[tuple[str, str], tuple[float, float]]:
    regions = [RegionRow("99", "州"), RegionRow("9901", "市"), RegionRow("990101", "区")]
    cells: list[CellRow] = []
    points: dict[tuple[str, str], tuple[float, float]] = {}
    streets = distinct(e.street for e in events)
    communities = distinct(f"{e.street}\n{e.community}" for e in events)
    wide = ceil(sqrt(len(communities)))
    for number, street in enumerate(streets, 1):
        regions.append(RegionRow(f"990101{number:03d}", street))
    inside: dict[str, int] = {}
    for number, name in enumerate(communities):
        street, community = name.split("\n")
        inside[street] = inside.get(street, 0) + 1
        code = f"990101{streets.index(street) + 1:03d}{inside[street]:03d}"
        west, south = CORNER[0] + SIDE * (number % wide), CORNER[1] + SIDE * (number // wide)
        point = (west + SIDE / 2, south + SIDE / 2)
        regions.append(RegionRow(code, community, lon=point[0], lat=point[1]))
        cells.append(CellRow(f"{code}001", community, community, _square(west, south), *point))
        points[street, community] = point
    places.load_city(City(regions=tuple(regions), cells=tuple(cells)), by=SYSTEM, at=at)
    return points


def _square(west: float, south: float) -> dict[str, object]:
    east, north = west + SIDE, south + SIDE
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }
