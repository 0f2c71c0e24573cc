"""Naming and removing factors."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from zhongshu.base.http.refusals import Absent, Conflict
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.identity import queries
from zhongshu.registers.identity.actions.telling import tell
from zhongshu.registers.identity.models import Authenticator, Passkey
from zhongshu.registers.identity.rules.origins import Origin
from zhongshu.registers.people.models import Account

MOST = 10
LONGEST = 40


def named(typed: str, otherwise: str) -> str:
    """A factor's name: what was typed, cut, else what it is called by default."""
    return " ".join(typed.split())[:LONGEST] or gettext(otherwise)


def make_room(account: Account) -> None:
    """Refuse an eleventh factor. Holds the account's row, so that two changes follow each other."""
    Account.objects.select_for_update().get(pk=account.pk)
    if len(queries.factors(account.pk)) >= MOST:
        raise Conflict("一个账号最多有 {most} 个验证方式，请先删去不用的。", most=MOST)


@transaction.atomic
def rename(account: Account, factor: UUID, name: str, *, by: Actor, at: datetime) -> None:
    """Give one of the account's factors another name."""
    found = _one(account, factor)
    found.name = named(name, found.name)
    found.save(update_fields=["name"])
    tell(account.pk, "factor_renamed", factor=str(factor), by=by, at=at)


@transaction.atomic
def remove(account: Account, factor: UUID, *, origin: Origin, by: Actor, at: datetime) -> None:
    """Remove one of the account's factors. An official keeps one wherever two proofs are required."""
    Account.objects.select_for_update().get(pk=account.pk)
    found = _one(account, factor)
    if account.kind == Account.Kind.STAFF and queries.required() and len(queries.factors(account.pk)) == 1:
        raise Conflict("这是您唯一的验证方式。请先添加另一个，再删去这个。")
    found.delete()
    kind = "passkey" if isinstance(found, Passkey) else "totp"
    tell(account.pk, "factor_removed", kind=kind, factor=str(factor), origin=origin, by=by, at=at)


def clear(account: Account) -> int:
    """Remove all factors of an account that begins anew; the caller tells of it. Says how many there were."""
    apps, keys = Authenticator.objects.filter(account=account), Passkey.objects.filter(account=account)
    account.recovery_codes.all().delete()
    return apps.delete()[0] + keys.delete()[0]


def _one(account: Account, factor: UUID) -> Authenticator | Passkey:
    mine = {"pk": factor, "account": account}
    found = Authenticator.objects.filter(**mine).first() or Passkey.objects.filter(**mine).first()
    if found is None:
        raise Absent("没有这个验证方式。")
    return found
