"""Cases on the way to a dispatch desk, and officers on duty around them."""

from datetime import timedelta
from typing import Any

from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import one
from zhongshu.engine.cases.queries.one import Task
from zhongshu.engine.dispatch import actions as dispatch
from zhongshu.engine.dispatch.models import Position
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Account


def task(opened: Any) -> Task:
    """The open task of a case that has one."""
    (found,) = one.view(opened.case_id).open_tasks
    return found


def finish(city: Any, opened: Any, login: str, **answers: Any) -> None:
    """Somebody finishes the open task."""
    cases.complete(opened.case_id, task(opened).token, answers, by=city.actor(login), at=city.now)


def with_a_body(city: Any, **changes: Any) -> Any:
    """A case that waits in a body's pool for an officer: nobody has said where they are."""
    Position.objects.all().delete()
    opened = city.report(**changes)
    assert task(opened).pool < 0 and task(opened).assignee is None
    return opened


def handlers(city: Any, opened: Any, least: int = 2) -> list[Account]:
    """Who may handle a case, by login."""
    found = one.view(opened.case_id)
    able = [*people.holders("handler", {*found.reach, task(opened).pool}, city.now).order_by("login")]
    assert len(able) >= least
    return able


def sent_back(city: Any) -> Any:
    """A case whose handler sent it back: it waits for a dispatcher."""
    opened = with_a_body(city)
    handler = handlers(city, opened)[0]
    cases.assign(opened.case_id, task(opened).token, handler.pk, "当班", by=city.actor("supervisor"), at=city.now)
    finish(city, opened, handler.login, result="not_ours", reason="不属本单位职责范围")
    return opened


def on_duty(city: Any, account: Account, opened: Any, *, minutes_ago: int = 0) -> None:
    """Put an officer on shift where a case is, last seen there so long ago."""
    row, by = one.view(opened.case_id).row, city.actor(account.login)
    ends = city.now + timedelta(hours=4)
    dispatch.begin_shift(account, row.place, ends=ends, by=city.actor("supervisor"), at=city.now)
    seen = city.now - timedelta(minutes=minutes_ago)
    dispatch.stand_at(row.lon or 0, row.lat or 0, by=by, at=seen)
