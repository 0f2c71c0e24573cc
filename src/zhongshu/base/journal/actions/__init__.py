"""Writing the journal."""

import os
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from zhongshu.base.journal import caches
from zhongshu.base.journal.rules import entries
from zhongshu.base.permissions.rules import Actor

CHANNEL = "journal"


def part(after: str = "") -> str:
    """The parts (WITH …) that write an entry in the statement of the change it tells of. They take `row(...)`.

    The subject's chain grows, the entry takes its number, listeners wake at commit. `after` names an earlier part:
    without a row from it nothing is written.
    """
    return f"""
chain AS (
    INSERT INTO journal_subject AS s (kind, id, count, head)
    SELECT %(entry_kind)s, %(entry_subject)s, 1, sha256(%(entry_leaf)s) {after and "FROM " + after}
    ON CONFLICT (kind, id) DO UPDATE SET count = s.count + 1, head = sha256(s.head || %(entry_leaf)s)
    RETURNING count
), entry AS (
    INSERT INTO journal_entry (kind, subject, number, verb, actor, behalf, at, reach, body, salt, leaf)
    SELECT %(entry_kind)s, %(entry_subject)s, count, %(entry_verb)s, %(entry_actor)s, %(entry_behalf)s, %(entry_at)s,
           %(entry_reach)s::bigint[], %(entry_body)s, %(entry_salt)s, %(entry_leaf)s FROM chain
    RETURNING pg_notify('journal', '')
)
"""


def row(
    *,
    subject: tuple[str, str],
    verb: str,
    by: Actor,
    at: datetime,
    body: Mapping[str, Any],
    reach: Collection[int] = (),
) -> dict[str, Any]:
    """The parameters of `part` for one entry, in the terms of `record`."""
    content = entries.Content(
        kind=subject[0],
        subject=subject[1],
        verb=verb,
        actor=by.id,
        behalf=by.behalf,
        at=at,
        reach=tuple(sorted(reach)),
        body=entries.canonical(body),
    )
    salt = os.urandom(entries.SALT_BYTES)
    said = {f"entry_{name}": getattr(content, name) for name in content.__slots__}
    return said | {"entry_reach": list(content.reach), "entry_salt": salt, "entry_leaf": content.leaf(salt)}


def record(
    *,
    subject: tuple[str, str],
    verb: str,
    by: Actor,
    at: datetime,
    body: Mapping[str, Any],
    reach: Collection[int] = (),
) -> None:
    """Write one entry in the caller's transaction.

    `subject` is (kind, id); `verb` reads `package.past_participle`; `reach` are the ancestors of the thing, so that
    feed and counts obey the same filter as lists. Writing under one subject is serialised by its row.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {part()} SELECT 1 FROM entry", row(subject=subject, verb=verb, by=by, at=at, body=body, reach=reach)
        )
    caches.look_again(subject)


def destroy(kind: str, subject: str) -> int:
    """Destroy what the entries of a subject say; their leaves stay, so the chain stays whole. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE journal_entry SET body = NULL, salt = NULL WHERE kind = %s AND subject = %s AND body IS NOT NULL",
            [kind, subject],
        )
        return cursor.rowcount


def destroy_said(
    kind: str, subjects: Collection[str], *, actors: Collection[str] = (), but: Collection[str] = ()
) -> int:
    """The same for entries of several subjects: those of these `actors` alone, if any are given, and without the verbs
    in `but`. Returns how many.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE journal_entry SET body = NULL, salt = NULL
            WHERE kind = %s AND subject = ANY(%s) AND (%s OR actor = ANY(%s)) AND verb <> ALL(%s)
              AND body IS NOT NULL""",
            [kind, list(subjects), not actors, list(actors), list(but)],
        )
        return cursor.rowcount


def destroy_entries(ids: Collection[int]) -> int:
    """The same for single entries. Returns how many said anything before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE journal_entry SET body = NULL, salt = NULL WHERE id = ANY(%s) AND body IS NOT NULL", [list(ids)]
        )
        return cursor.rowcount


def rebase() -> None:
    """Make a restored journal readable by its cursors: transaction ids of another server mean nothing here.

    Every entry gets the oldest transaction id and every reader goes back to its first unread entry: at least once.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """UPDATE journal_cursor c SET xid = '3'::xid8, entry = coalesce(
                   (SELECT min(e.id) - 1 FROM journal_entry e WHERE (e.xid, e.id) > (c.xid, c.entry)),
                   (SELECT max(id) FROM journal_entry), 0)"""
        )
        cursor.execute("UPDATE journal_entry SET xid = '3'::xid8")
