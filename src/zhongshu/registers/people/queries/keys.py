"""Who speaks with an API key, for what, from where, within its limits a minute and a day."""

import hashlib
import threading
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Forbidden, TooMany, Unauthenticated
from zhongshu.base.journal import caches
from zhongshu.base.permissions.roles import ROLES
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people.models import Account
from zhongshu.registers.people.queries.accounts import actor, grant
from zhongshu.registers.people.rules import keys as rules

BELIEVED = 1.0
"""Seconds a process goes by what it read of a key: how long a change made by another process may go unseen."""
LEASE = 20
"""A process may answer one in so many of the uses left in the minute before it reads and counts again."""
MOST_HELD = 10_000

# One statement counts the uses in the running minute and day, keeps the last day, and brings who has the key with the
# grants in force.
_KEY = """
WITH key AS (
    SELECT k.id, k.per_minute, k.per_day, k.scopes, k.networks, k.expires, a.id AS account, a.name, a.kind, a.body_id
    FROM people_api_key k JOIN people_account a ON a.id = k.account_id AND a.closed IS NULL
    WHERE k.digest = %(digest)s AND k.revoked IS NULL AND (k.expires IS NULL OR k.expires > %(at)s)
), used AS (
    INSERT INTO people_key_use AS u (key_id, minute, used, day, used_today)
    SELECT id, %(minute)s, %(uses)s, %(day)s, %(uses)s FROM key
    ON CONFLICT (key_id) DO UPDATE SET
        used = CASE WHEN u.minute = excluded.minute THEN u.used + excluded.used ELSE excluded.used END,
        used_today = CASE WHEN u.day = excluded.day THEN u.used_today + excluded.used ELSE excluded.used END,
        minute = excluded.minute, day = excluded.day
    RETURNING used, used_today
), last AS (
    UPDATE people_api_key k SET used_on = %(today)s FROM key
    WHERE k.id = key.id AND k.used_on IS DISTINCT FROM %(today)s
)
SELECT key.account::text, key.name, key.kind, key.body_id, used.used, key.per_minute, used.used_today, key.per_day,
       key.scopes, key.networks, key.expires, coalesce(
    (SELECT json_agg(json_build_array(g.role, g.body_id, g.place, g.purpose, g.starts, g.ends, g.hours))
      FROM people_grant g
     WHERE g.account_id = key.account AND g.starts <= %(at)s AND (g.ends IS NULL OR g.ends > %(at)s)), '[]')
FROM key, used
"""


@dataclass(frozen=True, slots=True)
class Holder:
    """What a key says of whoever speaks with it."""

    actor: Actor
    scopes: frozenset[str]
    networks: tuple[str, ...]
    expires: datetime | None


@dataclass(slots=True)
class _Held:
    """What was read of a key: good for a moment, a number of uses and the minute it was read in."""

    holder: Holder
    minute: int
    until: float
    left: int
    uncounted: int = 0

    def serves(self, at: datetime, minute: int) -> bool:
        alive = self.holder.expires is None or at < self.holder.expires
        return alive and minute == self.minute and self.left > 0 and time.monotonic() < self.until


_held: dict[bytes, _Held] = {}
_lock = threading.Lock()


def digest(key: str) -> bytes:
    """What is kept of an API key. A plain hash is enough: the key is 256 random bits."""
    return hashlib.sha256(key.encode()).digest()


def permissions_of(account: Account, at: datetime) -> frozenset[str]:
    """What an account's grants in force at `at` permit it, somewhere."""
    held = actor(account.pk, at)
    roles = (ROLES.get(one.role) for one in held.grants) if held else ()
    return frozenset(permission for role in roles if role for permission in role.permissions)


def key_holder(key: str, at: datetime, *, permission: str = "", address: str = "") -> Actor:
    """Who speaks with this API key, counting the use against its limits a minute and a day.

    Forbidden when the key is not for `permission` (unless it is empty) or not for use from `address`. A key in
    constant use is read once a second: its uses in between are counted here and added at the next reading.
    """
    found = _holder(digest(key), at)
    if not rules.comes_from(address, found.networks):
        raise Forbidden("这个密钥不能从您所在的网络使用，请核对密钥限定的网段。")
    if permission and permission not in found.scopes:
        raise Forbidden("这个密钥没有权限 {permission}。", permission=permission)
    return found.actor


def _holder(hashed: bytes, at: datetime) -> Holder:
    minute = int(at.timestamp()) // 60
    with _lock:
        held = _held.get(hashed)
        if held is not None and held.serves(at, minute):
            held.left -= 1
            held.uncounted += 1
            return held.holder
        uses = 1
        if held is not None and held.minute == minute:
            uses, held.uncounted = 1 + held.uncounted, 0
    return _read(hashed, at, minute, uses)


def _read(hashed: bytes, at: datetime, minute: int, uses: int) -> Holder:
    today = at.astimezone(SHANGHAI).date()
    counted: dict[str, Any] = {"minute": minute, "day": today.toordinal(), "today": today, "uses": uses}
    with connection.cursor() as cursor:
        cursor.execute(_KEY, {"digest": hashed, "at": at, **counted})
        row = cursor.fetchone()
    if row is None:
        raise Unauthenticated("接口密钥无效、已过期或已撤销，请向数据管理部门申请新的密钥。")
    id_, name, kind, body, used, limit, used_today, limit_today, scopes, networks, expires, grants = row
    _within(used, limit, used_today, limit_today, at)
    who = Actor(id_, name, kind, body, tuple(grant(g) for g in grants))
    holder = Holder(who, frozenset(scopes), tuple(networks), expires)
    if (lease := min(limit - used, limit_today - used_today) // LEASE) > 0:
        _keep(hashed, _Held(holder, minute, time.monotonic() + BELIEVED, lease))
    return holder


def _within(used: int, limit: int, used_today: int, limit_today: int, at: datetime) -> None:
    if used > limit:
        wait = 60 - int(at.timestamp()) % 60
        raise TooMany("请求过于频繁：每分钟最多 {limit} 次，请稍后再试。", retry_after=wait, limit=limit)
    if used_today > limit_today:
        here = at.astimezone(SHANGHAI)
        wait = 86_400 - (here.hour * 3_600 + here.minute * 60 + here.second)
        raise TooMany("今天的次数已用完：每天最多 {limit} 次，请明天再试。", retry_after=wait, limit=limit_today)


def _keep(hashed: bytes, held: _Held) -> None:
    with _lock:
        if len(_held) >= MOST_HELD:
            _held.clear()
        _held[hashed] = held


def forget() -> None:
    """Read every key anew at its next use."""
    with _lock:
        for held in _held.values():
            held.until = 0.0


caches.watch("account", forget)
