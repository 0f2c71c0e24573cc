"""Acts that come late, and twice: from a telephone that had no network."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.actions.opening import Opened
from zhongshu.engine.cases.models import Task
from zhongshu.engine.cases.queries import one
from zhongshu.engine.cases.queries.sent import Repeated
from zhongshu.engine.cases.rules import sent as sending
from zhongshu.engine.cases.rules.sent import DIRECT, Sent

AT = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
HOUR = timedelta(hours=1)
KEY = "019a0000-0000-7000-8000-00000000000a"
DONE = {"result": "done", "note": "已清运干净。"}


@pytest.mark.parametrize(
    ("done", "began", "counted"),
    [
        (None, AT - HOUR, AT),
        (AT - HOUR / 2, AT - HOUR, AT - HOUR / 2),
        (AT + HOUR, AT - HOUR, AT),
        (AT - 2 * HOUR, AT - HOUR, AT),
        (AT - 25 * HOUR, AT - 48 * HOUR, AT),
        (AT - timedelta(seconds=20), AT - HOUR, AT),
    ],
)
def test_what_was_done_counts_from_then_within_limits(done: Any, began: datetime, counted: datetime) -> None:
    assert sending.moment(Sent(done=done), began, AT) == counted


@settings(max_examples=50, deadline=None, derandomize=True)
@given(ago=st.integers(-(10**6), 10**6), began=st.integers(0, 10**6))
def test_no_act_counts_before_its_beginning_or_after_it_came(ago: int, began: int) -> None:
    start = AT - timedelta(seconds=began)
    counted = sending.moment(Sent(done=AT - timedelta(seconds=ago)), start, AT)
    assert start <= counted <= AT


def test_an_entry_says_the_moment_it_counts_from_and_one_that_was_not_believed() -> None:
    late = Sent(KEY, AT - HOUR)
    assert sending.said(late, AT - HOUR, AT) == {"key": KEY, "done": AT - HOUR}
    assert sending.said(late, AT, AT) == {"key": KEY, "given": AT - HOUR}
    assert sending.said(DIRECT, AT, AT) == {}


@pytest.fixture
def errand(city: Any) -> tuple[Any, Opened, Any]:
    """A case that has been an officer's for two hours."""
    opened = city.report(category="1101")
    Task.objects.filter(case_id=opened.case_id).update(opened=city.now - 2 * HOUR)
    (task,) = one.view(opened.case_id).open_tasks
    return city, opened, task


def officer(city: Any, task: Any) -> Any:
    from zhongshu.registers.people import queries

    return queries.actor(task.assignee, city.now)


def test_sent_twice_a_step_is_one_step(errand: Any) -> None:
    city, opened, task = errand
    by = officer(city, task)
    for act in (
        lambda key: cases.claim(opened.case_id, task.token, sent=Sent(key), by=by, at=city.now),
        lambda key: cases.complete(opened.case_id, task.token, DONE, sent=Sent(key), by=by, at=city.now),
    ):
        key = f"{KEY[:-1]}{city.trace(opened.case_id)[-1]['number']}"
        act(key)
        before = len(city.trace(opened.case_id))
        with pytest.raises(Repeated):
            act(key)
        assert len(city.trace(opened.case_id)) == before


def test_done_in_time_and_told_late_is_in_time_for_the_doer_and_new_for_who_comes_next(errand: Any) -> None:
    city, opened, task = errand
    now, done = city.now, city.now - HOUR
    cases.complete(opened.case_id, task.token, DONE, sent=Sent(KEY, done), by=officer(city, task), at=now)
    ended = Task.objects.get(case_id=opened.case_id, token=task.token)
    (following,) = one.view(opened.case_id).open_tasks
    entry = city.trace(opened.case_id)[-1]
    assert ended.closed == done and following.opened == now == entry["at"]
    assert datetime.fromisoformat(entry["facts"]["done"]) == done


def test_what_was_done_before_the_task_began_counts_from_when_it_came(errand: Any) -> None:
    city, opened, task = errand
    now, early = city.now, city.now - 3 * HOUR
    cases.claim(opened.case_id, task.token, sent=Sent(KEY, early), by=officer(city, task), at=now)
    assert Task.objects.get(case_id=opened.case_id, token=task.token).claimed == now
    assert datetime.fromisoformat(city.trace(opened.case_id)[-1]["facts"]["given"]) == early
