"""What an account can prove."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhongshu.registers.identity.models import Authenticator, Passkey, RecoveryCode


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor as its owner sees it; `kind` is totp or passkey."""

    id: UUID
    kind: str
    name: str
    added: datetime
    used: datetime | None


def factors(account: UUID | str) -> list[Factor]:
    """The account's authenticator apps and passkeys, oldest first."""
    columns = ("id", "name", "added", "used")
    apps = Authenticator.objects.filter(account_id=account).values(*columns)
    keys = Passkey.objects.filter(account_id=account).values(*columns)
    found = [Factor(kind="totp", **row) for row in apps] + [Factor(kind="passkey", **row) for row in keys]
    return sorted(found, key=lambda factor: factor.added)


def has_factor(account: UUID | str) -> bool:
    """Whether the account has a factor beside its password."""
    return (
        Authenticator.objects.filter(account_id=account).exists() or Passkey.objects.filter(account_id=account).exists()
    )


def recovery_codes_left(account: UUID | str) -> int:
    """How many recovery codes are still good."""
    return RecoveryCode.objects.filter(account_id=account, used=None).count()
