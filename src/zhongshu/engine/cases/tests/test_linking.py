"""Two cases that have to do with each other are tied, seen from both, and untied."""

from typing import Any

import pytest

from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import links
from zhongshu.engine.cases.queries.seen import Foreign
from zhongshu.engine.cases.tests.walks import Walk


@pytest.fixture
def two(city: Any) -> tuple[Walk, Walk]:
    return Walk(city), Walk(city, category="1401")


def tied(city: Any, walk: Walk, by: str | Actor = "supervisor") -> list[tuple[str, bool, str, str]]:
    actor = city.actor(by) if isinstance(by, str) else by
    return [(one.kind, one.own, one.note, one.row.number) for one in links.of_case(walk.id, actor, city.now)]


def link(
    city: Any, one: Walk, other: Walk, kind: str = "follows", note: str = "上次没清完", by: str = "supervisor"
) -> None:
    cases.link(one.id, other.id, kind, note, by=city.actor(by), at=city.now)


def test_a_tie_is_seen_from_both_sides_and_stands_in_both_traces(city: Any, two: tuple[Walk, Walk]) -> None:
    one, other = two
    link(city, one, other)
    assert tied(city, one) == [("follows", True, "上次没清完", other.held.number)]
    assert tied(city, other) == [("follows", False, "上次没清完", one.held.number)]
    assert one.verbs[-1] == other.verbs[-1] == "case.linked"
    assert other.held.number not in str(city.trace(one.id)[-1]["facts"])


def test_a_pair_is_tied_once_whichever_way(city: Any, two: tuple[Walk, Walk]) -> None:
    link(city, *two)
    with pytest.raises(Conflict, match="已经关联"):
        link(city, *two[::-1], kind="related")


def test_what_is_tied_is_untied_from_either_side(city: Any, two: tuple[Walk, Walk]) -> None:
    one, other = two
    link(city, one, other)
    cases.unlink(other.id, one.id, by=city.actor("supervisor"), at=city.now)
    assert tied(city, one) == [] and one.verbs[-1] == "case.unlinked"
    with pytest.raises(Conflict, match="已经解除"):
        cases.unlink(one.id, other.id, by=city.actor("supervisor"), at=city.now)


def test_a_closed_case_may_be_tied_too(city: Any, two: tuple[Walk, Walk]) -> None:
    cases.cancel(two[1].id, "重复登记", by=city.actor("supervisor"), at=city.now)
    link(city, *two)
    assert len(tied(city, two[0])) == 1


def test_a_foreign_case_answers_as_absent_and_its_tie_is_not_shown(city: Any) -> None:
    one, other = Walk(city), Walk(city, source="resident", by="resident")
    officer = Actor(one.doer("handle").id, "处置员", "staff")  # sees the one case by the task on it, and no more
    link(city, one, other)
    assert tied(city, one, officer) == [] and len(tied(city, other, officer)) == 1
    cases.unlink(one.id, other.id, by=city.actor("supervisor"), at=city.now)
    with pytest.raises(Foreign):
        cases.link(one.id, other.id, "related", by=officer, at=city.now)


def test_the_kinds_and_the_note_have_their_bounds(city: Any, two: tuple[Walk, Walk]) -> None:
    with pytest.raises(Invalid, match="请选择两件事的关系"):
        link(city, *two, kind="friend")
    with pytest.raises(Invalid, match="最多 200 个字"):
        link(city, *two, note="长" * 201)
    with pytest.raises(Invalid, match="不能与自己关联"):
        link(city, two[0], two[0])


def test_who_has_no_part_in_either_ties_nothing(city: Any, two: tuple[Walk, Walk]) -> None:
    with pytest.raises(Forbidden, match="可以关联办件"):
        link(city, *two, by="leader")
