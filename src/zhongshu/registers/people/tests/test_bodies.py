"""Bodies: founded, renamed, moved and ended by whoever administers them."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhongshu.base.http.refusals import Absent, Conflict, Invalid
from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.registers.people import actions, doors, queries
from zhongshu.registers.people.models import Body

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(city: Any) -> Any:
    return city.now


def founded(name: str, parent: Body, at: Any, by: Any = SYSTEM) -> Body:
    return actions.found_body(name, f"Body {name}", "unit", parent=parent, by=by, at=at)


@pytest.fixture
def family(root: Body, at: Any) -> tuple[Body, Body, Body]:
    """A body with one under it that has one under it."""
    top = founded("甲", root, at)
    middle = founded("乙", top, at)
    return top, middle, founded("丙", middle, at)


def test_a_move_takes_the_whole_subtree_along_in_one_statement(root: Body, family: Any, at: Any) -> None:
    top, middle, low = family
    other = founded("丁", root, at)
    with CaptureQueriesContext(
        connection,
    ) as spent:
        actions.move_body(middle.pk, other.pk, by=SYSTEM, at=at)
    assert sum("UPDATE people_body" in one["sql"] for one in spent.captured_queries) == 1
    low.refresh_from_db()
    assert low.lineage == [root.pk, other.pk, middle.pk, low.pk]
    assert low.parent_id == middle.pk and queries.lineage(low.pk) == tuple(low.lineage)
    assert top.pk not in Body.objects.get(pk=middle.pk).lineage
    moved = journal.trace("body", str(middle.pk))[-1]
    assert (moved.verb, moved.facts["bodies"]) == ("people.body_moved", 2)


def test_a_body_cannot_come_under_itself_or_what_is_under_it(family: Any, at: Any) -> None:
    top, _, low = family
    for under in (top, low):
        with pytest.raises(Invalid, match="自己的下级"):
            actions.move_body(top.pk, under.pk, by=SYSTEM, at=at)


def test_the_tree_has_at_most_twelve_levels_also_after_a_move(root: Body, family: Any, at: Any) -> None:
    deep = root
    for level in range(10):
        deep = founded(f"第{level}级", deep, at)
    with pytest.raises(Invalid, match="最多 12 级"):
        actions.move_body(family[1].pk, deep.pk, by=SYSTEM, at=at)


def test_a_name_is_given_once_under_a_parent_also_by_a_move_or_another_name(root: Body, family: Any, at: Any) -> None:
    founded("乙", root, at)
    with pytest.raises(Conflict, match="已经有"):
        actions.move_body(family[1].pk, root.pk, by=SYSTEM, at=at)
    with pytest.raises(Conflict, match="已经有"):
        actions.change_body(family[0].pk, "乙", "B", by=SYSTEM, at=at)


def test_an_unchanged_body_leaves_no_entry(family: Any, at: Any) -> None:
    top = family[0]
    before = len(journal.trace("body", str(top.pk)))
    actions.change_body(top.pk, top.name, top.name_en, by=SYSTEM, at=at)
    assert len(journal.trace("body", str(top.pk))) == before
    actions.change_body(top.pk, "甲局", "Bureau A", by=SYSTEM, at=at)
    assert journal.trace("body", str(top.pk))[-1].facts["changed"]["name"] == ["甲", "甲局"]
    assert queries.body_name(top.pk) == "甲局"


def test_a_body_ends_only_when_nothing_hangs_on_it(family: Any, at: Any) -> None:
    _, middle, low = family
    with pytest.raises(Conflict, match="1 个下级单位"):
        actions.end_body(middle.pk, by=SYSTEM, at=at)
    clerk = actions.open_staff("yi.clerk", "乙办事员", "", low.pk, by=SYSTEM, at=at)
    with pytest.raises(Conflict, match="1 个在用账号"):
        actions.end_body(low.pk, by=SYSTEM, at=at)
    actions.close_staff(clerk.pk, by=SYSTEM, at=at)
    actions.end_body(low.pk, by=SYSTEM, at=at)
    assert Body.objects.get(pk=low.pk).ended == at
    with pytest.raises(Conflict, match="已经停用"):
        actions.open_staff("late.clerk", "晚来", "", low.pk, by=SYSTEM, at=at)
    actions.reopen_body(low.pk, by=SYSTEM, at=at)
    assert Body.objects.get(pk=low.pk).ended is None


def test_a_body_that_others_still_need_does_not_end(family: Any, at: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors, "body_work", [doors.BodyWork("还有 {n} 件没有办完。", lambda body: 3)])
    with pytest.raises(Conflict, match="还有 3 件没有办完"):
        actions.end_body(family[2].pk, by=SYSTEM, at=at)


def test_an_administrator_of_a_district_manages_only_its_bodies(district_admin: Any, root: Body, at: Any) -> None:
    home = Body.objects.get(pk=district_admin.grants[0].body)
    sister = Body.objects.filter(parent=root, kind="government").exclude(pk=home.pk).order_by("pk")[0]
    mine = founded("新设科", home, at, by=district_admin)
    assert {body.pk for body in queries.managed(district_admin, queries.BODIES, at)} == set(queries.subtree(home.pk))
    assert queries.tops(district_admin, queries.BODIES, at) == [home]
    for wrong in (
        lambda: founded("越权科", sister, at, by=district_admin),
        lambda: actions.change_body(sister.pk, "改名", "Renamed", by=district_admin, at=at),
        lambda: actions.move_body(mine.pk, sister.pk, by=district_admin, at=at),
        lambda: actions.move_body(sister.pk, home.pk, by=district_admin, at=at),
        lambda: actions.end_body(sister.pk, by=district_admin, at=at),
        lambda: actions.found_body("新市", "New", "unit", by=district_admin, at=at),
    ):
        with pytest.raises(Absent):
            wrong()
    with pytest.raises(Conflict, match="管理范围的顶端"):
        actions.end_body(home.pk, by=district_admin, at=at)


def test_what_a_move_changes_is_told_before_it_is_made(root: Body, family: Any, at: Any) -> None:
    top, middle, low = family
    other = founded("丁", root, at)
    actions.open_staff("bing", "丙办事员", "", low.pk, by=SYSTEM, at=at)
    told = queries.consequences(middle, other, at)
    assert (told.bodies, told.staff) == (2, 1)
    assert [body.name for body in told.losing] == ["甲"] and [body.name for body in told.gaining] == ["丁"]
    assert Body.objects.get(pk=middle.pk).parent_id == top.pk
