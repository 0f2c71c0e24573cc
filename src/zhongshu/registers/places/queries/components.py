"""Components around a point."""

from dataclasses import dataclass

from django.db import connection

from zhongshu.registers.places.rules.distance import box, metres

FURTHEST = 5_000.0
MOST = 500

# The box uses the GiST index on point(lon, lat); the order is that of a flat map, so that the limit keeps
# the nearest.
_NEAR = """
SELECT c.code, c.kind_id, k.minor, k.minor_en, c.name, c.name_en, c.lon, c.lat, c.cell_id, c.owner_body,
       c.status
FROM places_component c JOIN places_kind k ON k.code = c.kind_id
WHERE point(c.lon, c.lat) <@ box(point(%(west)s, %(south)s), point(%(east)s, %(north)s)) AND c.ended IS NULL
ORDER BY power((c.lon - %(lon)s) * cosd(%(lat)s), 2) + power(c.lat - %(lat)s, 2), c.code
LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class NearComponent:
    """A component, what it is called, whose it is and how many metres away; `name` is empty for most."""

    code: str
    kind: str
    kind_name: str
    kind_name_en: str
    name: str
    name_en: str
    lon: float
    lat: float
    cell: str
    owner_body: int | None
    status: str
    metres: float


def components_near(lon: float, lat: float, reach: float, limit: int = 50) -> tuple[NearComponent, ...]:
    """Components within `reach` metres (at most 5 km) of a point, nearest first; at most 500."""
    reach = min(reach, FURTHEST)
    west, south, east, north = box(lon, lat, reach)
    gaps = {"west": west, "south": south, "east": east, "north": north, "lon": lon, "lat": lat}
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, {**gaps, "limit": max(0, min(limit, MOST))})
        rows = cursor.fetchall()
    found = (NearComponent(*(*row, metres(lon, lat, row[6], row[7]))) for row in rows)
    return tuple(component for component in found if component.metres <= reach)
