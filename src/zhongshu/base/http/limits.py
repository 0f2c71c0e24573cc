"""How often somebody may use a door."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from zhongshu.base.http.refusals import TooMany

_TAKE = """
INSERT INTO http_tally AS t (door, who, "window", used, until) VALUES (%(door)s, %(who)s, %(window)s, 1, %(until)s)
ON CONFLICT (door, who) DO UPDATE SET
    used = CASE WHEN t."window" = excluded."window" THEN t.used + 1 ELSE 1 END,
    "window" = excluded."window", until = excluded.until
RETURNING used
"""


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` uses of `door` by one user within `seconds`."""

    door: str
    most: int
    seconds: int


def take(limit: Limit, who: str, at: datetime) -> None:
    """Count one use; TooMany when that is more than the limit allows. One statement, shared by all processes."""
    window = int(at.timestamp()) // limit.seconds
    with connection.cursor() as cursor:
        until = (window + 1) * limit.seconds
        cursor.execute(_TAKE, {"door": limit.door, "who": who[:200], "window": window, "until": until})
        used = cursor.fetchone()[0]
    if used > limit.most:
        wait = limit.seconds - int(at.timestamp()) % limit.seconds
        raise TooMany("操作过于频繁，请在 {wait} 秒后再试。", retry_after=wait, door=limit.door, wait=wait)


def uncount(limit: Limit, who: str) -> None:
    """Take one use back, and leave the others: whoever shares the address may still be guessing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE http_tally SET used = used - 1 WHERE door = %s AND who = %s AND used > 0", [limit.door, who[:200]]
        )


def give_back(limit: Limit, who: str) -> None:
    """Forget the uses counted so far: what went well does not count against the user."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM http_tally WHERE door = %s AND who = %s", [limit.door, who[:200]])


def forget(at: datetime) -> int:
    """Drop what was counted in windows that are over; returns how many rows."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM http_tally WHERE until <= %s", [int(at.timestamp())])
        return cursor.rowcount
