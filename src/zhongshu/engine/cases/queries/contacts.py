"""Who has told us what."""

from datetime import datetime

from django.db import connection


def received(key: str) -> datetime | None:
    """When the contact with this key came; None when there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT received FROM cases_contact WHERE key = %s", [key])
        found = cursor.fetchone()
    return found[0] if found else None
