"""Case numbers, drawn from the database some at a time."""

import threading

from django.db import connection

AT_ONCE = 20
"""Numbers one process draws together. Those it does not use are left out; no number is ever given twice."""

_lock = threading.Lock()
_drawn: dict[str, list[int]] = {}


def next_number(prefix: str) -> str:
    """A number no case has had: the prefix and eight digits, rising in each process."""
    database = connection.settings_dict["NAME"]
    with _lock:
        left = _drawn.setdefault(database, [])
        if not left:
            left += reversed(_draw())
        return f"{prefix}{left.pop():08d}"


def _draw() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_number') FROM generate_series(1, %s)", [AT_ONCE])
        return [number for (number,) in cursor.fetchall()]
