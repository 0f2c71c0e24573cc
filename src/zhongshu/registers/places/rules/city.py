"""One row of each register, as it is read from a file or generated, before it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from zhongshu.registers.places.rules.codes import Level, level_of

Geometry = Mapping[str, Any]
"""A GeoJSON geometry in WGS-84."""


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A province, city, district, street or community; `lon`, `lat`: a point inside, where known.

    Here, in cells and in components: `outline` is how it lies on the map, `said` all else that is told of it, and
    `filled` keeps what a file leaves blank as it was.
    """

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

    @property
    def outline(self) -> Geometry | None:
        return self.boundary

    @property
    def said(self) -> tuple[Any, ...]:
        return self.name, self.name_en

    def filled(self, was: "RegionRow") -> "RegionRow":
        drawn = self if self.boundary else replace(self, boundary=was.boundary, lon=was.lon, lat=was.lat)
        return replace(drawn, name_en=self.name_en or was.name_en)


@dataclass(frozen=True, slots=True)
class CellRow:
    """A grid cell with its polygon and a point inside it."""

    code: str
    name: str
    name_en: str
    polygon: Geometry
    lon: float
    lat: float

    @property
    def outline(self) -> Geometry:
        return self.polygon

    @property
    def said(self) -> tuple[Any, ...]:
        return self.name, self.name_en

    def filled(self, was: "CellRow") -> "CellRow":
        return replace(self, name_en=self.name_en or was.name_en)


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
    status: str = ""

    @property
    def outline(self) -> Geometry:
        return {"type": "Point", "coordinates": [self.lon, self.lat]}

    @property
    def said(self) -> tuple[Any, ...]:
        return self.name, self.name_en, self.owner_body, self.status

    def filled(self, was: "ComponentRow") -> "ComponentRow":
        return replace(
            self, name=self.name or was.name, name_en=self.name_en or was.name_en, status=self.status or was.status,
            owner_body=was.owner_body if self.owner_body is None else self.owner_body,
        )  # fmt: skip


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
