from collections import Counter
from itertools import pairwise

import pytest
import shapely

from zhongshu.engine.dispatch.rules.travel import RoadGraph
from zhongshu.main.demo import geography
from zhongshu.registers.places.rules import codes, datum, overlaps

CITY = geography.city()
SHAPES = {cell.code: shapely.Polygon(cell.polygon["coordinates"][0]) for cell in CITY.cells}


def test_the_same_seed_draws_the_same_city_and_another_seed_another():
    assert geography.city() == CITY
    assert geography.city(7).cells != CITY.cells


def test_the_city_has_the_size_it_promises():
    assert Counter(region.level for region in CITY.regions) == {
        codes.Level.PROVINCE: 1,
        codes.Level.CITY: 1,
        codes.Level.DISTRICT: 3,
        codes.Level.STREET: 12,
        codes.Level.COMMUNITY: 60,
    }
    assert (len(CITY.cells), len(CITY.components)) == (2_000, 6_000)
    assert 2_400 < len(CITY.junctions) < 2_600


def test_every_side_of_a_cell_borders_one_other_cell_or_the_edge_of_the_city():
    sides = Counter()
    for cell in CITY.cells:
        ring = [tuple(corner) for corner in cell.polygon["coordinates"][0]]
        sides.update(pairwise(ring))
    assert set(sides.values()) == {1}, "no side is walked twice in the same direction"
    edge = [side for side in sides if side[::-1] not in sides]
    assert len(edge) == 2 * (50 + 40)
    follows = dict(edge)
    start = at = edge[0][0]
    walked = 0
    while walked == 0 or at != start:
        at, walked = follows[at], walked + 1
    assert walked == len(edge), "the edge of the city is one ring"


def test_cells_cover_the_city_without_lying_over_each_other():
    assert overlaps.overlapping(list(SHAPES.values())) == []
    city = next(shapely.geometry.shape(r.boundary) for r in CITY.regions if r.code == "9901")
    assert city.geom_type == "Polygon" and not city.interiors
    assert sum(shape.area for shape in SHAPES.values()) == pytest.approx(city.area, rel=1e-9)


def test_every_region_is_whole_and_holds_exactly_its_cells():
    for region in CITY.regions:
        if region.boundary is None:
            continue
        shape = shapely.geometry.shape(region.boundary)
        inside = [cell for code, cell in SHAPES.items() if code.startswith(region.code)]
        assert shape.geom_type == "Polygon", region.name
        assert shape.contains(shapely.Point(region.lon, region.lat))
        assert shape.area == pytest.approx(sum(cell.area for cell in inside), rel=1e-9)


def test_every_component_stands_in_its_cell_and_is_coded_by_district_and_class():
    kinds = {kind.code for kind in CITY.kinds}
    assert len({component.code for component in CITY.components}) == len(CITY.components)
    for component in CITY.components:
        code = codes.parse_component(component.code)
        assert SHAPES[component.cell].contains(shapely.Point(component.lon, component.lat))
        assert codes.contains(code.district, component.cell)
        assert code.kind in kinds


def test_one_can_drive_from_every_junction_to_every_other():
    spots = [(junction.lon, junction.lat) for junction in CITY.junctions]
    number = {junction.id: index for index, junction in enumerate(CITY.junctions)}
    graph = RoadGraph(spots, [(number[s.start], number[s.end], s.metres) for s in CITY.segments])
    assert {trip.estimated for trip in graph.seconds(spots[1:], spots[0], 1.0)} == {""}
    assert {segment.road for segment in CITY.segments} <= {road.id for road in CITY.roads}


def test_no_name_comes_twice_and_every_place_has_an_english_name():
    named = [*CITY.regions, *CITY.roads]
    assert len({place.name for place in named}) == len({place.code for place in CITY.regions}) + len(CITY.roads)
    assert all(place.name_en.isascii() and place.name_en for place in [*named, *CITY.cells])


def test_the_city_lies_where_chinese_maps_are_shifted():
    assert not any(datum.outside_china(junction.lon, junction.lat) for junction in CITY.junctions)
