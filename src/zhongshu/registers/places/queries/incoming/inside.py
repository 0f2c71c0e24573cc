"""Whether what a file draws lies in the region that holds it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import connection

from zhongshu.base.http.refusals import Invalid
from zhongshu.registers.places.rules import codes
from zhongshu.registers.places.rules.overlaps import outside
from zhongshu.registers.places.rules.rows import BrokenRow

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry


def faults(found: Mapping[int, str], shapes: "Mapping[str, BaseGeometry]") -> list[BrokenRow]:
    """Of the codes by row, those drawn outside the nearest region above them whose outline is known, here or there."""
    drawn = {row: code for row, code in found.items() if code in shapes}
    holders = _outlines({prefix for code in drawn.values() for prefix in codes.prefixes(code)}) | dict(shapes)
    held = [(row, code, above) for row, code in drawn.items() if (above := _above(code, holders))]
    away = outside([shapes[code] for _, code, _ in held], [holders[above] for *_, above in held])
    return [BrokenRow(held[at][0], _fault(held[at][1], held[at][2], share)) for at, share in away]


def _above(code: str, holders: "Mapping[str, BaseGeometry]") -> str | None:
    return next((prefix for prefix in codes.prefixes(code) if prefix in holders), None)


def _outlines(wanted: set[str]) -> "dict[str, BaseGeometry]":
    import shapely

    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT code, boundary::text FROM places_region
               WHERE code = ANY(%s) AND boundary IS NOT NULL AND ended IS NULL""",
            [sorted(wanted)],
        )
        found = cursor.fetchall()
    return {code: shapely.from_geojson(boundary) for code, boundary in found}


def _fault(code: str, above: str, share: float) -> Invalid:
    return Invalid(
        "{code} 有 {percent}% 的面积在上级 {above} 之外；请核对边界、代码和坐标系。",
        field="geometry", code=code, above=above, percent=round(100 * share),
    )  # fmt: skip
