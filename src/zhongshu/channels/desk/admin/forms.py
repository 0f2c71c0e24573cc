"""What is typed to issue a key."""

from datetime import datetime, time

from django.http import QueryDict
from django.utils.dateparse import parse_date

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Invalid

MOST_A_MINUTE = 100_000


def name(posted: QueryDict) -> str:
    """What the key is for."""
    found = " ".join(posted.get("name", "").split())
    if not 2 <= len(found) <= 60:
        raise Invalid("请写明密钥的用途（2 至 60 字）。", field="name")
    return found


def per_minute(posted: QueryDict) -> int:
    """How many requests a minute the key allows."""
    text = posted.get("per_minute", "").strip()
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= MOST_A_MINUTE):
        raise Invalid("每分钟次数须为 1 至 {most} 的整数。", field="per_minute", most=MOST_A_MINUTE)
    return int(text)


def expires(posted: QueryDict, at: datetime) -> datetime | None:
    """The end of the last day the key is good for; None for no end."""
    text = posted.get("expires", "").strip()
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None or day < at.date():
        raise Invalid("有效期须为今天或以后的真实日期，例如 2027-12-31。", field="expires")
    return datetime.combine(day, time.max, SHANGHAI)
