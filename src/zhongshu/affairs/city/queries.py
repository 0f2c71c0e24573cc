"""Questions about city events."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhongshu.base.http.refusals import Absent
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.actions.opening import query_digest
from zhongshu.engine.cases.queries import one, traces


@dataclass(frozen=True, slots=True)
class Progress:
    """A case as its reporter sees it: where it stands, and the steps so far without anybody's name."""

    case: one.View
    steps: list[dict[str, Any]]


def track(number: str, code: str, at: datetime) -> Progress:
    """The progress of a case for whoever knows its number and query code; anything else answers as absent."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.id, k.query_digest FROM cases_case c JOIN cases_contact k ON k.case_id = c.id
               WHERE c.number = %s""",
            [one.spelled(number)],
        )
        rows = cursor.fetchall()
    for case_id, digest in rows:
        if digest is not None and bytes(digest) == query_digest(case_id, code.strip()[:20]):
            return _progress(case_id)
    raise Absent("没有找到这个办件：请核对编号和查询码。")


def track_own(case_id: UUID, by: Actor) -> Progress:
    """The progress of a case for the account that told of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM cases_contact WHERE case_id = %s AND account = %s", [case_id, by.id])
        if cursor.fetchone() is None:
            raise Absent("没有找到这个办件。")
    return _progress(case_id)


def _progress(case_id: UUID) -> Progress:
    return Progress(one.view(case_id), traces.trace(case_id))
