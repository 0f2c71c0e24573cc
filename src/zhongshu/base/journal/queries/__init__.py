"""Reading the journal: a subject's trace, the feed, and the check of the whole."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter

import msgspec
from django.db import connection

from zhongshu.base.journal.models import Entry
from zhongshu.base.journal.rules import entries

ORIGIN = ("0", 0)
_COLUMNS = "id, xid::text AS xid, kind, subject, number, verb, actor, behalf, at, reach, body"

# Only what no running transaction can still precede: a reader that has passed a place never misses an entry there.
_FEED = f"""
SELECT {_COLUMNS} FROM journal_entry
WHERE (xid, id) > (%s::xid8, %s) AND xid < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY journal_entry.xid, id LIMIT %s
"""


def after(place: tuple[str, int], limit: int = 500) -> list[entries.Read]:
    """The entries that follow a place in the feed, in the feed's order."""
    with connection.cursor() as cursor:
        cursor.execute(_FEED, [place[0], place[1], limit])
        return [entries.Read(*row) for row in cursor.fetchall()]


def newest_place() -> tuple[str, int]:
    """Where a reader stands who wants only what comes from now on."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT xid::text, id FROM journal_entry WHERE xid < pg_snapshot_xmin(pg_current_snapshot())
               ORDER BY journal_entry.xid DESC, id DESC LIMIT 1"""
        )
        return cursor.fetchone() or ORIGIN


def place_of(entry: int) -> tuple[str, int]:
    """Where a reader stands who has read the entry with this id; the origin when there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT xid::text, id FROM journal_entry WHERE id = %s", [entry])
        return cursor.fetchone() or ORIGIN


def trace(kind: str, subject: str) -> list[entries.Read]:
    """All entries about a subject, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM journal_entry WHERE kind = %s AND subject = %s ORDER BY number",
            [kind, subject],
        )
        return [entries.Read(*row) for row in cursor.fetchall()]


_SUBJECTS = """
SELECT coalesce(s.kind, e.kind) AS kind, coalesce(s.id, e.subject) AS id, s.count, s.head,
       e.number, e.leaf, e.salt, e.verb, e.actor, e.behalf, e.at, e.reach, e.body
FROM journal_subject s FULL JOIN journal_entry e ON e.kind = s.kind AND e.subject = s.id
ORDER BY 1, 2, e.number
"""


def verify() -> Iterator[tuple[int, list[entries.Finding]]]:
    """Check every subject: yields (entries read, findings) a subject, in bounded memory."""
    with connection.cursor().connection.cursor(name="journal_verify") as cursor:
        cursor.itersize = 5_000
        cursor.execute(_SUBJECTS)
        stored = (_Stored(*row) for row in cursor)
        for (kind, subject), group in groupby(stored, key=attrgetter("kind", "subject")):
            rows = list(group)
            present = [row.row() for row in rows if row.number is not None]
            head = bytes(rows[0].head) if rows[0].head is not None else entries.START
            yield len(present), entries.check(kind, subject, present, rows[0].count or 0, head)


class _Stored(msgspec.Struct):
    kind: str
    subject: str
    count: int | None
    head: bytes | None
    number: int | None
    leaf: bytes | None
    salt: bytes | None
    verb: str | None
    actor: str | None
    behalf: str | None
    at: datetime | None
    reach: list[int] | None
    body: str | None

    def row(self) -> entries.Row:
        assert self.number is not None and self.leaf is not None and self.at is not None
        content = None
        if self.body is not None:
            content = entries.Content(
                self.kind, self.subject, self.verb or "", self.actor or "", self.behalf, self.at,
                tuple(self.reach or ()), self.body,
            )  # fmt: skip
        return entries.Row(self.number, bytes(self.leaf), bytes(self.salt) if self.salt else None, content)


def verify_one(kind: str, subject: str) -> list[entries.Finding]:
    """Check one subject."""
    rows = [
        entries.Row(e.number, bytes(e.leaf), bytes(e.salt) if e.salt else None, _content(e))
        for e in Entry.objects.filter(kind=kind, subject=subject).order_by("number")
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count, head FROM journal_subject WHERE kind = %s AND id = %s", [kind, subject])
        count, head = cursor.fetchone() or (0, entries.START)
    return entries.check(kind, subject, rows, count, bytes(head))


def _content(entry: Entry) -> entries.Content | None:
    if entry.body is None:
        return None
    return entries.Content(
        entry.kind, entry.subject, entry.verb, entry.actor, entry.behalf, entry.at, tuple(entry.reach), entry.body
    )
