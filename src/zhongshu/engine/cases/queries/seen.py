"""Who may see a case: one definition for the object check and for every list."""

from collections.abc import Collection, Iterable
from datetime import datetime

from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.rules.state import OpenTask

READ = "case.read"


def may_read(actor: Actor, reach: Collection[int], tasks: Iterable[OpenTask], at: datetime) -> bool:
    """Whether the actor may see a case: by a grant over it, or because an open task on it is theirs."""
    return permissions.may(actor, READ, reach, at) or any(task.assignee == actor.id for task in tasks)
