"""The figures of places in order, each said as it comes."""

import argparse
import json
import sys
import time
from collections.abc import Callable
from datetime import datetime
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import shapely

from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.main.bench import cpu, scratch
from zhongshu.main.bench.places import city
from zhongshu.registers.places import actions, queries
from zhongshu.registers.places.queries.spots import read_cells
from zhongshu.registers.places.rules.datum import Datum
from zhongshu.registers.places.rules.order import Order, Register

ROUNDS = 5
WHEN: dict[str, Any] = {"by": SYSTEM, "at": datetime(2026, 3, 2, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))}


def run(url: str, options: argparse.Namespace) -> dict[str, Any]:
    """Import in GCJ-02 (`import_s` elapsed, `import_cpu_s` with the database's), import of the same again, and the
    microseconds of `locate` against the floor: one bare query of shapely's STRtree for the polygon around a point.
    """
    with scratch.moved_to(url):
        found = city.cells(options.cells)
        regions, cells = (json.dumps(file).encode() for file in city.files(found))
        actions.import_regions(regions, **WHEN)
        order = Order(Register.CELLS, cells, Datum.GCJ02)
        figures = {"cells": len(found), "file_mb": round(len(cells) / 1e6, 1)}
        figures |= _timed("import", url, lambda: actions.take_in(order, **WHEN))
        figures |= _timed("again", url, lambda: actions.take_in(order, **WHEN))
        figures |= _located(list(read_cells().shapes), city.points(found, options.points))
    return _said(figures)


def _timed(name: str, url: str, work: Callable[[], object]) -> dict[str, float]:
    backends = cpu.backends(url)
    began, used, theirs = time.perf_counter(), time.process_time(), cpu.seconds(backends)
    work()
    spent = time.process_time() - used + cpu.seconds(backends) - theirs
    return _said({f"{name}_s": round(time.perf_counter() - began, 1), f"{name}_cpu_s": round(spent, 1)})


def _located(shapes: list[Any], points: list[tuple[float, float]]) -> dict[str, float]:
    """Both go over the same points in turns; the median round counts, in CPU of this process."""
    tree = shapely.STRtree(shapes)

    def bare(lon: float, lat: float) -> object:
        return tree.query(shapely.Point(lon, lat), predicate="intersects")

    began = time.process_time()
    queries.locate(*points[0])
    first = time.process_time() - began
    ours, floor = [], []
    for _ in range(ROUNDS):
        ours.append(_each(queries.locate, points))
        floor.append(_each(bare, points))
    locate, peer = median(ours), median(floor)
    return {
        "first_locate_s": round(first, 2), "locate_us": round(locate, 1), "strtree_us": round(peer, 1),
        "floor": round(locate / peer, 2), "inside": sum(queries.locate(*point) is not None for point in points),
    }  # fmt: skip


def _each(ask: Callable[[float, float], object], points: list[tuple[float, float]]) -> float:
    """Microseconds of CPU one question takes."""
    began = time.process_time()
    for lon, lat in points:
        ask(lon, lat)
    return (time.process_time() - began) * 1e6 / len(points)


def _said(figures: dict[str, Any]) -> dict[str, Any]:
    print(", ".join(f"{name} {value}" for name, value in figures.items()), file=sys.stderr, flush=True)
    return figures
