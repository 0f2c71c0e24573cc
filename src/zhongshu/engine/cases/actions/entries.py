"""What an entry about a case says whatever happened."""

from datetime import datetime
from typing import Any

from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.actions.rows import Entry
from zhongshu.engine.cases.rules.state import Held, OpenTask


def about(held: Held, happened: str, by: Actor, at: datetime, **more: Any) -> Entry:
    """The entry for something that happens to a case without moving its process."""
    return journal.row(
        subject=("case", str(held.id)), verb=happened, by=by, at=at, reach=held.reach,
        body={"number": held.number, **more},
    )  # fmt: skip


def about_task(held: Held, task: OpenTask, happened: str, by: Actor, at: datetime, **more: Any) -> Entry:
    """The same for something that happens to one of its tasks."""
    return about(held, happened, by, at, task=task.element, token=task.token, **more)
