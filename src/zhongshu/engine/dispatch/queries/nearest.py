"""Which officers could go to a case now, nearest first."""

from datetime import datetime

from zhongshu.engine.dispatch.queries.officers import on_shift, roads
from zhongshu.engine.dispatch.rules import officers
from zhongshu.engine.dispatch.rules.officers import OfficerRanking
from zhongshu.engine.dispatch.rules.travel import Point
from zhongshu.registers.places import queries as places


def nearest(
    body: int, place: int, category: str, spot: tuple[float | None, float | None], at: datetime, k: int = 3
) -> OfficerRanking:
    """The `k` officers of a body on shift who are best placed for a case, and all who cannot go, each with why.

    `spot` is the case's longitude and latitude; without one, a point inside its place stands for it.
    """
    standing = on_shift(body, place, category, at)
    coming = officers.approaching(standing, point(place, *spot), roads()) if standing else ()
    return officers.rank(coming, at, wished=frozenset({category[:2]}), k=k)


def point(place: int, lon: float | None, lat: float | None) -> Point | None:
    """Where a case is: its own point, else one inside its place."""
    return places.inner_point(place) if lon is None or lat is None else (lon, lat)
