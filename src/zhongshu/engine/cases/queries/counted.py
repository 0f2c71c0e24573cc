"""The cases a figure counts over a period: opened, closed or closed late under an ancestor, in a category."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from django.db import connection

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.engine.cases.queries.lists import COLUMNS, PAGE, After, Row

What = Literal["opened", "closed", "late"]
# Whatever closed in a period was opened before its end: the walk down the ancestor's index starts there.
_CLOSED = "r.opened < %(end)s AND c.closed >= %(first)s AND c.closed < %(end)s AND c.master IS NULL"
_CONDITIONS: dict[What, str] = {
    "opened": "r.opened >= %(first)s AND r.opened < %(end)s",
    "closed": _CLOSED,
    "late": f"{_CLOSED} AND c.closed > c.due",
}
_ROWS = f"""
SELECT {COLUMNS} FROM cases_reach r JOIN cases_case c ON c.id = r.case_id
WHERE r.ancestor = %(under)s AND {{condition}} {{more}}
ORDER BY r.opened DESC, r.case_id DESC LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Counted:
    """Which cases: what happened to them from `first` to `last`, under an ancestor, in a category (by prefix)."""

    what: What
    under: int
    first: date
    last: date
    category: str = ""


def rows(counted: Counted, after: After | None = None, limit: int = PAGE) -> list[Row]:
    """One page, newest opened first. Who knows how many there are asks for no more: the walk ends with the last."""
    more = "AND c.category LIKE %(category)s" if counted.category else ""
    given: dict[str, Any] = {
        "under": counted.under, "first": _midnight(counted.first), "end": _midnight(counted.last + timedelta(days=1)),
        "category": f"{counted.category}%", "limit": limit,
    }  # fmt: skip
    if after:
        more += " AND (r.opened, r.case_id) < (%(opened)s, %(case)s)"
        given |= {"opened": after.opened, "case": after.case_id}
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(condition=_CONDITIONS[counted.what], more=more), given)
        return [Row(*row) for row in cursor.fetchall()]


def every(counted: Counted, most: int, page: int = 500) -> Iterator[Row]:
    """Up to `most` of them, newest opened first, read page by page as they are taken."""
    after: After | None = None
    while most > 0:
        found = rows(counted, after, min(page, most))
        yield from found
        most -= len(found)
        if len(found) < page:
            return
        after = After(found[-1].opened, found[-1].id)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)
