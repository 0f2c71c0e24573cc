"""Questions about city events."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhongshu.base.http.refusals import Absent
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.queries import contacts, duplicates, lists, one, traces
from zhongshu.engine.cases.rules.contacts import query_digest

MOST_CONTACTS = 5_000
"""Contacts of a case whose query codes are compared."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A case as one who told of it sees it: where it stands, and the steps so far without anybody's name.

    `contact` is their telling, `text` what they said, `first` whether it opened the case (its photos are theirs);
    `into` is the number of the case it was merged into, `running` that one's id, or its own: there the steps go on.
    """

    case: one.View
    steps: list[dict[str, Any]]
    contact: UUID
    text: str
    first: bool
    running: UUID
    into: str = ""


def track(number: str, code: str, at: datetime) -> Progress:
    """The progress of a case for whoever knows its number and query code; anything else answers as absent."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT c.id, k.query_digest, k.id FROM cases_case c JOIN cases_contact k ON k.case_id = c.id
               WHERE c.number = %s LIMIT %s""",
            [one.spelled(number), MOST_CONTACTS],
        )
        rows = cursor.fetchall()
    for case_id, digest, contact in rows:
        if digest is not None and bytes(digest) == query_digest(case_id, code.strip()[:20]):
            return _progress(case_id, contact)
    raise Absent("没有找到这个办件：请核对编号和查询码。")


def track_own(case_id: UUID, by: Actor) -> Progress:
    """The progress of a case for who told of it, or for whom another did."""
    return _progress(case_id, contacts.theirs(case_id, by, ""))


def _progress(case_id: UUID, contact: UUID) -> Progress:
    found, steps = one.view(case_id), traces.trace(case_id)
    text, first = _told(case_id, contact)
    if (master := duplicates.master_of(case_id)) is None:
        return Progress(found, steps, contact, text, first, case_id)
    main = one.view(master[0])
    return Progress(
        replace(found, row=_as_far_as(found, main)), steps + _since(steps, master[0]), contact, text, first, *master
    )


def _told(case_id: UUID, contact: UUID) -> tuple[str, bool]:
    """What a contact said, and whether it was the first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT text, NOT EXISTS (SELECT 1 FROM cases_contact e WHERE e.case_id = k.case_id
                                        AND (e.received, e.id) < (k.received, k.id))
               FROM cases_contact k WHERE case_id = %s AND id = %s""",
            [case_id, contact],
        )
        return cursor.fetchone()


def _as_far_as(found: one.View, main: one.View) -> lists.Row:
    """A merged case stands where the one it was merged into stands."""
    state = {name: getattr(main.row, name) for name in ("phase", "scenario", "version", "due", "closed")}
    return replace(found.row, **state)


def _since(steps: list[dict[str, Any]], master: UUID) -> list[dict[str, Any]]:
    """What happened to the case another was merged into, from the merge on."""
    merged = max(step["at"] for step in steps if step["verb"] == "case.merged")
    return [step for step in traces.trace(master) if step["at"] >= merged]
