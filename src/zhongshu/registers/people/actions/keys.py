"""Keys of connected systems: issuing, replacing, revoking, and telling in time that one ends."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from zhongshu.base.http.refusals import Conflict, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people import queries
from zhongshu.registers.people.models import Account, ApiKey
from zhongshu.registers.people.rules import keys as rules

WARNING = timedelta(days=30)
BATCH = 500


@transaction.atomic
def issue_key(
    account: Account, name: str, *, scopes: Collection[str] | None = None, networks: Sequence[str] = (),
    per_minute: int = 600, per_day: int = 1_000_000, expires: datetime | None = None, by: Actor, at: datetime,
) -> str:  # fmt: skip
    """Issue an API key to a device account. The key is shown this once: only its hash is kept.

    `scopes`: permissions out of those the holder's grants give, None for all of them as they are now; `networks`: CIDR,
    from anywhere when empty; it ends after a year unless said otherwise, after two at the latest.
    """
    if account.kind != Account.Kind.DEVICE:
        raise Invalid("接口密钥只能发给系统与设备账号。", field="account")
    minute, day = rules.limits(per_minute, max(per_day, per_minute))
    kept = ApiKey(
        account=account, name=name, scopes=rules.scopes(scopes, queries.permissions_of(account, at)),
        networks=rules.networks(networks), per_minute=minute, per_day=day, issued=at, expires=rules.ends(expires, at),
    )  # fmt: skip
    return _issued(kept, {}, by, at)


@transaction.atomic
def rotate_key(key: ApiKey, *, overlap_days: int, by: Actor, at: datetime) -> str:
    """Issue a key like this one beside it; the old one ends after the overlap. The new key is shown this once."""
    held = ApiKey.objects.select_for_update(of=("self",)).select_related("account").get(pk=key.pk)
    if held.revoked or (held.expires and held.expires <= at):
        raise Conflict("这个密钥已经失效，请直接签发新的密钥。")
    if not 0 <= overlap_days <= rules.LONGEST_OVERLAP_DAYS:
        raise Invalid("新旧密钥并用的时间须为 0 至 {most} 天。", field="overlap", most=rules.LONGEST_OVERLAP_DAYS)
    life = held.expires - held.issued if held.expires else rules.USUAL_LIFE
    ending = at + timedelta(days=overlap_days)
    held.expires = min(held.expires, ending) if held.expires else ending
    held.save(update_fields=["expires"])
    fresh = ApiKey(
        account=held.account, name=held.name, networks=held.networks, per_minute=held.per_minute, per_day=held.per_day,
        scopes=sorted(set(held.scopes) & queries.permissions_of(held.account, at)), issued=at,
        expires=at + min(life, rules.LONGEST_LIFE),
    )  # fmt: skip
    return _issued(fresh, {"replaces": str(held.pk), "old_ends": held.expires}, by, at)


def _issued(kept: ApiKey, said: dict, by: Actor, at: datetime) -> str:
    key = "zs_" + secrets.token_urlsafe(32)
    kept.digest = queries.digest(key)
    kept.save(force_insert=True)
    _record(kept, "people.key_issued", by, at, name=kept.name, scopes=kept.scopes, expires=kept.expires, **said)
    return key


@transaction.atomic
def revoke_key(key: ApiKey, *, by: Actor, at: datetime) -> None:
    """Revoke an API key; the next request with it is refused."""
    if ApiKey.objects.filter(pk=key.pk, revoked=None).update(revoked=at):
        _record(key, "people.key_revoked", by, at)


@transaction.atomic
def warn_of_ending_keys(*, by: Actor, at: datetime) -> int:
    """Leave an entry for each key that ends within 30 days, once each, for those who listen; returns how many."""
    ending = ApiKey.objects.select_for_update(skip_locked=True, of=("self",)).select_related("account__body")
    found = list(
        ending.filter(
            revoked=None, warned=None, expires__gt=at, expires__lte=at + WARNING, account__closed=None
        ).order_by("expires")[:BATCH]
    )
    ApiKey.objects.filter(pk__in=[key.pk for key in found]).update(warned=at)
    for key in found:
        _record(key, "people.key_ending", by, at, name=key.name, holder=key.account.name, expires=key.expires)
    return len(found)


def _record(key: ApiKey, verb: str, by: Actor, at: datetime, **said: object) -> None:
    reach = queries.reach_of_body(key.account.body) if key.account.body else ()
    journal.record(
        subject=("account", str(key.account_id)), verb=verb, by=by, at=at, body={"key": str(key.pk), **said},
        reach=reach,
    )  # fmt: skip
