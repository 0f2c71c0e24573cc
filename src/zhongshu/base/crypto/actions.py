"""Sealing anew what older keys have sealed, so that they may go."""

from typing import Any

from django.db import connection, transaction
from psycopg import sql

from zhongshu.base.crypto import sealing
from zhongshu.base.crypto.doors import Sealed

BATCH = 500
_OLDER = """
SELECT id, {column} FROM {table} WHERE id > %(after)s AND {column} <> '' AND {column} NOT LIKE %(newest)s
ORDER BY id LIMIT %(most)s FOR UPDATE
"""


def reseal(one: Sealed) -> int:
    """Seal every value of a column under the newest key, in batches that each commit; returns how many it were.

    Unreadable when a value's key is gone: then nothing of its batch is changed. It may be stopped and begun again.
    """
    done, after = 0, None
    while batch := _batch(one, after):
        done, after = done + len(batch), batch[-1]
    return done


@transaction.atomic
def _batch(one: Sealed, after: Any) -> list[Any]:
    """The ids of the next values sealed anew, in the order of the table's key."""
    names = {
        "table": sql.Identifier(one.table),
        "column": sql.Identifier(one.column),
        "mark": sql.Identifier(one.mark or "id"),
    }
    asked = _OLDER if after is not None else _OLDER.replace("id > %(after)s AND ", "")
    with connection.cursor() as cursor:
        told: dict[str, Any] = {"after": after, "newest": sealing.newest_name() + ":%", "most": BATCH}
        cursor.execute(sql.SQL(asked).format(**names), told)
        rows = cursor.fetchall()
        change = "UPDATE {table} SET {column} = %(sealed)s" + (", {mark} = %(mark)s" if one.mark else "")
        for key, sealed in rows:
            text = sealing.opened(sealed, one.about)
            new = {"id": key, "sealed": sealing.seal(text, one.about)}
            if one.mark:
                new["mark"] = sealing.marks(text, one.about)[0]
            cursor.execute(sql.SQL(change + " WHERE id = %(id)s").format(**names), new)
    return [key for key, _ in rows]
