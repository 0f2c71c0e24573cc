"""The way of an officer on patrol: points a telephone took, put in order, and how far that was. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from zhongshu.base.http.refusals import Invalid
from zhongshu.registers.places.rules import distance

HOUR = timedelta(hours=1)
MOST_AT_ONCE = 500
"""Points of one sending: four hours at one every thirty seconds."""
COARSEST = 100.0
"""Metres: a point known less well says nothing of the way."""
FASTEST = 45.0
"""Metres a second (160 km/h): a jump faster than that is the device's error, not a way."""
LONGEST_GAP = timedelta(minutes=10)
"""Where nothing was heard for longer, the way between is not known and not counted."""


SAME = timedelta(seconds=30)


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """Where the officer was at a moment: WGS-84 degrees."""

    at: datetime
    lon: float
    lat: float


def read(rows: object, at: datetime) -> list[Point]:
    """The points of a sending: rows of [seconds ago, lon, lat, accuracy in metres]. Invalid when they are none.

    Points known too coarsely are left out. Seconds ago are told instead of moments, so that a telephone whose clock is
    wrong is right all the same.
    """
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_AT_ONCE:
        raise Invalid("轨迹一次须有 1 至 {most} 个点。", field="points", most=MOST_AT_ONCE)
    return sorted(point for row in rows if (point := _point(row, at)) is not None)


def _point(row: object, at: datetime) -> Point | None:
    if not isinstance(row, list) or len(row) != 4 or not all(_number(part) for part in row):
        raise Invalid("轨迹的点须写成四个数：多少秒之前、经度、纬度、误差（米）。", field="points")
    ago, lon, lat, accuracy = row
    if not (0 <= ago < 10**7 and -180 <= lon <= 180 and -90 <= lat <= 90):
        raise Invalid("轨迹的点超出范围：请核对时间和经纬度。", field="points")
    moment = (at - timedelta(seconds=ago)).replace(microsecond=0)
    return Point(moment, round(lon, 6), round(lat, 6)) if 0 <= accuracy <= COARSEST else None


def _number(part: object) -> bool:
    return isinstance(part, int | float) and not isinstance(part, bool) and part == part


def merged(known: Iterable[Point], new: Iterable[Point]) -> list[Point]:
    """All points in order. Sending the same again changes nothing: what was known is kept.

    The way through the network shifts a point by seconds, so the same place within half a minute is the same point.
    """
    found = {point.at: point for point in known}
    told: dict[tuple[float, float], list[datetime]] = {}
    for point in found.values():
        told.setdefault((point.lon, point.lat), []).append(point.at)
    for point in new:
        if not any(abs(point.at - moment) <= SAME for moment in told.get((point.lon, point.lat), ())):
            found.setdefault(point.at, point)
    return sorted(found.values())


def by_hour(points: Iterable[Point]) -> Mapping[datetime, list[Point]]:
    """The points by the full hour they lie in."""
    hours: dict[datetime, list[Point]] = {}
    for point in points:
        hours.setdefault(point.at.replace(minute=0, second=0, microsecond=0), []).append(point)
    return hours


def steps(points: Sequence[Point]) -> Iterator[tuple[Point, float]]:
    """Each point but the first that a way leads to, with the metres of that way; jumps and gaps lead nowhere."""
    for before, after in pairwise(points):
        if (metres := way(before, after)) is not None:
            yield after, metres


def way(before: Point, after: Point) -> float | None:
    """Metres from one point to the next; None where a jump or a long silence lies between."""
    seconds = (after.at - before.at).total_seconds()
    metres = distance.metres(before.lon, before.lat, after.lon, after.lat)
    return metres if 0 < seconds <= LONGEST_GAP.total_seconds() and metres / seconds <= FASTEST else None


def length(points: Sequence[Point]) -> float:
    """Metres of the way, as far as it is known."""
    return sum(metres for _, metres in steps(points))
