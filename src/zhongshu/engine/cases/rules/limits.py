"""When what begins now is due: by a term and the calendar, or by what an answer says. Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from zhongshu.base.calendar import rules as deadlines
from zhongshu.base.calendar.rules import WorkingDays
from zhongshu.engine.cases.rules import dues, whistle
from zhongshu.engine.cases.rules.settings import Settings


def due(
    settings: Settings,
    data: Mapping[str, Any],
    element: str,
    category: str,
    opened: datetime,
    days: WorkingDays,
    body: int | None = None,
) -> datetime | None:
    """When a task (or the case, `case`) that begins at `opened` is due; `body`: whom it waits for. None: never."""
    if (expression := settings.by_answer(element, category)) is not None:
        return dues.moment(expression.evaluate(data), opened)
    term = whistle.term(settings, data, element, category, body)
    return deadlines.due(opened, term, days).at if term else None
