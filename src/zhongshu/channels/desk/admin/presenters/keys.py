"""Systems and their keys as an administrator sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.presenters import names
from zhongshu.engine.cases.queries import clocks
from zhongshu.engine.cases.queries import devices as told
from zhongshu.registers.people import queries as known
from zhongshu.registers.people.models import Account, ApiKey

SOON = timedelta(days=30)
MANAGE = "keys.manage"


@dataclass(frozen=True, slots=True)
class Held:
    """A key as it stands: `soon` when it ends within 30 days, `over` when it did or was revoked."""

    key: ApiKey
    scopes: str
    networks: str
    soon: bool
    over: bool


@dataclass(frozen=True, slots=True)
class System:
    """A connected system with its keys, how its devices do, and what a key of it may be for."""

    account: Account
    body: str
    total: Any
    keys: Sequence[Held]
    permissions: Sequence[str]


def systems(by: Actor, at: datetime) -> list[Account]:
    """The systems somebody looks after, by name."""
    ids = known.managed_ids(by, MANAGE, at)
    return [one for one in known.devices() if ids is None or one.body_id in ids]


def context(by: Actor, at: datetime) -> dict[str, Any]:
    """What the page of keys shows."""
    accounts = systems(by, at)
    totals = told.totals([one.pk for one in accounts])
    called = {one.pk: one.name for one in accounts}
    held = known.permissions_held(accounts, at)
    shown = [
        System(
            one, names.body(one.body_id), totals.get(one.pk), [_held(key, at) for key in one.keys.all()],
            sorted(held[one.pk]),
        )
        for one in accounts
    ]  # fmt: skip
    return {
        "systems": shown, "permissions": sorted({code for one in shown for code in one.permissions}),
        "reckonings": clocks.reckonings(),
        "flagged": [(one, called[one.sender]) for one in told.flagged() if one.sender in called],
    }  # fmt: skip


def _held(key: ApiKey, at: datetime) -> Held:
    over = key.revoked is not None or (key.expires is not None and key.expires <= at)
    soon = not over and key.expires is not None and key.expires <= at + SOON
    return Held(key, "、".join(key.scopes), " ".join(key.networks), soon, over)
