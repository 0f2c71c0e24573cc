"""The days that stages and standings are about."""

from datetime import date, datetime, timedelta

DAYS = 30
"""Today included."""


def days(at: datetime) -> tuple[date, date]:
    """The first and the last of them."""
    return at.date() - timedelta(days=DAYS - 1), at.date()


def asked(at: datetime) -> dict[str, str]:
    """The same in an address."""
    first, last = days(at)
    return {"day": first.isoformat(), "last": last.isoformat()}
