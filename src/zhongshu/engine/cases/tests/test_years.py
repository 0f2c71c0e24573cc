"""A year is announced: open deadlines that rest on its days are reckoned anew, each that moved with an entry."""

from datetime import date, timedelta
from typing import Any

import pytest

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.approvals import queries as waiting
from zhongshu.base.calendar import actions as calendar
from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.journal import actions as journal
from zhongshu.base.journal import queries as entries
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases import jobs
from zhongshu.engine.cases.actions import years
from zhongshu.engine.cases.models import Reckoning
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.engine.messages.models import Message

DAY = timedelta(days=1)


@pytest.fixture
def walk(city: Any) -> Walk:
    """A case with five working days to handle it and ten in all."""
    return Walk(city, category="0401")


def tomorrow(walk: Walk) -> date:
    """The first working day that counts."""
    day = walk.task("handle").opened.astimezone(SHANGHAI).date() + DAY
    while not calendar.queries.working_days().works(day):
        day += DAY
    return day


def announced(city: Any, since: date) -> Reckoning:
    """The journal says that a year was announced, and the job runs."""
    journal.record(
        subject=("calendar", str(since.year)), verb="calendar.year_loaded", by=SYSTEM, at=city.now,
        body={"days": 1, "official": True, "since": since},
    )  # fmt: skip
    city.react()
    asked = Reckoning.objects.latest("entry")
    jobs.reckon_year(entry=asked.entry)
    asked.refresh_from_db()
    return asked


def rest(day: date, city: Any) -> None:
    calendar.set_local_day(day, False, "调休", by="a", at=city.now)


def test_a_day_off_moves_what_rests_on_it_and_who_has_the_task_is_told(city: Any, walk: Walk) -> None:
    task, whole = walk.task("handle"), walk.held.due
    day = tomorrow(walk)
    rest(day, city)
    asked = announced(city, day)
    assert asked.finished and asked.moved >= 1 and asked.looked >= asked.moved
    assert walk.task("handle").due > task.due and walk.held.due > whole
    entry = entries.trace("case", str(walk.id))[-1]
    assert entry.verb == "case.deadlines_moved"
    assert {move["token"]: move["task"] for move in entry.facts["moves"]} == {0: "", task.token: "handle"}
    city.react()
    (told,) = Message.objects.filter(case_id=walk.id, template="task.moved_on")
    assert str(told.account) == task.assignee and told.facts["before"] != told.facts["due"]


def test_reckoning_again_moves_nothing(city: Any, walk: Walk) -> None:
    rest(tomorrow(walk), city)
    first = announced(city, tomorrow(walk))
    count = len(walk.verbs)
    years.reckon_year(first.entry, at=city.now)
    again = announced(city, tomorrow(walk))
    assert again.moved == 0 and len(walk.verbs) == count


def test_what_is_due_before_the_first_day_that_changed_is_not_looked_at(city: Any, walk: Walk) -> None:
    due = walk.held.due
    assert due is not None
    asked = announced(city, max(due, walk.task("handle").due).date() + DAY)
    assert (asked.looked, asked.moved) == (0, 0)


def test_minutes_and_hours_do_not_move(city: Any) -> None:
    walk = Walk(city, source="resident", by="resident")
    before = walk.task("accept").due
    rest(tomorrow_of(walk), city)
    announced(city, city.now.date())
    assert walk.task("accept").due == before


def tomorrow_of(walk: Walk) -> date:
    return walk.held.opened.astimezone(SHANGHAI).date() + DAY


def test_time_that_was_granted_stays_though_its_task_has_ended(city: Any, walk: Walk) -> None:
    task = walk.task("handle")
    for _ in range(2):
        cases.ask_extend(walk.id, task.token, 5, "要等苗木", by=walk.doer("handle"), at=city.now)
        (proposal,) = [one for one in waiting.about(str(walk.id)) if one.decided is None]
        approvals.decide(proposal.pk, True, "同意", by=city.actor("supervisor"), at=city.now)
    granted = walk.held.due
    walk.do("handle", result="done")
    assert announced(city, city.now.date()).moved == 0
    assert walk.held.due == granted


def test_a_stopped_clock_is_left_alone(city: Any, walk: Walk) -> None:
    cases.ask_suspend(walk.id, "等待许可", by=walk.doer("handle"), at=city.now)
    (proposal,) = [one for one in waiting.about(str(walk.id)) if one.decided is None]
    approvals.decide(proposal.pk, True, "同意", by=city.actor("supervisor"), at=city.now)
    announced(city, city.now.date())
    assert walk.held.due is None and walk.verbs[-1] == "case.suspended"


def test_a_year_that_is_not_decided_yet_moves_nothing(city: Any) -> None:
    journal.record(
        subject=("calendar", "2031"), verb="calendar.year_loaded", by=SYSTEM, at=city.now,
        body={"days": 365, "official": False, "since": date(2031, 1, 1)},
    )  # fmt: skip
    city.react()
    assert not Reckoning.objects.filter(year=2031).exists()
