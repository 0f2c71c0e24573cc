import json

import pytest
from django.db import IntegrityError, transaction

from zhongshu.base.http.refusals import Invalid
from zhongshu.base.journal import queries as journal
from zhongshu.registers.places import actions, queries
from zhongshu.registers.places.models import Cell, Component, Junction, Kind, Region, Segment
from zhongshu.registers.places.rules.datum import Datum, from_wgs84
from zhongshu.registers.places.rules.rows import BrokenRows

from .conftest import CELLS, EAST, REGIONS, WEST, WHEN, collection, point, square

pytestmark = pytest.mark.django_db

LAMP = {"code": "9901010118000001", "major": "公用设施", "minor": "路灯"}


def refused_rows(action, document):
    with pytest.raises(BrokenRows) as refused:
        action(document, **WHEN)
    return {broken.row: str(broken.refusal) for broken in refused.value.rows}


def test_regions_find_their_parents_in_any_order_even_where_a_level_is_missing():
    assert actions.import_regions(json.dumps(REGIONS), **WHEN) == 4
    parents = dict(Region.objects.values_list("code", "parent"))
    assert parents == {"99": None, "990101": "99", "990101001": "990101", "990101001001": "990101001"}
    actions.import_regions(collection(({"code": "990100", "name": "云汀市"}, None)), **WHEN)
    assert Region.objects.get(code="990101").parent_id == "9901"


def test_a_region_sent_again_is_replaced():
    actions.import_regions(REGIONS, **WHEN)
    actions.import_regions(collection(({"code": "990101", "name": "新苇汀区"}, None)), **WHEN)
    assert Region.objects.get(code="990101").name == "新苇汀区"
    assert Region.objects.count() == 4


def test_a_street_without_anything_above_it_is_refused():
    rows = refused_rows(actions.import_regions, collection(({"code": "990101001", "name": "苇汀街道"}, None)))
    assert rows == {1: "990101001 的上级区划不存在；请先导入上级。"}


def test_every_import_leaves_one_entry_that_counts_its_rows(hamlet):
    trace = journal.trace("places.edition", "1")
    assert [entry.verb for entry in trace] == ["places.regions_imported", "places.cells_imported"]
    counts = [[json.loads(entry.body)[name] for name in ("new", "changed", "same", "ended")] for entry in trace]
    assert counts == [[4, 0, 0, 0], [2, 0, 0, 0]]


def test_one_broken_row_keeps_all_rows_out_and_every_broken_row_is_told(hamlet):
    cells = collection(
        ({"code": "990101001001003", "name": "好网格"}, square(121.03)),
        ({"code": "990101001001004", "name": "没有图形"}, None),
        ({"code": "990101001009001", "name": "没有社区"}, square(121.05)),
        ({"code": "990101001001003", "name": "重复"}, square(121.07)),
        ({"code": "990101001001", "name": "是社区"}, square(121.09)),
        ({"code": "990101001001005"}, square(121.11)),
    )
    rows = refused_rows(actions.import_cells, cells)
    assert sorted(rows) == [2, 3, 4, 5, 6]
    assert "缺少图形" in rows[2]
    assert "社区 990101001009 不存在" in rows[3]
    assert "与第 1 行重复" in rows[4]
    assert "不是网格代码" in rows[5]
    assert "缺少 name" in rows[6]
    assert Cell.objects.count() == 2


def test_a_cell_over_ground_of_another_is_refused_with_its_size(hamlet):
    over = collection(({"code": "990101001001003", "name": "压线"}, square(121.015)))
    assert f"与网格 {EAST} 重叠约 53" in refused_rows(actions.import_cells, over)[1]


def test_a_cell_sent_again_may_take_new_ground_for_old(hamlet):
    moved = ({"code": EAST, "name": "鸥浦社区第2网格"}, square(121.012))
    assert actions.import_cells(collection(moved), **WHEN) == 1
    assert queries.locate(121.011, 29.905) is None


@pytest.mark.parametrize("datum", list(Datum))
def test_cells_drawn_in_another_datum_land_where_they_belong(hamlet, datum):
    ring = [list(from_wgs84(*corner, datum)) for corner in square(121.05)["coordinates"][0]]
    drawn = {"type": "Polygon", "coordinates": [ring]}
    actions.import_cells(collection(({"code": "990101001001009", "name": "远网格"}, drawn)), datum, **WHEN)
    stored = Cell.objects.get(code="990101001001009").polygon["coordinates"][0]
    assert stored[0] == pytest.approx([121.05, 29.9], abs=1e-7)
    assert queries.locate(121.055, 29.905).cell == "990101001001009"


def test_an_unknown_datum_is_refused(hamlet):
    with pytest.raises(Invalid, match="mars"):
        actions.import_cells(CELLS, "mars", **WHEN)


def test_components_find_their_cell_and_bring_their_class(hamlet):
    tree = {
        "code": "9901010402000001",
        "major": "园林绿化",
        "minor": "行道树",
        "status": "破损",
        "owner_body": 7,
    }
    trees = collection((LAMP, point(121.005, 29.905)), (tree, point(121.015, 29.905)))
    assert actions.import_components(trees, **WHEN) == 2
    assert list(Component.objects.order_by("code").values_list("cell", "kind__minor", "status", "owner_body")) == [
        (WEST, "路灯", "sound", None),
        (EAST, "行道树", "damaged", 7),
    ]


def test_components_in_the_wrong_place_or_wrongly_described_are_refused(hamlet):
    inside = point(121.005, 29.905)
    document = collection(
        ({**LAMP, "code": "990101011800000"}, inside),
        ({"code": "9901010999000001"}, inside),
        ({**LAMP, "status": "很好"}, inside),
        ({**LAMP, "owner_body": "城管局"}, inside),
        (LAMP, square(121.0)),
    )
    rows = refused_rows(actions.import_components, document)
    said = ["部件代码", "类别 0999 尚未登记", "状态“很好”不认识", "不是单位编号", "这里只收 Point"]
    assert all(part in rows[row] for row, part in enumerate(said, 1))
    away = collection((LAMP, point(121.5, 29.905)), ({**LAMP, "code": "9901020118000001"}, inside))
    rows = refused_rows(actions.import_components, away)
    assert "不在任何网格内" in rows[1]
    assert "按代码属于 990102，按位置却在 990101" in rows[2]
    assert not Component.objects.exists() and not Kind.objects.exists()


@pytest.mark.parametrize(
    ("promise", "row"),
    [
        ("code_is_as_long_as_its_level", Region(code="9902", name="短", level=6)),
        ("lies_in_its_parent", Region(code="9802", name="外", level=4, parent_id="99")),
        ("region_on_earth", Region(code="9902", name="半", level=4, lon=121.0)),
        ("cell_code_digits", Cell(code="99010100100100x", name="字", polygon={}, lon=121, lat=29)),
        ("lies_in_its_community", Cell(code="990101001002001", name="外", polygon={}, lon=121, lat=29)),
        ("cell_on_earth", Cell(code="990101001001003", name="天外", polygon={}, lon=221, lat=29)),
        ("names_its_kind", Component(code="9901010119000001", kind_id="0118", lon=121, lat=29)),
        ("names_its_district", Component(code="9901020118000001", kind_id="0118", lon=121, lat=29)),
        (
            "status_is_known",
            Component(code="9901010118000001", kind_id="0118", lon=121, lat=29, status="odd"),
        ),
        ("has_two_ends", Segment(id=1, start_id=1, end_id=1, metres=5)),
        ("has_length", Segment(id=1, start_id=1, end_id=2, metres=0)),
    ],
)
def test_the_database_keeps_the_promises_of_places(hamlet, promise, row):
    Kind.objects.create(code="0118", major="公用设施", minor="路灯")
    Junction.objects.create(id=1, lon=121, lat=29)
    if isinstance(row, Cell):
        row.community_id = "990101001001"
    if isinstance(row, Component):
        row.cell_id = WEST
    with pytest.raises(IntegrityError, match=promise), transaction.atomic():
        row.save(force_insert=True)
