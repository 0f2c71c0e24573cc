"""Entries as many as a city has, made by the database; they say little, but every index holds them."""

from collections.abc import Callable
from datetime import datetime

from django.db import connection

from zhongshu.base.journal.actions import growing

CHUNK = 100_000
A_SUBJECT = 10
_ENTRIES = """
INSERT INTO journal_entry (kind, subject, number, verb, actor, at, reach, body, salt, leaf)
SELECT 'filled', (n / %(each)s)::text, n %% %(each)s + 1, 'filled.written', '019a0000-0000-7000-8000-000000000001',
       %(at)s, '{-3, 9901}', '{"n":' || n || '}', substring(sha256(n::text::bytea) FOR 16), sha256(('leaf' || n)::bytea)
FROM generate_series(%(first)s::bigint, %(last)s) AS n
"""


def fill(rows: int, at: datetime, progress: Callable[[int, int], None]) -> None:
    """Write so many entries and give each its place in the tree."""
    with connection.cursor() as cursor:
        for first in range(0, rows, CHUNK):
            last = min(first + CHUNK, rows)
            cursor.execute(_ENTRIES, {"each": A_SUBJECT, "at": at, "first": first, "last": last - 1})
            while growing.grow():
                pass
            progress(last, rows)
        cursor.execute("ANALYZE journal_entry, journal_leaf, journal_tile")
