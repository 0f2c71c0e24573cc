from itertools import product
from random import Random

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.registers.places.rules.distance import metres
from zhongshu.registers.places.rules.index import CellIndex


def tiling(size=6, seed=7):
    """Cells of a shaken lattice that share their corners, by code."""
    random = Random(seed)
    corners = {
        (c, r): (121 + (c + random.uniform(-0.2, 0.2)) / 100, 29 + (r + random.uniform(-0.2, 0.2)) / 100)
        for c, r in product(range(size + 1), repeat=2)
    }
    return {
        f"{r:02}{c:02}": shapely.Polygon([corners[c, r], corners[c + 1, r], corners[c + 1, r + 1], corners[c, r + 1]])
        for c, r in product(range(size), repeat=2)
    }


CELLS = tiling()
INDEX = CellIndex.build(CELLS.items())
lons, lats = st.floats(120.99, 121.07), st.floats(28.99, 29.07)


def by_hand(lon, lat):
    return sorted(code for code, cell in CELLS.items() if cell.intersects(shapely.Point(lon, lat)))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(lons, lats)
def test_the_index_agrees_with_looking_at_every_cell(lon, lat):
    touching = by_hand(lon, lat)
    assert INDEX.locate(lon, lat) == (touching[0] if touching else None)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.lists(st.tuples(lons, lats), max_size=20))
def test_many_points_at_once_are_located_like_one_by_one(points):
    assert INDEX.locate_many(points) == [INDEX.locate(*point) for point in points]


def test_a_point_inside_a_cell_belongs_to_that_cell_alone():
    for code, cell in CELLS.items():
        inner = cell.representative_point()
        assert by_hand(inner.x, inner.y) == [code]
        assert INDEX.locate(inner.x, inner.y) == code


def test_a_shared_corner_belongs_to_the_smallest_code():
    shared = set(CELLS["0000"].exterior.coords) & set(CELLS["0101"].exterior.coords)
    (corner,) = shared
    assert by_hand(*corner) == ["0000", "0001", "0100", "0101"]
    assert INDEX.locate(*corner) == "0000"
    assert INDEX.locate_many([corner]) == ["0000"]


@pytest.mark.parametrize("point", [(float("nan"), 29.0), (121.0, float("inf")), (0.0, 0.0)])
def test_a_point_that_is_nowhere_is_in_no_cell(point):
    assert INDEX.locate(*point) is None
    assert INDEX.locate_many([point]) == [None]


def test_a_great_cell_among_tiny_ones_is_found_all_over():
    great = shapely.box(121, 29, 122, 30) - shapely.box(121.5, 29.5, 121.5001, 29.5001)
    index = CellIndex.build([("1", great), ("2", shapely.box(121.5, 29.5, 121.5001, 29.5001))])
    spots = [(121.01, 29.01), (121.99, 29.99), (121.50005, 29.50005), (121.4999, 29.5), (121.5, 29.5), (122.01, 29.5)]
    assert [index.locate(*spot) for spot in spots] == ["1", "1", "2", "1", "1", None]
    assert index.locate_many(spots) == [index.locate(*spot) for spot in spots]


def test_an_index_knows_its_cells():
    assert all(code in INDEX for code in CELLS)
    assert "0006" not in INDEX and "9999" not in INDEX


def test_an_index_without_cells_finds_nothing():
    empty = CellIndex.build([])
    assert empty.locate(121, 29) is None
    assert empty.locate_many([(121, 29)]) == [None]
    assert empty.nearest(121, 29, 3) == ()


def test_the_nearest_cells_come_in_the_order_of_their_distance():
    outside = (121.2, 29.03)
    near = INDEX.nearest(*outside, 40)
    assert len(near) == len(CELLS)
    assert [n.metres for n in near] == sorted(n.metres for n in near)
    corner = min(metres(*outside, *corner) for cell in CELLS.values() for corner in cell.exterior.coords)
    assert 0.95 * corner < near[0].metres < 1.001 * corner


def test_the_cell_one_stands_in_is_the_nearest_at_no_distance():
    inner = CELLS["0203"].representative_point()
    first = INDEX.nearest(inner.x, inner.y, 1)[0]
    assert (first.cell, first.metres) == ("0203", 0)
