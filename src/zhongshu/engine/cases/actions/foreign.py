"""Cases that are not one's own: they answer as absent; that they were tried is recorded though nothing else is kept."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import connection, transaction

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


def single(action: Callable[P, R]) -> Callable[P, R]:
    """A `verb` whose writing is one statement and needs no transaction: two round trips instead of four.

    It works on the case as last committed and writes if that is what it still is. If something came between, or more
    is to be written (`rows.under_lock`), it is done again from the start as any verb.
    """
    under_lock = verb(action)

    @wraps(action)
    def act(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block:
            return under_lock(*args, **kwargs)
        try:
            return action(*args, **kwargs)
        except (rows.CameBetween, Foreign):
            return under_lock(*args, **kwargs)

    return act


def locked(case_id: UUID, by: Actor, at: datetime) -> Held:
    """The case under its lock, for who may see it; Foreign for anybody else. Outside a transaction it is tentative."""
    held = rows.read_locked(case_id) if connection.in_atomic_block else rows.as_committed(case_id)
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
