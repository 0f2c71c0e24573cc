"""The same done to many tasks: each its own transaction, each with its own result."""

from typing import Any

import pytest
import uuid_utils.compat

from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.base.journal import queries as journal
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.actions import Given
from zhongshu.engine.cases.queries import picked
from zhongshu.engine.cases.rules import bulk as rules
from zhongshu.engine.cases.rules.bulk import Picked, Result
from zhongshu.engine.cases.tests.walks import Walk


@pytest.fixture
def told(city: Any) -> list[Walk]:
    """Three cases of one district that wait for an acceptor."""
    return [Walk(city, source="resident", by="resident") for _ in range(3)]


def ticked(walks: list[Walk], element: str = "accept") -> list[Picked]:
    return [Picked(walk.id, walk.task(element).token, walk.held.revision) for walk in walks]


def sentences(results: list[Result]) -> list[str]:
    return ["" if result.refusal is None else str(result.refusal) for result in results]


def test_many_are_claimed_and_each_has_its_entry(city: Any, told: list[Walk]) -> None:
    by = told[0].doer("accept")
    results = cases.bulk("claim", ticked(told), Given(), by=by, at=city.now)
    assert [result.done for result in results] == [True] * 3
    assert all(walk.task("accept").assignee == by.id for walk in told)
    assert [walk.verbs for walk in told] == [["case.opened", "case.task_claimed"]] * 3


def test_a_row_that_moved_on_is_told_and_the_others_are_done(city: Any, told: list[Walk]) -> None:
    first, second = told[0].doer("accept"), told[0].doer("accept", seat=1)
    rows = ticked(told)
    cases.claim(told[1].id, rows[1].token, by=first, at=city.now)
    results = cases.bulk("claim", rows, Given(), by=second, at=city.now)
    assert [result.done for result in results] == [True, False, True]
    refusal = results[1].refusal
    assert isinstance(refusal, Conflict) and "新进展" in str(refusal)
    assert [entry["verb"] for entry in refusal.happened] == ["case.task_claimed"]
    assert told[1].task("accept").assignee == first.id


def test_a_foreign_row_is_absent_and_the_try_is_recorded_once(city: Any, told: list[Walk]) -> None:
    stranger = city.actor("resident")
    results = cases.bulk("claim", ticked(told[:1]), Given(), by=stranger, at=city.now)
    assert sentences(results) == ["没有找到这个办件。"]
    assert [entry.verb for entry in journal.trace("look", stranger.id)] == ["cases.foreign_case_tried"]


def test_many_are_finished_with_one_outcome(city: Any, told: list[Walk]) -> None:
    by = told[0].doer("accept")
    results = cases.bulk("complete", ticked(told), Given(answers={"accepted": True}), by=by, at=city.now)
    assert all(result.done for result in results)
    assert [walk.open for walk in told] == [["file"]] * 3


def test_an_outcome_that_does_not_fit_is_refused_row_by_row(city: Any, told: list[Walk]) -> None:
    by = told[0].doer("accept")
    results = cases.bulk("complete", ticked(told), Given(answers={}), by=by, at=city.now)
    assert not any(result.done for result in results)
    assert [walk.open for walk in told] == [["accept"]] * 3


def test_tasks_of_different_kinds_are_not_finished_together(city: Any, told: list[Walk]) -> None:
    mixed = [*ticked(told[:1]), *ticked([Walk(city)], "handle")]
    with pytest.raises(Conflict, match="分开选择"):
        cases.bulk("complete", mixed, Given(answers={"accepted": True}), by=told[0].doer("accept"), at=city.now)


def test_what_is_done_on_the_spot_is_not_done_in_bulk(city: Any) -> None:
    walk = Walk(city)
    walk.do("handle", result="done")
    by = walk.doer("verify")
    results = cases.bulk("complete", ticked([walk], "verify"), Given(answers={"passed": True}), by=by, at=city.now)
    assert sentences(results) == ["这个环节须逐件办理：要在现场或附照片。"]


def test_many_are_given_to_one_person_with_a_reason(city: Any, told: list[Walk]) -> None:
    acceptor, supervisor = told[0].doer("accept"), city.actor("supervisor")
    given = Given(reason="今日值守", account=acceptor.id)
    results = cases.bulk("assign", ticked(told), given, by=supervisor, at=city.now)
    assert all(result.done for result in results)
    assert all(walk.task("accept").assignee == acceptor.id for walk in told)
    again = cases.bulk("assign", ticked(told), Given(reason="今日值守"), by=supervisor, at=city.now)
    assert sentences(again) == ["请选择要改派给谁。"] * 3


def test_only_one_s_own_are_given_back(city: Any, told: list[Walk]) -> None:
    by = told[0].doer("accept")
    cases.bulk("claim", ticked(told[:2]), Given(), by=by, at=city.now)
    results = cases.bulk("release", ticked(told), Given(reason="临时有会"), by=by, at=city.now)
    assert [result.done for result in results] == [True, True, False]
    assert isinstance(results[2].refusal, Forbidden)
    assert [walk.task("accept").assignee for walk in told] == [None] * 3


def test_a_row_twice_is_one_and_too_many_or_none_are_refused() -> None:
    row = Picked(uuid_utils.compat.uuid7(), 1, 1)
    assert rules.within([row, row]) == [row]
    with pytest.raises(Invalid, match="先选择"):
        rules.within([])
    with pytest.raises(Invalid, match="100"):
        rules.within([Picked(uuid_utils.compat.uuid7(), 1, 1) for _ in range(rules.MOST + 1)])


def test_a_row_reads_back_as_it_was_written() -> None:
    row = Picked(uuid_utils.compat.uuid7(), 3, 7)
    assert Picked.parse(str(row)) == row
    for wrong in ("", "x~1~1", f"{row.case_id}~1", f"{row.case_id}~a~1"):
        with pytest.raises(Invalid):
            Picked.parse(wrong)


def test_ticked_cases_are_read_as_their_open_tasks_as_far_as_one_may_see_them(city: Any, told: list[Walk]) -> None:
    pairs = [(walk.id, 0) for walk in told]
    acceptor = told[0].doer("accept")
    assert [row.case_id for row in picked.rows(pairs, acceptor, city.now)] == [walk.id for walk in told]
    assert picked.rows(pairs, city.actor("resident"), city.now) == []
