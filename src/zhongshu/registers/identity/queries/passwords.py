"""How old passwords are."""

from datetime import datetime, timedelta

from django.conf import settings

from zhongshu.registers.identity.models import PasswordSet
from zhongshu.registers.people.models import Account


def is_stale(account: Account, at: datetime) -> bool:
    """Whether the password is older than this platform allows; never, where no age is set."""
    if not settings.PASSWORD_DAYS:
        return False
    known = PasswordSet.objects.filter(account=account).values_list("at", flat=True).first()
    return (known or account.opened) + timedelta(days=settings.PASSWORD_DAYS) <= at
