"""Browsers bound to device accounts."""

from uuid import UUID

from django.db.models import QuerySet

from zhongshu.registers.identity.models import Device


def devices(account: UUID | str | None = None) -> QuerySet[Device]:
    """The bound browsers of an account, or of all, newest first; those revoked too. The caller cuts the list."""
    found = Device.objects.select_related("account").order_by("-bound", "-id")
    return found if account is None else found.filter(account_id=account)
