"""Which polygons lie over each other."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from zhongshu.registers.places.rules.distance import METRES_PER_DEGREE

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

TOLERATED = 20.0
"""Square metres two cells may share: what drawing by hand along the same kerb leaves."""


OUTSIDE = 0.05
"""Share of its area a place may have outside the one that holds it: their outlines come from different hands."""


def overlapping(
    shapes: "Sequence[BaseGeometry]", others: "Sequence[BaseGeometry]" = ()
) -> list[tuple[int, int, float]]:
    """Pairs (i, j, square metres) of shapes that share ground, i < j; `others` are counted after shapes."""
    import numpy as np
    import shapely

    every: Any = np.array([*shapes, *others], dtype=object)
    left, right = shapely.STRtree(every).query(every[: len(shapes)], predicate="intersects")
    both = (right > left) & ~shapely.touches(every[left], every[right])
    left, right = left[both], right[both]
    shared = shapely.intersection(every[left], every[right])
    middle = np.radians(shapely.bounds(shared)[:, 1]) if len(left) else np.array([])
    square = shapely.area(shared) * METRES_PER_DEGREE**2 * np.cos(middle)
    return [(int(i), int(j), float(m)) for i, j, m in zip(left, right, square, strict=True) if m > TOLERATED]


def outside(shapes: "Sequence[BaseGeometry]", holders: "Sequence[BaseGeometry]") -> list[tuple[int, float]]:
    """Which shapes (i, share of the area) lie more than a twentieth outside their holder, shape by shape."""
    import numpy as np
    import shapely

    if not shapes:
        return []
    inner, outer = np.array(shapes, dtype=object), np.array(holders, dtype=object)
    share: Any = shapely.area(shapely.difference(inner, outer)) / shapely.area(inner)
    return [(int(i), float(share[i])) for i in np.flatnonzero(share > OUTSIDE)]
