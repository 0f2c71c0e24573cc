"""The cases behind a number: the same conditions as the counters and alarms, as pages of rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from django.db import connection

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.engine.cases.queries.lists import PAGE, After, Row

_COLUMNS = ", ".join(f"c.{name}" for name in Row.__slots__)
What = Literal["overdue", "phase", "opened", "closed", "late"]
_CONDITIONS: dict[What, str] = {
    "overdue": "r.running AND c.closed IS NULL AND c.due < %(at)s",
    "phase": "r.running AND c.phase = %(phase)s",
    "opened": "r.opened >= %(first)s AND r.opened < %(end)s",
    "closed": "c.closed >= %(first)s AND c.closed < %(end)s",
    "late": "c.closed >= %(first)s AND c.closed < %(end)s AND c.closed > c.due",
}
_ROWS = f"""
SELECT {_COLUMNS} FROM cases_reach r JOIN cases_case c ON c.id = r.case_id
WHERE r.ancestor = %(lead)s AND c.reach @> %(under)s::bigint[] AND {{condition}} {{after}}
ORDER BY r.opened DESC, r.case_id DESC LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Number:
    """Which number: those overdue at `at`, in a `phase` now, or opened, closed or closed late on a `day`."""

    what: What
    at: datetime
    phase: str = ""
    day: date | None = None


def rows(under: Sequence[int], number: Number, after: After | None = None, limit: int = PAGE) -> list[Row]:
    """One page of the cases a number counts that lie under all these ancestors, newest first."""
    first = datetime.combine(number.day or number.at.date(), time(), SHANGHAI)
    sql = _ROWS.format(
        condition=_CONDITIONS[number.what],
        after="AND (r.opened, r.case_id) < (%(opened)s, %(case)s)" if after else "",
    )
    given: dict[str, Any] = {
        "lead": under[0], "under": list(under), "at": number.at, "phase": number.phase, "first": first,
        "end": first + timedelta(days=1), "limit": limit,
    }  # fmt: skip
    if after:
        given |= {"opened": after.opened, "case": after.case_id}
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return [Row(*row) for row in cursor.fetchall()]
