"""Work that nobody has reached yet, planned together."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

from zhongshu.base.http.refusals import Forbidden
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries.unreached import Unreached, unreached
from zhongshu.engine.dispatch import queries
from zhongshu.engine.dispatch.queries.sendable import Member
from zhongshu.engine.dispatch.rules import batch, officers
from zhongshu.engine.dispatch.rules.officers import Candidate


def plan_together(at: datetime, limit: int = 200) -> int:
    """Send officers on shift to what nobody has reached yet, all of it together at the least total time.

    What waits finds somebody; who is on the way is sent elsewhere where that saves at least a minute. Whoever gave a
    task back, and whom a person chose, is left alone. Returns how many were sent; each choice keeps its reasons.
    """
    waiting = {role: unreached(role, limit) for role in queries.FIELD_ROLES}
    return sum(_plan(tasks, queries.sendable(role, at), at) for role, tasks in waiting.items() if tasks)


def _plan(tasks: Sequence[Unreached], crew: Sequence[Member], at: datetime) -> int:
    free = _without(crew, tasks)
    able = {_key(task): {one.officer: one for one in _able(task, free)} for task in tasks}
    skills = {_key(task): frozenset({task.category[:2]}) for task in tasks}
    costs = {
        (key, officer): cost
        for key, found in able.items()
        for officer, one in found.items()
        if (cost := officers.cost(one, at, skills[key])) is not None
    }
    plan = batch.assign_batch(
        list(able), {one.officer: max(officers.MOST_AT_ONCE - one.load, 0) for one in free}, costs,
        going={_key(task): task.assignee for task in tasks if task.assignee is not None},
        waited={_key(task): (at - task.opened).total_seconds() for task in tasks},
    )  # fmt: skip
    moved = [(task, able[key][plan.assigned[key]]) for task in tasks if (key := _key(task)) in plan.assigned]
    return sum(_sent(task, one, at) for task, one in moved if one.officer != task.assignee)


def _without(crew: Iterable[Member], tasks: Iterable[Unreached]) -> list[Member]:
    """The crew as if nobody had been sent to any of the tasks."""
    planned: dict[str, int] = {}
    for task in tasks:
        if task.assignee is not None:
            planned[task.assignee] = planned.get(task.assignee, 0) + 1
    return [one._replace(load=one.load - planned.get(one.officer, 0)) for one in crew]


def _able(task: Unreached, crew: Iterable[Member]) -> Sequence[Candidate]:
    """Who may take the task, with the way there."""
    asked = [one.standing(task.category) for one in crew if one.may(task.reach) and one.officer not in task.not_by]
    return officers.approaching(asked, queries.point(task.place, task.lon, task.lat), queries.roads()) if asked else ()


def _sent(task: Unreached, one: Candidate, at: datetime) -> bool:
    choice = officers.rank([one], at, wished=frozenset({task.category[:2]})).best
    if choice is None:
        return False
    why: Mapping[str, object] = {
        "cost_seconds": choice.cost_seconds, "reasons": msgspec.to_builtins(choice.reasons)
    }  # fmt: skip
    try:
        return cases.hand_out(task.case_id, task.token, one.officer, why, before=task.assignee, at=at)
    except Forbidden:
        return False


def _key(task: Unreached) -> str:
    return f"{task.case_id}:{task.token}"
