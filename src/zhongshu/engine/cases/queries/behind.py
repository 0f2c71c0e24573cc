"""The cases behind a number: the same conditions as the counters and alarms, as pages of rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from django.db import connection

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.engine.cases.queries.lists import COLUMNS, PAGE, After, Row

What = Literal["overdue", "soon", "running", "phase", "opened", "closed", "late", "left"]
_CONDITIONS: dict[What, str] = {
    "overdue": "r.running AND c.closed IS NULL AND c.due < %(at)s",
    "soon": "r.running AND c.closed IS NULL AND c.alarms > 0 AND c.due >= %(at)s",
    "running": "r.running",
    "phase": "r.running AND c.phase = %(phase)s",
    "opened": "r.opened >= %(first)s AND r.opened < %(end)s",
    "closed": "c.closed >= %(first)s AND c.closed < %(end)s AND c.master IS NULL",
    "late": "c.closed >= %(first)s AND c.closed < %(end)s AND c.closed > c.due AND c.master IS NULL",
    "left": """EXISTS (SELECT 1 FROM cases_task t WHERE t.case_id = c.id AND t.phase = %(phase)s
        AND t.closed >= %(first)s AND t.closed < %(end)s AND t.ending = 'done')""",
}
_ROWS = f"""
SELECT {COLUMNS} FROM cases_reach r JOIN cases_case c ON c.id = r.case_id
WHERE r.ancestor = %(lead)s AND c.reach @> %(under)s::bigint[] AND {{condition}} {{after}}
ORDER BY r.opened DESC, r.case_id DESC LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Number:
    """Which number: cases overdue, warned of or running at `at`, in a `phase` now; or opened, closed, closed late,
    or done with a `phase` (left), on a `day`, in one `hour` of it, or on all days until the `last`.
    """

    what: What
    at: datetime
    phase: str = ""
    day: date | None = None
    last: date | None = None
    hour: int | None = None

    @property
    def period(self) -> tuple[datetime, datetime]:
        """From when (included) to when (excluded) it counts."""
        day = self.day or self.at.date()
        first = datetime.combine(day, time(self.hour or 0), SHANGHAI)
        if self.hour is not None:
            return first, first + timedelta(hours=1)
        return first, datetime.combine(self.last or day, time(), SHANGHAI) + timedelta(days=1)


def rows(under: Sequence[int], number: Number, after: After | None = None, limit: int = PAGE) -> list[Row]:
    """One page of the cases a number counts that lie under all these ancestors, newest first."""
    first, end = number.period
    sql = _ROWS.format(
        condition=_CONDITIONS[number.what],
        after="AND (r.opened, r.case_id) < (%(opened)s, %(case)s)" if after else "",
    )
    given: dict[str, Any] = {
        "lead": under[0], "under": list(under), "at": number.at, "phase": number.phase, "first": first,
        "end": end, "limit": limit,
    }  # fmt: skip
    if after:
        given |= {"opened": after.opened, "case": after.case_id}
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return [Row(*row) for row in cursor.fetchall()]
