"""How often somebody may use a door."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from zhongshu.base.http.refusals import TooMany

_TAKE = """
INSERT INTO http_tally AS t (door, who, "window", used) VALUES (%(door)s, %(who)s, %(window)s, 1)
ON CONFLICT (door, who) DO UPDATE SET
    used = CASE WHEN t."window" = excluded."window" THEN t.used + 1 ELSE 1 END, "window" = excluded."window"
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
        cursor.execute(_TAKE, {"door": limit.door, "who": who[:200], "window": window})
        used = cursor.fetchone()[0]
    if used > limit.most:
        wait = limit.seconds - int(at.timestamp()) % limit.seconds
        raise TooMany("操作过于频繁，请在 {wait} 秒后再试。", retry_after=wait, wait=wait)


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
