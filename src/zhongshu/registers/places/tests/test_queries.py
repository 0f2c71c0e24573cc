from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhongshu.base.journal import actions as journal
from zhongshu.base.journal import caches
from zhongshu.registers.places import actions, queries
from zhongshu.registers.places.models import Cell
from zhongshu.registers.places.rules.city import City, JunctionRow, RoadRow, SegmentRow
from zhongshu.registers.places.rules.distance import metres

from .conftest import EAST, WEST, WHEN, collection, point, square

pytestmark = pytest.mark.django_db


def named(serial, name, name_en=""):
    return {
        "code": f"9901010203{serial:06}",
        "major": "道路交通",
        "minor": "公交站亭",
        "name": name,
        "name_en": name_en,
    }


@pytest.fixture
def stops(hamlet):
    """Three bus shelters, 100 m of latitude apart, and a road."""
    rows = [(named(n, f"帆影路{n}站", f"Fanying Road {n}"), point(121.005, 29.9 + n * 0.0009)) for n in (1, 2, 3)]
    actions.import_components(collection(*rows), **WHEN)
    junctions = (JunctionRow(1, 121.0, 29.9), JunctionRow(2, 121.01, 29.9))
    road = RoadRow(5, "帆影路", "Fanying Road", 121.005, 29.9)
    actions.load_city(City(roads=(road,), junctions=junctions, segments=(SegmentRow(1, 5, 1, 2, 964.0),)), **WHEN)


def test_a_point_is_told_its_cell_and_the_path_to_it(hamlet):
    spot = queries.locate(121.005, 29.905)
    assert spot.cell == WEST
    assert spot.path == (99, 9901, 990101, 990101001, 990101001001, int(WEST))
    assert queries.locate(121.5, 29.905) is None
    assert queries.locate_many([(121.015, 29.905), (0, 0)]) == [queries.locate(121.015, 29.905), None]


@pytest.fixture
def clock(monkeypatch):
    """The clock of the caches, standing still until moved."""
    clock = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(caches, "time", SimpleNamespace(monotonic=lambda: clock.now))
    caches.forget_all()
    return clock


def test_a_second_point_costs_no_query(hamlet, clock):
    queries.locate(121.005, 29.905)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        queries.locate(121.015, 29.905)
    assert len(asked) == 0


def test_cells_imported_here_are_known_at_once(hamlet):
    assert queries.locate(121.025, 29.905) is None
    actions.import_cells(collection(({"code": "990101001001003", "name": "新"}, square(121.02))), **WHEN)
    assert queries.locate(121.025, 29.905).cell == "990101001001003"


def test_cells_changed_by_another_process_are_known_after_a_second(hamlet, clock, monkeypatch):
    monkeypatch.setattr(caches, "look_again", lambda _subject: None)  # this process does not know what it wrote
    assert queries.locate(121.015, 29.905).cell == EAST
    Cell.objects.filter(code=EAST).update(polygon=square(121.03))
    journal.record(subject=("places.edition", "1"), verb="places.cells_imported", body={"cells": 1}, **WHEN)
    clock.now += 0.5
    assert queries.locate(121.015, 29.905).cell == EAST
    clock.now += 0.6
    assert queries.locate(121.015, 29.905) is None
    assert queries.locate(121.035, 29.905).cell == EAST


def test_outside_all_cells_the_nearest_are_known(hamlet):
    near = queries.nearest_cells(121.021, 29.905, limit=2)
    assert [n.cell for n in near] == [EAST, WEST]
    assert near[0].metres == pytest.approx(metres(121.021, 29.905, 121.02, 29.905), rel=0.001)


def test_regions_and_cells_know_a_point_inside(hamlet):
    assert queries.locate(*queries.inner_point(WEST)).cell == WEST
    assert queries.inner_point(990101001001) == pytest.approx((121.1, 29.9))
    assert queries.inner_point("99") is None


def test_components_around_a_point_come_nearest_first_and_no_further_than_asked(stops):
    near = queries.components_near(121.005, 29.9, 250)
    assert [component.name for component in near] == ["帆影路1站", "帆影路2站"]
    assert near[0].metres == pytest.approx(100, abs=1)
    assert [c.name for c in queries.components_near(121.005, 29.91, 5_000, limit=1)] == ["帆影路3站"]


def test_components_around_a_point_are_found_by_the_index(stops):
    from zhongshu.registers.places.queries.components import _NEAR

    gaps = {
        "west": 121.0,
        "south": 29.9,
        "east": 121.001,
        "north": 29.901,
        "lon": 121.0,
        "lat": 29.9,
        "limit": 5,
    }
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + _NEAR, gaps)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "places_component_point" in plan


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("苇汀区帆影路12号", "帆影路"),
        ("苇汀", "苇汀区"),
        ("影路2", "帆影路2站"),
        ("fanying road", "帆影路"),
        ("鸥浦社区", "鸥浦社区"),
        ("帆", "帆影路"),
    ],
)
def test_an_address_finds_what_it_speaks_of(stops, text, first):
    assert queries.search_address(text)[0].name == first


@pytest.mark.parametrize("text", ["", "   ", "%", "_", "无此地名", "\0"])
def test_a_text_that_names_no_place_finds_none(stops, text):
    assert queries.search_address(text) == ()


def test_a_search_answers_no_more_than_asked(stops):
    assert len(queries.search_address("帆影路", limit=2)) == 2


def test_places_are_called_in_both_languages(hamlet):
    called = queries.names([990101, "990101001001", WEST, 31])
    assert called[990101] == queries.Name("苇汀区", "Weiting District")
    assert called[int(WEST)].zh == "鸥浦社区第1网格"
    assert 31 not in called


def test_regions_are_listed_level_by_level(hamlet):
    assert [region.name for region in queries.parts_of(None)] == ["云州省"]
    assert [region.name for region in queries.parts_of(990101)] == ["苇汀街道"]


def test_a_component_lies_where_its_cell_lies(stops):
    assert queries.path_of("9901010203000001") == queries.path_of(WEST) != ()


def test_a_region_lies_in_all_above_it(hamlet):
    assert queries.path_of(990101001) == (99, 9901, 990101, 990101001)


@pytest.mark.parametrize(
    "code", ["", "x", "990109", "990101001001009", "9901010203999999", "９９", "99\0", "\0" * 16, "9" * 5000]
)
def test_what_is_no_place_has_no_path(hamlet, code):
    assert queries.path_of(code) == ()


def test_the_road_graph_follows_a_change(stops):
    graph = queries.road_graph()
    assert sum(metres for _, _, metres in graph[1]) == 964.0
    actions.load_city(City(segments=(SegmentRow(1, 5, 1, 2, 970.0),)), **WHEN)
    assert sum(metres for _, _, metres in queries.road_graph()[1]) == 970.0
