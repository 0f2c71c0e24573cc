"""Taking in whole sets of rows that are known to be sound."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import connection, models, transaction

from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.places.models import Cell, Component, Junction, Kind, Region, Road, Segment, Status
from zhongshu.registers.places.queries.edition import SUBJECT, forget
from zhongshu.registers.places.rules.city import CellRow, City, ComponentRow, RegionRow, SegmentRow

# The parent of a region is the finest standing region whose code begins its own: some cities have no districts.
_LINK = """
UPDATE places_region r SET parent_id = p.parent FROM (
    SELECT c.code, (
        SELECT a.code FROM places_region a
        WHERE a.code IN (left(c.code, 2), left(c.code, 4), left(c.code, 6), left(c.code, 9))
          AND a.code < c.code AND a.ended IS NULL
        ORDER BY a.level DESC LIMIT 1
    ) AS parent FROM places_region c WHERE c.code LIKE ANY (%s::text[]) AND c.ended IS NULL
) p WHERE r.code = p.code AND r.parent_id IS DISTINCT FROM p.parent
"""


@transaction.atomic
def load_city(city: City, *, by: Actor, at: datetime) -> None:
    """Store everything of a city at once; what is there under the same code or id is replaced."""
    write(city)
    counts = {name: len(rows) for name in city.__slots__ if (rows := getattr(city, name))}
    record("places.city_loaded", counts, by=by, at=at)


def write(city: City) -> None:
    """Write the rows in the caller's transaction, which owes an entry (`record`); what had ended stands again."""
    _replace(Region, [_region(row) for row in city.regions], keep=("parent",))
    link(row.code for row in city.regions)
    _replace(Cell, [_cell(row) for row in city.cells])
    _replace(Kind, [Kind(k.code, k.major, k.major_en, k.minor, k.minor_en) for k in city.kinds])
    _replace(Component, [_component(row) for row in city.components])
    _replace(Junction, [Junction(j.id, j.lon, j.lat) for j in city.junctions])
    _replace(Road, [Road(r.id, r.name, r.name_en, r.lon, r.lat) for r in city.roads])
    _replace(Segment, [_segment(row) for row in city.segments])


def record(verb: str, body: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """One entry under the edition of places; memory kept of places is forgotten."""
    journal.record(subject=SUBJECT, verb=verb, by=by, at=at, body=body)
    forget()
    transaction.on_commit(partial(forget))


def _replace(table: type[models.Model], rows: list[Any], keep: tuple[str, ...] = ()) -> None:
    fields = [field.name for field in table._meta.local_fields if not field.primary_key]
    table._default_manager.bulk_create(
        rows,
        batch_size=2_000,
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=[name for name in fields if name not in keep],
    )


def link(changed: Iterable[str]) -> None:
    """Hang every region of the provinces in which codes have changed under the nearest that stands above it."""
    roots = sorted({f"{code[:2]}%" for code in changed})
    with connection.cursor() as cursor:
        cursor.execute(_LINK, [roots])


def _region(row: RegionRow) -> Region:
    return Region(
        code=row.code,
        name=row.name,
        name_en=row.name_en,
        level=row.level,
        boundary=row.boundary,
        lon=row.lon,
        lat=row.lat,
    )


def _cell(row: CellRow) -> Cell:
    return Cell(
        code=row.code,
        community_id=row.code[:12],
        name=row.name,
        name_en=row.name_en,
        polygon=row.polygon,
        lon=row.lon,
        lat=row.lat,
    )


def _component(row: ComponentRow) -> Component:
    return Component(
        code=row.code,
        kind_id=row.code[6:10],
        cell_id=row.cell,
        name=row.name,
        name_en=row.name_en,
        lon=row.lon,
        lat=row.lat,
        owner_body=row.owner_body,
        status=row.status or Status.SOUND,
    )


def _segment(row: SegmentRow) -> Segment:
    return Segment(id=row.id, road_id=row.road, start_id=row.start, end_id=row.end, metres=row.metres)
