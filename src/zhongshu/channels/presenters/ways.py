"""An officer's way as a page shows it (`partials/way.html`)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhongshu.channels.presenters import names
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


def shown(way: Way) -> Shown:
    """A way as the page shows it."""
    called = places.names(way.cells)
    hours = [
        Hour(hour.hour, names.distance(hour.metres), [names.joined((called[c],)) for c in hour.cells if c in called])
        for hour in way.hours
    ]
    line = {"type": "MultiLineString", "coordinates": way.lines}
    return Shown(way.shift, names.distance(way.metres), len(way.cells), hours, line)
