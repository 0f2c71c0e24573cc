"""How often one may urge who has a task (催办). Pure."""

from datetime import datetime, timedelta

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Conflict, Invalid

APART = timedelta(hours=1)
"""Between two urges of one official at one task: the first must have had a chance to be heard."""
LONGEST_WORDS = 200


def today(last: datetime | None, at: datetime) -> bool:
    """Whether an applicant has urged on this day of the calendar already."""
    return last is not None and last.astimezone(SHANGHAI).date() == at.astimezone(SHANGHAI).date()


def by_applicant(last: datetime | None, at: datetime) -> None:
    """An applicant may urge once a day."""
    if today(last, at):
        raise Conflict("您今天已经催办过，办理人员已收到提醒。明天可以再催。")


def by_official(last: datetime | None, at: datetime) -> None:
    """An official may urge a task again after an hour."""
    if last is not None and at < last + APART:
        raise Conflict("您刚催办过这个环节，一小时后可以再催。")


def words(text: str) -> str:
    """What an applicant says with it, trimmed; may be nothing."""
    found = text.strip()
    if len(found) > LONGEST_WORDS:
        raise Invalid("催办留言最多 {most} 个字。", field="urge", most=LONGEST_WORDS)
    return found
