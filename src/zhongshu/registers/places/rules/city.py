"""One row of each register, as it is read from a file or generated, before it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhongshu.registers.places.rules.codes import Level, level_of

Geometry = Mapping[str, Any]
"""A GeoJSON geometry in WGS-84."""


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A province, city, district, street or community; `lon`, `lat`: a point inside, where known."""

    code: str
    name: str
    name_en: str = ""
    boundary: Geometry | None = None
    lon: float | None = None
    lat: float | None = None

    @property
    def level(self) -> Level:
        """How fine the region is."""
        return level_of(self.code)


@dataclass(frozen=True, slots=True)
class CellRow:
    """A grid cell with its polygon and a point inside it."""

    code: str
    name: str
    name_en: str
    polygon: Geometry
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class KindRow:
    """A class of components: four digits (major, minor) and the names of both."""

    code: str
    major: str
    major_en: str
    minor: str
    minor_en: str


@dataclass(frozen=True, slots=True)
class ComponentRow:
    """One manhole cover, lamp or tree; `cell` is the code of the grid cell it stands in."""

    code: str
    cell: str
    lon: float
    lat: float
    name: str = ""
    name_en: str = ""
    owner_body: int | None = None
    status: str = "sound"


@dataclass(frozen=True, slots=True)
class RoadRow:
    """A named road; `lon`, `lat`: a point on it."""

    id: int
    name: str
    name_en: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class JunctionRow:
    """A node of the road graph."""

    id: int
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A piece of road between two junctions, passable both ways, `metres` long."""

    id: int
    road: int | None
    start: int
    end: int
    metres: float


@dataclass(frozen=True, slots=True)
class City:
    """Everything the registers of places hold about a city; regions stand after those that contain them."""

    regions: tuple[RegionRow, ...] = ()
    cells: tuple[CellRow, ...] = ()
    kinds: tuple[KindRow, ...] = ()
    components: tuple[ComponentRow, ...] = ()
    junctions: tuple[JunctionRow, ...] = ()
    roads: tuple[RoadRow, ...] = ()
    segments: tuple[SegmentRow, ...] = ()
