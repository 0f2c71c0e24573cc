"""Authenticator apps: setting one up, and proving with its codes."""

from datetime import datetime

import pyotp
from django.db import transaction

from zhongshu.base.crypto import sealing
from zhongshu.base.http.refusals import Invalid
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.identity.actions import factors
from zhongshu.registers.identity.actions.telling import tell
from zhongshu.registers.identity.models import Authenticator
from zhongshu.registers.identity.rules import totp
from zhongshu.registers.identity.rules.origins import Origin
from zhongshu.registers.people.models import Account

ABOUT = "identity_authenticator.secret"


def new_secret() -> str:
    """A secret of 160 random bits, sealed as it is kept."""
    return sealing.seal(pyotp.random_base32(), ABOUT)


def shown(sealed: str) -> str:
    """The secret itself, for the one page that shows it to its owner."""
    return sealing.opened(sealed, ABOUT)


@transaction.atomic
def add(account: Account, sealed: str, typed: str, name: str, *, origin: Origin, by: Actor, at: datetime) -> None:
    """Add an app that has shown by a code that it knows the secret."""
    found = totp.accepted_step(shown(sealed), typed, at, 0) if sealed else None
    if found is None:
        raise Invalid("动态口令不对。请核对手机的时间，输入应用里最新的六位数字。", field="code")
    factors.make_room(account)
    named = factors.named(name, "动态口令应用")
    made = Authenticator.objects.create(account=account, name=named, secret=sealed, step=found, added=at)
    tell(account.pk, "factor_added", kind="totp", factor=str(made.pk), origin=origin, by=by, at=at)


def prove(account: Account, typed: str, *, origin: Origin, by: Actor, at: datetime) -> bool:
    """Whether the code is one of the account's apps, never accepted before; then it is used up."""
    for app in Authenticator.objects.filter(account=account):
        found = totp.accepted_step(shown(app.secret), typed, at, app.step)
        if found is not None and _used(app, found, origin, by, at):
            return True
    return False


@transaction.atomic
def _used(app: Authenticator, step: int, origin: Origin, by: Actor, at: datetime) -> bool:
    """Uses the step up; of two that bring the same code at once, one comes too late."""
    first = Authenticator.objects.filter(pk=app.pk, step__lt=step).update(step=step, used=at)
    if first:
        tell(app.account_id, "factor_used", kind="totp", factor=str(app.pk), origin=origin, by=by, at=at)
    return bool(first)
