"""Times as a wall says them: short."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext

from zhongshu.channels.screen.presenters import names


def clock(when: datetime) -> str:
    """14:05:09, in Shanghai."""
    return f"{timezone.localtime(when):%H:%M:%S}"


def day(when: date) -> str:
    """11月22日, or 22 Nov."""
    return f"{when.day} {when:%b}" if names.language() == "en" else f"{when.month}月{when.day}日"


def hour(when: datetime) -> str:
    """11月22日 14:00, or 22 Nov 14:00, in Shanghai."""
    here = timezone.localtime(when)
    return f"{day(here)} {here:%H:%M}"


def span(length: timedelta) -> str:
    """A length of time in its largest unit."""
    minutes = int(length.total_seconds() // 60)
    if minutes >= 24 * 60:
        return gettext("{n} 天").format(n=minutes // (24 * 60))
    if minutes >= 60:
        return gettext("{n} 小时").format(n=minutes // 60)
    return gettext("{n} 分钟").format(n=max(1, minutes))


def lasting(seconds: float) -> str:
    """How long something takes, to a tenth of its unit."""
    minutes = seconds / 60
    if minutes >= 24 * 60:
        return gettext("{n} 天").format(n=f"{minutes / (24 * 60):.1f}")
    if minutes >= 60:
        return gettext("{n} 小时").format(n=f"{minutes / 60:.1f}")
    return gettext("{n} 分钟").format(n=max(1, round(minutes)))
