"""Where readers of the journal stand: taken by one process at a time, moved in the transaction of what they did."""

from django.db import connection


def locked(reader: str) -> tuple[str, int] | None:
    """The reader's place, locked for this transaction; None when another process is at it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_cursor (reader, xid, entry) VALUES (%s, '0'::xid8, 0) ON CONFLICT DO NOTHING", [reader]
        )
        cursor.execute("SELECT xid::text, entry FROM journal_cursor WHERE reader = %s FOR UPDATE SKIP LOCKED", [reader])
        return cursor.fetchone()


def move(reader: str, place: tuple[str, int]) -> None:
    """The reader has read up to this place."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE journal_cursor SET xid = %s::xid8, entry = %s WHERE reader = %s", [place[0], place[1], reader]
        )
