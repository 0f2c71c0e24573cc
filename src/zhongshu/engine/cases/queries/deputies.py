"""Who stands in for whom."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from zhongshu.base.http.refusals import Forbidden
from zhongshu.base.journal.caches import Cached
from zhongshu.engine.cases.models import Deputy
from zhongshu.engine.cases.queries.reach import reach_of_pool
from zhongshu.engine.cases.rules import checks
from zhongshu.engine.cases.rules.settings import TaskSettings
from zhongshu.engine.cases.rules.state import Held, OpenTask
from zhongshu.registers.people import queries as people

SUBJECT = ("deputies", "all")
"""What the entries about deputies are under."""


def _not_over() -> dict[str, Deputy]:
    return {str(one.account): one for one in Deputy.objects.filter(ended=None)}


_current = Cached(SUBJECT, _not_over)


def of(account: UUID | str, at: datetime) -> Deputy | None:
    """Who does the account's new tasks at this moment, from memory; None when the account is not away."""
    found = _current().get(str(account))
    return found if found and found.starts <= at < found.ends else None


def able(held: Held, task: OpenTask, settings: TaskSettings, at: datetime) -> str | None:
    """The deputy of the task's holder, when the holder is away and the deputy may do the task."""
    found = of(task.assignee, at) if task.assignee else None
    deputy = people.actor(found.deputy, at) if found else None
    if deputy is None:
        return None
    try:
        checks.allowed(
            deputy, reach_of_pool(task.pool, held.place, held.reach), replace(task, assignee=None, delegate=None), at
        )
        checks.apart(deputy, held, settings)
    except Forbidden:
        return None
    return deputy.id


def named(account: UUID | str, at: datetime) -> Deputy | None:
    """The deputy somebody named whose time has not passed."""
    return Deputy.objects.filter(account=account, ended=None, ends__gt=at).first()


def standing_in_for(deputy: UUID | str, at: datetime) -> list[Deputy]:
    """For whom somebody stands in, now or soon."""
    return list(Deputy.objects.filter(deputy=deputy, ended=None, ends__gt=at).order_by("starts", "id"))
