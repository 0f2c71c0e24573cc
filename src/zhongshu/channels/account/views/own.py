"""The visitor's own account."""

from zhongshu.base.http import access
from zhongshu.registers.people.models import Account


def account(request: access.Request) -> Account:
    """The account of whoever is signed in."""
    return Account.objects.get(pk=request.by.id)
