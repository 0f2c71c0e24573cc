"""Whether an official works on a matter that some people told of."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor, Scope, body_key
from zhongshu.engine.cases.queries import seen
from zhongshu.engine.cases.queries.lists import COLUMNS, Row

SHOWN = 20

# Each account's newest contacts by their index; then the cases by key, and of those the ones within the reach.
_OF_ACCOUNTS = """
SELECT k.case_id, max(k.received) AS received FROM unnest(%(accounts)s::uuid[]) AS mine (id)
CROSS JOIN LATERAL (
    SELECT case_id, received FROM cases_contact WHERE account = mine.id ORDER BY received DESC LIMIT 1000) k
GROUP BY k.case_id
"""


def tied(accounts: Collection[UUID], *, by: Actor, at: datetime) -> bool:
    """Whether an open case these accounts told of lies where the official may read cases, or is with them."""
    return bool(_found(accounts, by, at, "c.closed IS NULL", 1))


def told_by(accounts: Collection[UUID], *, by: Actor, at: datetime) -> list[Row]:
    """The newest cases these accounts told of, of those that the official may read, in one statement."""
    return _found(accounts, by, at, "true", SHOWN)


def _found(accounts: Collection[UUID], by: Actor, at: datetime, which: str, limit: int) -> list[Row]:
    params: dict[str, Any] = {"accounts": list(accounts), "by": by.id, "limit": limit}
    within = _within(permissions.scope(by, seen.READ, at), params)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT {COLUMNS} FROM ({_OF_ACCOUNTS}) k JOIN cases_case c ON c.id = k.case_id
                WHERE {which} AND ({within} OR EXISTS (SELECT 1 FROM cases_task t WHERE t.case_id = c.id
                    AND t.closed IS NULL AND (t.assignee = %(by)s OR t.delegate = %(by)s)))
                ORDER BY k.received DESC LIMIT %(limit)s""",
            params,
        )
        return [Row(*row) for row in cursor.fetchall()]


def _within(scope: Scope, params: dict[str, Any]) -> str:
    """Of a case `c`: whether it lies in the scope, as `Scope.covers` has it."""
    for number, (body, place) in enumerate(scope.pairs):
        keys = [body_key(body) if body is not None else None, place]
        params[f"pair{number}"] = [key for key in keys if key is not None]
    return " OR ".join(f"c.reach @> %(pair{number})s::bigint[]" for number in range(len(scope.pairs))) or "false"
