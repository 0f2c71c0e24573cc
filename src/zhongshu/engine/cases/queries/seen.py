"""Who may see a case: one definition for the object check and for every list."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from zhongshu.base.http.refusals import Absent
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.rules.state import OpenTask

READ = "case.read"


class Foreign(Absent):
    """The case is there, but not for this actor: it answers as if it were not."""

    def __init__(self, case_id: UUID, reach: Collection[int]) -> None:
        super().__init__("没有找到这个办件。")
        self.case_id, self.reach = case_id, reach


def may_read(actor: Actor, reach: Collection[int], tasks: Iterable[OpenTask], at: datetime) -> bool:
    """Whether the actor may see a case: by a grant over it, or because an open task on it is theirs."""
    return permissions.may(actor, READ, reach, at) or any(task.is_with(actor.id) for task in tasks)
