"""Importing again: what is changed, ended and returned, and what stays of it."""

from datetime import timedelta
from itertools import pairwise

import pytest

from zhongshu.base.http.refusals import Conflict
from zhongshu.base.permissions.rules import Actor, Grant, Scope
from zhongshu.registers.places import actions, queries
from zhongshu.registers.places.models import Cell, Component, Past, Region
from zhongshu.registers.places.queries import browsing, imports
from zhongshu.registers.places.queries.incoming.preview import preview
from zhongshu.registers.places.rules.order import Order, Register
from zhongshu.registers.places.rules.rows import BrokenRows

from .conftest import CELLS, EAST, REGIONS, WEST, WHEN, collection, point, square

pytestmark = pytest.mark.django_db

EVERYWHERE = Scope(((None, None),))
THIRD = "990101001001003"
LATER = WHEN | {"at": WHEN["at"] + timedelta(days=30)}
LAMP = {"code": "9901010118000001", "major": "公用设施", "minor": "路灯"}
ONLY_WEST = collection(({"code": WEST, "name": "鸥浦社区第1网格"}, square(121.0)))


def order(document, register=Register.CELLS, **more):
    return Order(register, document, **more)


def test_the_same_file_again_changes_nothing(hamlet):
    for register, document in ((Register.REGIONS, REGIONS), (Register.CELLS, CELLS)):
        plan = preview(order(document, register, complete=True), EVERYWHERE).plan
        assert (plan.new, plan.changed, plan.gone) == ((), (), ())


def test_a_ring_wound_the_other_way_is_mended_without_a_word(hamlet):
    turned = {"type": "Polygon", "coordinates": [square(121.0)["coordinates"][0][::-1]]}
    actions.import_cells(collection(({"code": THIRD, "name": "顺时针"}, {**turned, "coordinates": [
        [[lon + 0.03, lat] for lon, lat in turned["coordinates"][0]]
    ]})), **WHEN)  # fmt: skip
    ring = Cell.objects.get(code=THIRD).polygon["coordinates"][0]
    assert sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) > 0


def test_a_complete_file_ends_what_it_lacks_and_only_there(hamlet):
    actions.take_in(order(ONLY_WEST), **LATER)
    assert queries.locate(121.015, 29.905).cell == EAST
    taken = actions.take_in(order(ONLY_WEST, complete=True), **LATER)
    assert [row.code for row in taken.preview.plan.gone] == [EAST]
    assert queries.locate(121.015, 29.905) is None and queries.path_of(EAST) == ()
    assert queries.names([EAST])[int(EAST)].zh == "鸥浦社区第2网格"
    assert Cell.objects.get(code=EAST).ended == LATER["at"]
    actions.take_in(order(CELLS), **LATER)
    assert queries.locate(121.015, 29.905).cell == EAST and queries.path_of(EAST)


def test_new_cells_may_take_the_ground_of_those_that_end_with_them(hamlet):
    redrawn = collection(({"code": THIRD, "name": "合并网格"}, {"type": "Polygon", "coordinates": [
        [[121.0, 29.9], [121.02, 29.9], [121.02, 29.91], [121.0, 29.91], [121.0, 29.9]]
    ]}))  # fmt: skip
    with pytest.raises(BrokenRows):
        actions.take_in(order(redrawn), **LATER)
    actions.import_components(collection((LAMP, point(121.015, 29.905))), **WHEN)
    assert actions.take_in(order(redrawn, complete=True), **LATER).loose == 0
    assert queries.locate(121.015, 29.905).cell == Component.objects.get().cell_id == THIRD


def test_components_left_in_no_cell_are_counted_and_keep_the_one_they_had(hamlet):
    actions.import_components(collection((LAMP, point(121.015, 29.905))), **WHEN)
    assert actions.take_in(order(ONLY_WEST, complete=True), **LATER).loose == 1
    assert Component.objects.get().cell_id == EAST


def test_a_renamed_region_keeps_its_old_name_for_what_happened_before(hamlet):
    renamed = collection(({"code": "990101", "name": "新苇汀区", "name_en": "New Weiting"}, None))
    actions.take_in(order(renamed, Register.REGIONS), **LATER)
    tree = queries.tree()
    assert [tree.path(WEST, at=at)[0].zh for at in (WHEN["at"], LATER["at"], None)] == [
        "苇汀区",
        "新苇汀区",
        "新苇汀区",
    ]
    assert [(p.code, p.name, p.renamed) for p in browsing.look("990101").past] == [("990101", "苇汀区", True)]


def test_a_blank_column_and_a_missing_outline_leave_what_is_there(hamlet):
    actions.take_in(order("code,name\n990101001001,鸥浦社区\n", Register.REGIONS), **LATER)
    community = Region.objects.get(code="990101001001")
    assert community.name_en == "Oupu Community" and community.boundary["type"] == "Polygon"
    assert not Past.objects.exists()


def test_a_community_does_not_end_before_its_cells(hamlet):
    other = order("code,name\n990101001002,另一社区\n", Register.REGIONS, complete=True)
    with pytest.raises(BrokenRows) as refused:
        actions.take_in(other, **LATER)
    assert [(one.row, one.refusal.gaps["code"]) for one in refused.value.rows] == [(0, "990101001001")]


def test_what_a_region_held_hangs_under_the_next_one_above_when_it_ends(hamlet):
    actions.take_in(order("code,name\n990101002,另一街道\n", Register.REGIONS, complete=True), **LATER)
    assert Region.objects.get(code="990101001001").parent_id == "990101"
    assert queries.tree().parts[990101] == (990101001001, 990101002)
    assert [name.zh for name in queries.tree().path(WEST)] == ["苇汀区", "苇汀街道", "鸥浦社区"]


def test_sound_rows_are_taken_alone_if_so_ordered_and_then_nothing_ends(hamlet):
    mixed = collection(
        ({"code": THIRD, "name": "好"}, square(121.03)),
        ({"code": "990101001001004", "name": "未闭合"}, {"type": "Polygon", "coordinates": [[[121, 29], [122, 30]]]}),
    )
    taken = actions.take_in(order(mixed, sound_only=True, complete=True), **LATER)
    assert ([one.row for one in taken.preview.broken], taken.preview.plan.gone) == ([2], ())
    assert set(Cell.objects.filter(ended=None).values_list("code", flat=True)) == {WEST, EAST, THIRD}


def test_what_lies_outside_the_region_above_it_is_told_with_how_much(hamlet):
    away = collection(({"code": THIRD, "name": "越界"}, square(121.195)))
    (fault,) = preview(order(away), EVERYWHERE).broken
    assert "50% 的面积在上级 990101001001 之外" in str(fault.refusal)


def test_a_preview_of_another_state_is_not_taken_for_this_one(hamlet):
    seen = preview(order(ONLY_WEST, complete=True), EVERYWHERE)
    for other in (order(ONLY_WEST), order(CELLS, complete=True)):
        with pytest.raises(Conflict):
            actions.take_in(other, basis=seen.basis, **LATER)
    actions.import_cells(collection(({"code": THIRD, "name": "新"}, square(121.03))), **WHEN)
    with pytest.raises(Conflict):
        actions.take_in(seen.order, basis=seen.basis, **LATER)


def test_one_may_import_only_where_one_manages_places(hamlet):
    elsewhere = Actor("x", "某人", "staff", grants=(Grant("administrator", place=990102),))
    with pytest.raises(BrokenRows) as refused:
        actions.take_in(order(ONLY_WEST), by=elsewhere, at=WHEN["at"])
    assert "不在您负责的区域内" in str(refused.value.rows[0].refusal)
    here = Actor("x", "某人", "staff", grants=(Grant("administrator", place=990101),))
    assert actions.take_in(order(ONLY_WEST), by=here, at=WHEN["at"]).preview.plan.same == 1


def test_every_import_is_remembered_with_its_file_and_counts(hamlet):
    actions.take_in(order(ONLY_WEST, complete=True, name="cells.geojson"), **LATER)
    newest, *older = imports.imports()
    assert (newest.register, newest.at, len(older)) == (Register.CELLS, LATER["at"], 2)
    assert newest.facts["file"] == "cells.geojson" and newest.facts["ended"] == 1 and len(newest.facts["sha256"]) == 64
    assert [one.number for one in imports.imports(before=newest.number)] == [one.number for one in older]


def test_a_place_is_shown_with_what_lies_in_it_and_what_has_ended(hamlet):
    assert [part.code for part in browsing.look().parts] == ["990101001"]
    actions.take_in(order(ONLY_WEST, complete=True), **LATER)
    parts = browsing.look("990101001001").parts
    assert [(part.code, part.ended is not None) for part in parts] == [(WEST, False), (EAST, True)]
    assert browsing.look(EAST).place.ended and browsing.look("31") is None
