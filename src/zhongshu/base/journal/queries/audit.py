"""What people did to rights, accounts and protected data: the entries an auditor reads."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection

from zhongshu.base.journal.rules import entries
from zhongshu.base.permissions.rules import Scope, body_key

PAGE = 50
BATCH = 2_000

# The very condition of the partial indexes (migration 0002_audit): written the same way, or they are not used.
SECURITY = """(split_part(verb, '.', 1) IN ('people', 'identity', 'security', 'approvals', 'privacy', 'audit')
 OR verb IN ('cases.contact_revealed', 'cases.foreign_case_tried', 'figures.exported', 'cases.handover_asked',
             'dispatch.track_seen'))"""
_COLUMNS = "id, xid::text AS xid, kind, subject, number, verb, actor, behalf, at, reach, body"


@dataclass(frozen=True, slots=True)
class Search:
    """Which entries: by whom, about what (kind and id), which verb, in which time; those of `scope` alone.

    `after` is where the page before ended: the moment and id of its last entry.
    """

    scope: Scope
    actor: str = ""
    subject: tuple[str, str] | None = None
    verb: str = ""
    since: datetime | None = None
    until: datetime | None = None
    after: tuple[datetime, int] | None = None


def found(search: Search, limit: int = PAGE) -> list[entries.Read]:
    """The entries of a search, newest first: a walk along one index, which ends after a page."""
    conditions, values = _conditions(search)
    statement = f"""SELECT {_COLUMNS} FROM journal_entry WHERE {" AND ".join([SECURITY, *conditions])}
                    ORDER BY at DESC, id DESC LIMIT %s"""
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, limit])
        return [entries.Read(*row) for row in cursor.fetchall()]


def all_found(search: Search, most: int) -> Iterator[entries.Read]:
    """The same, page after page, at most so many, in bounded memory."""
    left = most
    while left > 0 and (page := found(search, min(BATCH, left))):
        yield from page
        left -= len(page)
        search = replace(search, after=(page[-1].at, page[-1].id))


def _conditions(search: Search) -> tuple[list[str], list[Any]]:
    # That the tree changed says nothing which the entry about the body does not say.
    told: list[tuple[str, list[Any]]] = [("verb <> 'people.tree_changed'", [])]
    if search.actor:
        told.append(("actor = %s", [search.actor]))
    if search.subject:
        told.append(("kind = %s AND subject = %s", [*search.subject]))
    if search.verb:
        told.append(("verb = %s", [search.verb]))
    if search.since:
        told.append(("at >= %s", [search.since]))
    if search.until:
        told.append(("at < %s", [search.until]))
    if search.after:
        told.append(("(at, id) < (%s, %s)", [*search.after]))
    if not search.scope.everything:
        told.append(_within(search.scope))
    return [condition for condition, _ in told], [value for _, values in told for value in values]


def _within(scope: Scope) -> tuple[str, list[Any]]:
    """Entries that lie under one of the pairs; those about nothing in particular are for who sees everything."""
    pairs = [[k for k in (body and body_key(body), place) if k is not None] for body, place in scope.pairs]
    covered = " OR ".join("reach @> %s::bigint[]" for _ in pairs) or "false"
    return f"({covered})", [*pairs]
