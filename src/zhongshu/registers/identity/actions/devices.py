"""Binding browsers to device accounts, and what they sign in with."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_network

from django.db import transaction

from zhongshu.base.crypto import sealing
from zhongshu.base.http.refusals import Invalid
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.identity.actions.sessions import end_sessions
from zhongshu.registers.identity.actions.telling import tell
from zhongshu.registers.identity.models import Device, DeviceCode
from zhongshu.registers.identity.rules import origins
from zhongshu.registers.identity.rules.origins import Origin
from zhongshu.registers.people.models import Account

ABOUT = "identity_device_code.mark"
TO_ENTER = timedelta(minutes=10)
GOOD_FOR = timedelta(days=180)
DIGITS = 8


@dataclass(frozen=True, slots=True)
class Bound:
    """A browser just bound, and the token it is to keep."""

    device: Device
    token: str


@transaction.atomic
def enrol_code(account: Account, *, network: str = "", by: Actor, at: datetime) -> str:
    """Eight digits that bind the next browser to a device account: once, within ten minutes; voids those before.

    `network` (`10.1.2.0/24`): the addresses the browser may come from; empty for any.
    """
    if account.kind != Account.Kind.DEVICE or not account.is_active:
        raise Invalid("只有在用的系统与设备账号可以绑定设备。", field="account")
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    kept = {"mark": sealing.marks(code, ABOUT)[0], "network": _network(network), "expires": at + TO_ENTER}
    DeviceCode.objects.update_or_create(account=account, defaults=kept)
    tell(account.pk, "device_code_given", network=kept["network"], by=by, at=at)
    return code


@transaction.atomic
def bind_device(typed: str, *, origin: Origin, at: datetime) -> Bound:
    """Bind this browser to the account whose code was typed; Invalid when it is none, or no longer good."""
    code = "".join(typed.split())[:100]
    found = DeviceCode.objects.select_for_update(of=("self",)).select_related("account").filter(
        mark__in=sealing.marks(code, ABOUT), expires__gt=at, account__closed=None
    ).first()  # fmt: skip
    if found is None or not origins.lies_in(origin.address, found.network):
        raise Invalid("绑定码不对、已用过或已过期。请向管理员要一个新的。", field="code")
    token = secrets.token_urlsafe(32)
    device = Device.objects.create(
        account=found.account, digest=_digest(token), agent=origin.agent, network=found.network, bound=at, seen=at,
        expires=at + GOOD_FOR,
    )  # fmt: skip
    found.delete()
    tell(device.account_id, "device_bound", device=str(device.pk), origin=origin, by=as_actor(device), at=at)
    return Bound(device, token)


def wake(token: str, *, origin: Origin, at: datetime) -> Device | None:
    """The device that holds this token, which may sign in; None when it is revoked, over or not where it should be."""
    device = Device.objects.select_related("account").filter(
        digest=_digest(token[:200]), revoked=None, expires__gt=at, account__closed=None
    ).first()  # fmt: skip
    if device is None:
        return None
    if device.agent != origin.agent or not origins.lies_in(origin.address, device.network):
        tell(device.account_id, "device_refused", device=str(device.pk), origin=origin, by=as_actor(device), at=at)
        return None
    Device.objects.filter(pk=device.pk).update(seen=at)
    return device


@transaction.atomic
def revoke_device(device: Device, *, by: Actor, at: datetime) -> None:
    """Revoke a bound browser: it signs in no more, and the sessions of its account end."""
    if Device.objects.filter(pk=device.pk, revoked=None).update(revoked=at):
        end_sessions(device.account_id, by=by, at=at)
        tell(device.account_id, "device_revoked", device=str(device.pk), by=by, at=at)


def as_actor(device: Device) -> Actor:
    """The device's account, acting for itself."""
    account = device.account
    return Actor(str(account.pk), account.name, account.kind, account.body_id)  # type: ignore[arg-type]


def _network(typed: str) -> str:
    if not typed.strip():
        return ""
    try:
        return str(ip_network(typed.strip(), strict=False))
    except ValueError:
        raise Invalid("网段写法不对，例如 10.1.2.0/24。", field="network") from None


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
