"""What is typed to issue a key."""

from datetime import datetime, time

from django.http import QueryDict

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Invalid
from zhongshu.channels.desk.admin.forms import text

MOST_A_MINUTE = 100_000
MOST_A_DAY = 100_000_000


def name(posted: QueryDict) -> str:
    """What the key is for."""
    found = " ".join(text.line(posted, "name").split())
    if not 2 <= len(found) <= 60:
        raise Invalid("请写明密钥的用途（2 至 60 字）。", field="name")
    return found


def per_minute(posted: QueryDict) -> int:
    """How many requests a minute the key allows."""
    return _number(posted, "per_minute", MOST_A_MINUTE, "每分钟次数须为 1 至 {most} 的整数。")


def per_day(posted: QueryDict) -> int:
    """How many requests a day the key allows."""
    return _number(posted, "per_day", MOST_A_DAY, "每天次数须为 1 至 {most} 的整数。")


def overlap(posted: QueryDict) -> int:
    """For how many days a key and the one that replaces it stand beside each other."""
    return _number(posted, "overlap", 30, "新旧密钥并用的时间须为 1 至 {most} 天。")


def _number(posted: QueryDict, name: str, most: int, sentence: str) -> int:
    typed = text.line(posted, name, 12)
    if not (typed.isascii() and typed.isdecimal() and 1 <= int(typed) <= most):
        raise Invalid(sentence, field=name, most=most)
    return int(typed)


def networks(posted: QueryDict) -> list[str]:
    """The networks it may be used from, one a line or parted by commas or blanks."""
    return text.line(posted, "networks", 2_000).replace("，", " ").replace(",", " ").split()


def expires(posted: QueryDict, at: datetime) -> datetime:
    """The end of the last day the key is good for: a real day from today on."""
    day = text.day(posted, "expires")
    if day is None or day < at.date():
        raise Invalid("有效期须为今天或以后的真实日期，例如 2027-12-31。", field="expires")
    return datetime.combine(day, time.max, SHANGHAI)
