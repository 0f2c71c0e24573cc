"""How much open work lies under a body, and how far cases have followed one that was moved."""

from django.db import connection

from zhongshu.base.permissions.rules import body_key
from zhongshu.engine.cases.models import BodyMove

MOST = 10_000
_OPEN = "SELECT count(*) FROM (SELECT FROM cases_reach WHERE ancestor = %s AND running LIMIT %s) open"


def open_under(body: int) -> int:
    """How many open cases lie under a body; 10,001 for any number above."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [body_key(body), MOST + 1])
        return cursor.fetchone()[0]


def newest_move(body: int) -> BodyMove | None:
    """How the cases under a body follow its last move; None when it was never moved."""
    return BodyMove.objects.filter(body=body).order_by("-entry").first()
