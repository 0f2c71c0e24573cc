"""A made-up city of any number of cells: a shaken lattice whose cells share their corners."""

from itertools import product
from math import ceil, sqrt
from random import Random
from typing import Any

WEST, SOUTH, STEP = 120.5, 29.5, 0.002
"""Degrees: cells are some 200 m wide."""
SHAKE = 0.3
A_COMMUNITY = 200
Cell = tuple[str, list[list[float]]]


def cells(number: int, seed: int = 40_000, west: float = WEST, district: str = "990101") -> list[Cell]:
    """(code, ring in degrees) of each cell of a district that begins at a longitude; the same for a seed."""
    random, side = Random(seed), ceil(sqrt(number))
    corner = {
        (x, y): [
            west + (x + random.uniform(-SHAKE, SHAKE)) * STEP, SOUTH + (y + random.uniform(-SHAKE, SHAKE)) * STEP
        ]
        for x, y in product(range(side + 1), repeat=2)
    }  # fmt: skip
    places = list(product(range(side), repeat=2))[:number]
    return [(_code(district, n), _ring(corner, x, y)) for n, (x, y) in enumerate(places)]


def _code(district: str, number: int) -> str:
    community, serial = divmod(number, A_COMMUNITY)
    street, within = divmod(community, 900)
    return f"{district}{street + 1:03}{within + 1:03}{serial + 1:03}"


def _ring(corner: dict[tuple[int, int], list[float]], x: int, y: int) -> list[list[float]]:
    around = (x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y)
    return [corner[at] for at in around]


def files(found: list[Cell]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The city as two FeatureCollections: its regions, and its cells."""
    above = sorted({code[:length] for code, _ in found for length in (6, 9, 12)})
    regions = [({"code": code, "name": f"区划{code}"}, None) for code in above]
    drawn = [
        ({"code": code, "name": f"网格{code}"}, {"type": "Polygon", "coordinates": [ring]}) for code, ring in found
    ]
    return _collection(regions), _collection(drawn)


def _collection(rows: list[Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": [{"properties": p, "geometry": g} for p, g in rows]}


def points(found: list[Cell], number: int, seed: int = 7) -> list[tuple[float, float]]:
    """Points all over the city and a little beyond."""
    random = Random(seed)
    every = [corner for _, ring in found for corner in ring]
    (west, east), (south, north) = ((min(axis), max(axis)) for axis in zip(*every, strict=True))
    return [(random.uniform(west - STEP, east + STEP), random.uniform(south, north)) for _ in range(number)]
