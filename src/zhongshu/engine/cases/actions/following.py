"""Joining a case that is known already: one more contact, told of every step like the first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import uuid_utils.compat
from django.db import connection, transaction

from zhongshu.base.http.refusals import Conflict
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.actions import acting, rows
from zhongshu.engine.cases.actions.opening import Opened, behalf, new_code
from zhongshu.engine.cases.rules.contacts import query_digest

_JOIN = f"""
WITH contact AS (
    INSERT INTO cases_contact (case_id, id, key, account, behalf, name, phone, source, text, received, query_digest)
    VALUES (%(case)s, %(id)s, %(key)s, %(account)s, %(behalf)s, %(name)s, %(phone_number)s, %(source)s, %(text)s,
            %(at)s, %(digest)s)
    ON CONFLICT (key) DO NOTHING RETURNING 1
), touched AS (
    UPDATE cases_case SET revision = revision + 1 FROM contact WHERE id = %(case)s
), {journal.part("contact")}
SELECT 1 FROM contact
"""


@dataclass(frozen=True, slots=True)
class Follower:
    """Who wants to hear of a case, and what they had to say. `key` is theirs: sent twice, it is one contact. `facts`
    stand in the entry.
    """

    key: str
    source: str
    text: str = ""
    account: str | None = None
    name: str = ""
    phone: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def follow(case_id: UUID, told: Follower, *, by: Actor, at: datetime) -> Opened:
    """Join a running case as one more who told of it; the answer holds a query code of their own.

    A case that was merged meanwhile is followed where it went; one that was closed is a Conflict. Who acts for another
    gets no code: their principal has the matter, whatever becomes of the mandate.
    """
    held = rows.read_locked(_running(case_id))
    acting.may_tell(held.scenario, held.category, by)
    if held.closed:
        raise Conflict("这件事刚刚办结，无法再跟进。如果问题还在，请继续上报。")
    contact, code = uuid_utils.compat.uuid7(), new_code(by)
    entry = journal.row(
        subject=("case", str(held.id)), verb="case.followed", by=by, at=at, reach=held.reach,
        body={"number": held.number, "source": told.source, "contact": str(contact), **told.facts},
    )  # fmt: skip
    row: dict[str, Any] = {
        "case": held.id, "id": contact, "key": told.key, "account": told.account, "behalf": behalf(by),
        "name": told.name, "phone_number": told.phone, "source": told.source, "text": told.text, "at": at,
        "digest": query_digest(held.id, code) if code else None,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_JOIN, {**row, **entry})
        fresh = cursor.fetchone() is not None
    return Opened(held.id, held.number, code if fresh else "", again=not fresh)


def _running(case_id: UUID) -> UUID:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(master, id) FROM cases_case WHERE id = %s", [case_id])
        found = cursor.fetchone()
    return found[0] if found else case_id
