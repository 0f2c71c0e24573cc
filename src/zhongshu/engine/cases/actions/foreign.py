"""Cases that are not one's own: they answer as absent; that they were tried is recorded though nothing else is kept."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import transaction

from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.actions import rows
from zhongshu.engine.cases.queries import one, seen
from zhongshu.engine.cases.queries.seen import Foreign
from zhongshu.engine.cases.rules.state import Held

P = ParamSpec("P")
R = TypeVar("R")


def verb(action: Callable[P, R]) -> Callable[P, R]:
    """One transaction for an action on a case; that it was tried on a foreign one outlives the transaction."""

    @wraps(action)
    def act(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with transaction.atomic():
                return action(*args, **kwargs)
        except Foreign as tried:
            told: dict[str, Any] = {"by": kwargs["by"], "at": kwargs["at"]}
            _record(tried, **told)
            raise

    return act


def locked(case_id: UUID, by: Actor, at: datetime) -> Held:
    """The case under its lock, for who may see it; Foreign for anybody else."""
    held = rows.read_locked(case_id)
    if not seen.may_read(by, held.reach, held.tasks, at):
        raise seen.Foreign(case_id, held.reach)
    return held


def _record(tried: Foreign, *, by: Actor, at: datetime) -> None:
    journal.record(
        subject=("look", by.id), verb="cases.foreign_case_tried", by=by, at=at, body={"case": str(tried.case_id)},
        reach=tried.reach,
    )  # fmt: skip


def look(case_id: UUID, *, by: Actor, at: datetime) -> one.View:
    """The case for an actor. One that is not theirs to see answers as absent, and the attempt is recorded."""
    try:
        return one.seen_by(by, case_id, at)
    except Foreign as tried:
        _record(tried, by=by, at=at)
        raise
