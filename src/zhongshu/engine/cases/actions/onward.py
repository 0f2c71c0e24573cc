"""A case goes on because of something nobody decided: time, a message, a signal."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.actions import rows, step, whistle
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.rules.state import Change, Held, told
from zhongshu.engine.processes.rules.happenings import Happening


def go(
    held: Held,
    happening: Happening,
    happened: str,
    by: Actor,
    at: datetime,
    *,
    facts: Mapping[str, Any] | None = None,
    **more: Any,
) -> Change:
    """Let a happening come to a case, with `facts` added to its data; writes the step and its entry."""
    change = step.take(scenarios.of(held), held, {**held.data, **(facts or {})}, happening, at)
    entry = journal.row(
        subject=("case", str(held.id)), verb=happened, by=by, at=at, reach=change.reach,
        body=told(held, change) | whistle.said(held, change) | more,
    )  # fmt: skip
    rows.update(held, change, entry, at)
    whistle.keep(held, change, by.id, at)
    return change
