"""Tying two cases that have to do with each other (关联), and untying them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.actions import rows
from zhongshu.engine.cases.actions.entries import about
from zhongshu.engine.cases.actions.foreign import locked, verb
from zhongshu.engine.cases.actions.merging import MERGE
from zhongshu.engine.cases.rules import links
from zhongshu.engine.cases.rules.state import Held

_LINK = """
INSERT INTO cases_link (case_id, other, kind, note, at, actor)
VALUES (%(case)s, %(other)s, %(kind)s, %(note)s, %(at)s, %(by)s) ON CONFLICT DO NOTHING
"""
_UNLINK = """
DELETE FROM cases_link WHERE (case_id, other) IN ((%(case)s, %(other)s), (%(other)s, %(case)s))
"""


@verb
def link(case_id: UUID, other: UUID, kind: str, note: str = "", *, by: Actor, at: datetime) -> None:
    """Tie a case to another, closed or not: `kind` tells what this one is to that one (`rules/links.py`).

    For who may see both and has a task on one of them, or may merge cases there.
    """
    if case_id == other:
        raise Invalid("请选择另一个办件：不能与自己关联。", field="other")
    both = _both(case_id, other, by, at)
    said = links.note(kind, note)
    if not _run(_LINK, case=case_id, other=other, kind=kind, note=said, at=at, by=by.id):
        raise Conflict("这两个办件已经关联。要改关系或说明，请先解除。")
    _tell(both, "case.linked", by, at, kind=kind)


@verb
def unlink(case_id: UUID, other: UUID, *, by: Actor, at: datetime) -> None:
    """Untie two cases, whichever was tied to which."""
    both = _both(case_id, other, by, at)
    if not _run(_UNLINK, case=case_id, other=other):
        raise Conflict("这两个办件没有关联，或已经解除。")
    _tell(both, "case.unlinked", by, at)


def _both(case_id: UUID, other: UUID, by: Actor, at: datetime) -> tuple[Held, Held]:
    """Both under their locks, always taken in the same order, for who has to do with one of them."""
    held = {id_: locked(id_, by, at) for id_ in sorted((case_id, other))}
    if not any(_concerned(by, one, at) for one in held.values()):
        raise Forbidden("只有正在办理的人员、受理员、派遣员或值班长可以关联办件。")
    return held[case_id], held[other]


def _concerned(by: Actor, held: Held, at: datetime) -> bool:
    return any(task.assignee == by.id for task in held.tasks) or permissions.may(by, MERGE, held.reach, at)


def _tell(both: tuple[Held, Held], happened: str, by: Actor, at: datetime, **more: str) -> None:
    """An entry on each; it does not say the other's number, which not everybody who sees this one may see."""
    for held, other in (both, both[::-1]):
        rows.touch_case(held, about(held, happened, by, at, other_case=str(other.id), **more))


def _run(sql: str, **given: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return int(cursor.rowcount)
