"""Keys of connected systems."""

import secrets
from datetime import datetime

from django.db import transaction

from zhongshu.base.http.refusals import Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people import queries
from zhongshu.registers.people.models import Account, ApiKey


@transaction.atomic
def issue_key(
    account: Account, name: str, *, per_minute: int = 600, expires: datetime | None = None, by: Actor, at: datetime
) -> str:
    """Issue an API key to a device account. The key is shown this once: only its hash is kept."""
    if account.kind != Account.Kind.DEVICE:
        raise Invalid("接口密钥只能发给系统与设备账号。", field="account")
    key = "zs_" + secrets.token_urlsafe(32)
    kept = ApiKey.objects.create(
        account=account, name=name, digest=queries.digest(key), per_minute=per_minute, issued=at, expires=expires
    )
    journal.record(
        subject=("account", str(account.pk)), verb="people.key_issued", by=by, at=at,
        body={"key": str(kept.pk), "name": name},
    )  # fmt: skip
    return key


@transaction.atomic
def revoke_key(key: ApiKey, *, by: Actor, at: datetime) -> None:
    """Revoke an API key; the next request with it is refused."""
    ApiKey.objects.filter(pk=key.pk, revoked=None).update(revoked=at)
    journal.record(
        subject=("account", str(key.account_id)), verb="people.key_revoked", by=by, at=at, body={"key": str(key.pk)}
    )
