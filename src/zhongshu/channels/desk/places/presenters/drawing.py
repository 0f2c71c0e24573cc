"""A small map drawn as SVG paths: no script, no tiles, right in the page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

import msgspec

WIDE, TALL, EDGE = 1000.0, 720.0, 14.0
FINE = 0.6
"""Units of the drawing, a thousand wide: what is finer is not drawn."""
LETTER = 20.0
"""Units a character of a name takes at most."""
_DOT = 4.0


@dataclass(frozen=True, slots=True)
class Outline:
    """What is to be drawn: a GeoJSON geometry in degrees, how (a class of the style sheet), its name and its page."""

    geometry: Any
    style: str
    name: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """An SVG path and where its name stands; `name` is empty where there is no room for it."""

    path: str
    style: str
    title: str
    address: str
    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes in the order in which they are drawn, and how tall the drawing is."""

    shapes: tuple[Shape, ...]
    tall: int


def drawn(outlines: Sequence[Outline]) -> Drawing | None:
    """The outlines on one map, north up, scaled to fill it; None when there are none."""
    import shapely  # loads NumPy: not before the first map is asked for

    if not outlines:
        return None
    shapes = shapely.from_geojson([msgspec.json.encode(one.geometry) for one in outlines])
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    squeeze = cos(radians((south + north) / 2))
    scale = min(
        (WIDE - 2 * EDGE) / max((east - west) * squeeze, 1e-9), (TALL - 2 * EDGE) / max(north - south, 1e-9), 5e7
    )
    tall = (north - south) * scale + 2 * EDGE
    left = (WIDE - (east - west) * squeeze * scale) / 2

    def projected(degrees: Any) -> Any:
        return (degrees - (west, north)) * (squeeze * scale, -scale) + (left, EDGE)

    flat = shapely.simplify(shapely.transform(shapes, projected), FINE)
    return Drawing(tuple(map(_shape, flat, outlines)), round(max(tall, 80)))


def _shape(flat: Any, outline: Outline) -> Shape:
    at = flat.representative_point()
    west, _, east, _ = flat.bounds
    return Shape(
        path="".join(_paths(flat)), style=outline.style, title=outline.name, address=outline.address,
        name=outline.name if east - west > LETTER * len(outline.name) else "", x=round(at.x, 1), y=round(at.y, 1),
    )  # fmt: skip


def _paths(flat: Any) -> Iterable[str]:
    for part in getattr(flat, "geoms", [flat]):
        if part.geom_type == "Point":
            half = f"a{_DOT} {_DOT} 0 1 0"
            yield f"M{part.x - _DOT:.1f} {part.y:.1f}{half} {2 * _DOT} 0{half} {-2 * _DOT} 0Z"
        elif part.geom_type == "Polygon" and not part.is_empty:
            for ring in (part.exterior, *part.interiors):
                yield "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring.coords[:-1]) + "Z"
