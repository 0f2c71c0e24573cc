"""When what begins now is due: by a term and the calendar, or by what an answer says."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from zhongshu.base.calendar import queries as calendar
from zhongshu.engine.cases.rules import limits
from zhongshu.engine.cases.rules.settings import Settings


def due(
    settings: Settings, data: Mapping[str, Any], element: str, category: str, opened: datetime, body: int | None = None
) -> datetime | None:
    """When a task (or the case, `case`) that begins at `opened` is due; `body`: whom it waits for. None: never."""
    return limits.due(settings, data, element, category, opened, calendar.working_days(), body)
