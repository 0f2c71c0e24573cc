"""What has been drawn: where each shape and line lies, in pixels from the upper left."""

from dataclasses import dataclass, replace

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Bounds:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower side."""
        return self.y + self.height

    @property
    def centre(self) -> Point:
        """Its middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def moved(self, dx: float, dy: float) -> "Bounds":
        """The same rectangle elsewhere."""
        return replace(self, x=self.x + dx, y=self.y + dy)


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn node or lane; `expanded` for sub-processes, `band` for lanes and pools; `label` if it is outside."""

    id: str
    bounds: Bounds
    label: Bounds | None = None
    expanded: bool = False
    band: bool = False

    def moved(self, dx: float, dy: float) -> "Shape":
        """The same shape elsewhere."""
        return replace(self, bounds=self.bounds.moved(dx, dy), label=self.label and self.label.moved(dx, dy))


@dataclass(frozen=True, slots=True)
class Edge:
    """A drawn link: its way points, from the border of its source to that of its target."""

    id: str
    points: tuple[Point, ...]
    label: Bounds | None = None

    def moved(self, dx: float, dy: float) -> "Edge":
        """The same line elsewhere."""
        points = tuple((x + dx, y + dy) for x, y in self.points)
        return replace(self, points=points, label=self.label and self.label.moved(dx, dy))


@dataclass(frozen=True, slots=True)
class Drawing:
    """All shapes, outer ones before what lies on them, and all lines."""

    shapes: tuple[Shape, ...] = ()
    edges: tuple[Edge, ...] = ()
