"""Officers on shift as the desk shows them, on its map and in its list."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.permissions.rules import Scope
from zhongshu.channels.presenters import names
from zhongshu.engine.dispatch.queries import crew
from zhongshu.engine.dispatch.queries.crew import Officer


@dataclass(frozen=True, slots=True)
class Shown:
    """An officer with the names of body and place, and whether the position still says where they are."""

    officer: Officer
    body: str
    place: str
    fresh: bool


def on_shift(scope: Scope, at: datetime) -> list[Shown]:
    """The officers on shift in a scope, by name; one statement."""
    body, place = cache(names.body), cache(names.place)
    return [Shown(one, body(one.body), place(one.place), one.fresh(at)) for one in crew.crew(scope, at)]


def points(shown: list[Shown]) -> list[dict[str, Any]]:
    """The same for the map: those who have said where they are. Nothing in it grows old by itself but `fresh`."""
    return [
        {
            "id": one.officer.account, "name": one.officer.name, "body": one.body, "load": one.officer.load,
            "lon": one.officer.lon, "lat": one.officer.lat, "fresh": one.fresh,
            "seen": f"{one.officer.seen.astimezone(SHANGHAI):%H:%M}",
        }
        for one in shown if one.officer.seen is not None
    ]  # fmt: skip
