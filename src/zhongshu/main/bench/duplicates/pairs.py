"""The pairs that are judged: drawn from the reports in `reports/`, always the same ones."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import cos, radians
from pathlib import Path
from random import Random

from zhongshu.engine.cases.rules import duplicates
from zhongshu.registers.places.rules import distance

HALVES = ("choosing", "held_out")
"""Constants are chosen on the first; the second only measures."""
DRAWN = 50
"""True pairs of a half, and as many false ones."""

_SPOT = (121.0, 29.9)
_FOLDER = Path(__file__).with_name("reports")


@dataclass(frozen=True, slots=True)
class Report:
    """Where (longitude, latitude in degrees) and what somebody told."""

    point: tuple[float, float]
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports of one category within fifty metres, and whether they tell of the same thing."""

    one: Report
    other: Report
    same: bool

    @property
    def likeness(self) -> duplicates.Likeness:
        """What the platform makes of them."""
        return duplicates.likeness(self.one.point, self.one.text, self.other.point, self.other.text)


def every(half: str) -> list[Pair]:
    """Every pair within reach that the reports of a half make, spot by spot."""
    found = (pair for spot in _spots(half) for pair in _pairs(spot))
    return [pair for pair in found if pair.likeness.metres <= duplicates.REACH]


def drawn(half: str) -> list[Pair]:
    """As many true pairs of a half as false ones, by lot; the lot always falls the same way."""
    found, lot = every(half), Random(half)
    return [pair for same in (True, False) for pair in lot.sample([p for p in found if p.same is same], DRAWN)]


def _spots(half: str) -> Iterator[list[list[Report]]]:
    """The reports of each spot, thing by thing."""
    for spot in tomllib.loads((_FOLDER / f"{half}.toml").read_text("utf-8"))["spot"]:
        yield [[_report(*row) for row in incident["reports"]] for incident in spot["incident"]]


def _report(east: float, north: float, text: str) -> Report:
    lon, lat = _SPOT
    wide = distance.METRES_PER_DEGREE * cos(radians(lat))
    return Report((lon + east / wide, lat + north / distance.METRES_PER_DEGREE), text)


def _pairs(things: list[list[Report]]) -> Iterator[Pair]:
    for reports in things:
        yield from (Pair(one, other, True) for one, other in combinations(reports, 2))
    for here, there in combinations(things, 2):
        yield from (Pair(one, other, False) for one in here for other in there)
