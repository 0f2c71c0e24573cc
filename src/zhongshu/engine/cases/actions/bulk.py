"""Doing the same to many tasks: each its own transaction and entry, each with its own result."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from zhongshu.base.http.refusals import Conflict, Invalid, Refusal
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.actions import tasks
from zhongshu.engine.cases.actions.foreign import locked, verb
from zhongshu.engine.cases.queries import picked as queries
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.queries.traces import happened_since
from zhongshu.engine.cases.rules import bulk as rules
from zhongshu.engine.cases.rules.bulk import Picked, Result, Verb


@dataclass(frozen=True, slots=True)
class Given:
    """What the verb needs beside the rows: a reason, to whom, or the outcome."""

    reason: str = ""
    account: UUID | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)


Act = Callable[[Picked, Given, Actor, datetime], object]


def bulk(what: Verb, rows: Sequence[Picked], given: Given, *, by: Actor, at: datetime) -> list[Result]:
    """Do it to each of up to 100 tasks; those that cannot be are left as they were and say why.

    A row whose case has moved on since it was ticked is not touched. Finishing asks for tasks of one kind, whose form
    needs neither a place nor photos.
    """
    found = rules.within(rows)
    if what == "complete":
        rules.alike(queries.kinds(found))
    act = _ACTS[what]
    return [_tried(act, one, given, by, at) for one in found]


def _tried(act: Act, row: Picked, given: Given, by: Actor, at: datetime) -> Result:
    try:
        _do(act, row, given, by=by, at=at)
    except Refusal as refusal:
        return Result(row, refusal)
    return Result(row)


@verb
def _do(act: Act, row: Picked, given: Given, *, by: Actor, at: datetime) -> None:
    held = locked(row.case_id, by, at)
    if not rules.fresh(row, held.revision):
        happened = happened_since(row.case_id, row.revision)
        raise Conflict("打开列表后这件有了新进展，没有办理。请查看后再办。", happened=happened)
    act(row, given, by, at)


def _claim(row: Picked, _given: Given, by: Actor, at: datetime) -> None:
    tasks.claim(row.case_id, row.token, revision=row.revision, by=by, at=at)


def _release(row: Picked, given: Given, by: Actor, at: datetime) -> None:
    tasks.release(row.case_id, row.token, given.reason, revision=row.revision, by=by, at=at)


def _assign(row: Picked, given: Given, by: Actor, at: datetime) -> None:
    if given.account is None:
        raise Invalid("请选择要改派给谁。", field="account")
    tasks.assign(row.case_id, row.token, given.account, given.reason, revision=row.revision, by=by, at=at)


def _complete(row: Picked, given: Given, by: Actor, at: datetime) -> None:
    held, task = tasks.open_task(row.case_id, row.token, row.revision, by, at)
    rules.outcome_shared(scenarios.of(held), task.element)
    tasks.complete(row.case_id, row.token, given.answers, revision=row.revision, by=by, at=at)


_ACTS: Mapping[Verb, Act] = {"claim": _claim, "release": _release, "assign": _assign, "complete": _complete}
