"""The way of a patrol as its page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhongshu.channels.mobile.presenters import names
from zhongshu.engine.dispatch.models import Shift
from zhongshu.engine.dispatch.queries.tracks import Way
from zhongshu.registers.places import queries as places


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour of a way in words."""

    hour: datetime
    far: str
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A way: its shift, how far, through how many cells, hour by hour, and the line on the map (GeoJSON)."""

    shift: Shift
    far: str
    cells: int
    hours: list[Hour]
    line: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """A shift to choose; `far` is how far its way was."""

    shift: Shift
    far: str
    chosen: bool


def shown(way: Way) -> Shown:
    """A way as the page shows it."""
    called = places.names(way.cells)
    hours = [
        Hour(
            hour.hour,
            names.distance(hour.metres),
            [names.joined((called[cell],)) for cell in hour.cells if cell in called],
        )
        for hour in way.hours
    ]
    line = {"type": "MultiLineString", "coordinates": way.lines}
    return Shown(way.shift, names.distance(way.metres), len(way.cells), hours, line)


def shifts(found: Iterable[tuple[Shift, float]], chosen: int | None) -> list[Choice]:
    """The officer's shifts to choose from."""
    return [Choice(shift, names.distance(metres), shift.pk == chosen) for shift, metres in found]
