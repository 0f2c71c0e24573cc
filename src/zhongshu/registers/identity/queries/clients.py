"""Questions about the systems people sign in to through us."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare

from zhongshu.base.permissions import rules as permissions
from zhongshu.registers.identity.models import Client, Consent, SigningKey
from zhongshu.registers.people import queries as people
from zhongshu.registers.people import rules as spelling
from zhongshu.registers.people.models import Account

SHOWN_AFTER = timedelta(days=1)
"""How long a key is shown after its successor began to sign: longer than anything it signed lives."""


def digest(secret: str) -> bytes:
    """What is kept of a secret or token. A plain hash is enough: they are 256 random bits."""
    return hashlib.sha256(secret.encode()).digest()


def client(id_: str) -> Client | None:
    """The system with this id, unless it was withdrawn."""
    return Client.objects.filter(pk=id_[:200], withdrawn=None).first() if "\0" not in id_ else None


def clients() -> Sequence[Client]:
    """Every system that may ask, by name."""
    return list(Client.objects.filter(withdrawn=None).order_by("name", "id"))


def proves(client: Client, secret: str) -> bool:
    """Whether this is the system's secret; one without any must not send one."""
    if client.digest is None:
        return not secret
    return constant_time_compare(bytes(client.digest), digest(secret))


def consented(client: Client, account: UUID) -> frozenset[str]:
    """The scopes somebody has let the system have."""
    found = Consent.objects.filter(client=client, account=account, revoked=None).values_list("scopes", flat=True)
    return frozenset(scope for scopes in found for scope in scopes)


def consents_of(account: UUID) -> Sequence[Consent]:
    """The systems that somebody lets know them, newest first."""
    return list(Consent.objects.filter(account=account, revoked=None).select_related("client").order_by("-given"))


def shown_keys(at: datetime) -> list[dict[str, Any]]:
    """The public keys that what we sign is checked with: those that sign, will sign soon, or signed lately."""
    keys = SigningKey.objects.exclude(retired__lt=at - SHOWN_AFTER).order_by("-signs")
    return [key.public for key in keys]


def told(account: Account, client: Client, scopes: Sequence[str], at: datetime) -> dict[str, Any]:
    """What a system hears of somebody within its scopes: names masked unless the system was granted the full one."""
    actor = people.actor(account.pk, at)
    said: dict[str, Any] = {}
    if "profile" in scopes:
        staff = account.kind == Account.Kind.STAFF
        said["name"] = account.name if client.full_name or staff else spelling.masked_name(account.name)
        said["account_kind"] = account.kind
        if account.person:
            said["real_name_level"] = account.person.level
    if "phone" in scopes and account.phone:
        proven = account.links.filter(source__kind="phone", subject=account.phone).exists()
        said |= {"phone_number": f"+86{account.phone}", "phone_number_verified": proven}
    if "org" in scopes and account.body and actor:
        said["org"] = {"id": str(account.body.pk), "name": account.body.name}
        said["roles"] = sorted(permissions.roles(actor, at))
    return said


def issuer() -> str:
    """Under which name we say who somebody is: the platform's public address."""
    return settings.PUBLIC_URL
