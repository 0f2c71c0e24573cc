"""Recovery codes: ten on paper, each good once."""

import secrets
from datetime import datetime

from django.db import transaction

from zhongshu.base.crypto import sealing
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.identity.actions.telling import tell
from zhongshu.registers.identity.models import RecoveryCode
from zhongshu.registers.identity.rules import codes
from zhongshu.registers.identity.rules.origins import Origin
from zhongshu.registers.people.models import Account

HOW_MANY = 10
ABOUT = "identity_recovery_code.mark"


def new_code() -> str:
    """A code of 50 random bits."""
    return codes.spelled(secrets.randbits(50))


def marks(typed: str, about: str) -> list[bytes]:
    """The keyed hashes a code is kept by or found by, newest key first."""
    return sealing.marks(codes.folded(typed), about)


@transaction.atomic
def make(account: Account, *, origin: Origin, by: Actor, at: datetime) -> list[str]:
    """Ten new codes, shown this once; those before are void."""
    RecoveryCode.objects.filter(account=account).delete()
    made = [new_code() for _ in range(HOW_MANY)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=account, mark=marks(code, ABOUT)[0], made=at) for code in made
    )
    tell(account.pk, "recovery_codes_made", codes=HOW_MANY, origin=origin, by=by, at=at)
    return made


@transaction.atomic
def prove(account: Account, typed: str, *, origin: Origin, by: Actor, at: datetime) -> bool:
    """Whether this is one of the account's codes and not used before; then it is used up."""
    good = RecoveryCode.objects.filter(account=account, mark__in=marks(typed, ABOUT), used=None)
    if not good.update(used=at):
        return False
    tell(account.pk, "recovery_code_used", origin=origin, by=by, at=at)
    return True
