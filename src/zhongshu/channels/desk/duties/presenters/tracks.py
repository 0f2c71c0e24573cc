"""An officer's way as the page of who plans the rosters shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from zhongshu.channels.desk.presenters import names
from zhongshu.engine.dispatch.models import Shift
from zhongshu.engine.dispatch.queries.tracks import Way
from zhongshu.registers.people import queries as people
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


def officer(shift: Shift) -> str:
    """Whose shift it is."""
    account = str(shift.account)
    return people.names([account]).get(account, "")


def shown(way: Way) -> Shown:
    """A way as the page shows it."""
    called = places.names(way.cells)
    hours = [
        Hour(hour.hour, _far(hour.metres), [names.joined((called[cell],)) for cell in hour.cells if cell in called])
        for hour in way.hours
    ]
    line = {"type": "MultiLineString", "coordinates": way.lines}
    return Shown(way.shift, _far(way.metres), len(way.cells), hours, line)


def _far(metres: float) -> str:
    return gettext("{n} 公里").format(n=f"{metres / 1_000:.1f}")
