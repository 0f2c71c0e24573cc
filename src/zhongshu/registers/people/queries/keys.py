"""Who speaks with an API key, within its limit a minute."""

import hashlib
import threading
import time
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from zhongshu.base.http.refusals import TooMany, Unauthenticated
from zhongshu.base.journal import caches
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people.queries.accounts import grant

BELIEVED = 1.0
"""Seconds a process goes by what it read of a key: how long a change made by another process may go unseen."""
LEASE = 20
"""A process may answer one in so many of the uses left in the minute before it reads and counts again."""
MOST_HELD = 10_000

# One statement counts the uses within the running minute and brings the holder with the grants in force.
_KEY = """
WITH key AS (
    SELECT k.id, k.per_minute, k.expires, a.id AS account, a.name, a.kind, a.body_id
    FROM people_api_key k JOIN people_account a ON a.id = k.account_id AND a.closed IS NULL
    WHERE k.digest = %(digest)s AND k.revoked IS NULL AND (k.expires IS NULL OR k.expires > %(at)s)
), used AS (
    INSERT INTO people_key_use AS u (key_id, minute, used) SELECT id, %(minute)s, %(uses)s FROM key
    ON CONFLICT (key_id) DO UPDATE SET
        used = CASE WHEN u.minute = excluded.minute THEN u.used + excluded.used ELSE excluded.used END,
        minute = excluded.minute
    RETURNING used
)
SELECT key.account::text, key.name, key.kind, key.body_id, used.used, key.per_minute, key.expires, coalesce(
    (SELECT json_agg(json_build_array(g.role, g.body_id, g.place, g.purpose, g.starts, g.ends, g.hours))
     FROM people_grant g
     WHERE g.account_id = key.account AND g.starts <= %(at)s AND (g.ends IS NULL OR g.ends > %(at)s)), '[]')
FROM key, used
"""


@dataclass(slots=True)
class _Held:
    """What was read of a key: good for a moment, a number of uses and the minute it was read in."""

    actor: Actor
    expires: datetime | None
    minute: int
    until: float
    left: int
    uncounted: int = 0

    def serves(self, at: datetime, minute: int) -> bool:
        alive = self.expires is None or at < self.expires
        return alive and minute == self.minute and self.left > 0 and time.monotonic() < self.until


_held: dict[bytes, _Held] = {}
_lock = threading.Lock()


def digest(key: str) -> bytes:
    """What is kept of an API key. A plain hash is enough: the key is 256 random bits."""
    return hashlib.sha256(key.encode()).digest()


def key_holder(key: str, at: datetime) -> Actor:
    """Who speaks with this API key, counting the use against its limit a minute.

    A key in constant use is read once a second: its uses in between are counted here and added at the next reading.
    """
    hashed, minute = digest(key), int(at.timestamp()) // 60
    with _lock:
        held = _held.get(hashed)
        if held is not None and held.serves(at, minute):
            held.left -= 1
            held.uncounted += 1
            return held.actor
        uses = 1
        if held is not None and held.minute == minute:
            uses, held.uncounted = 1 + held.uncounted, 0
    return _read(hashed, at, minute, uses)


def _read(hashed: bytes, at: datetime, minute: int, uses: int) -> Actor:
    with connection.cursor() as cursor:
        cursor.execute(_KEY, {"digest": hashed, "minute": minute, "at": at, "uses": uses})
        row = cursor.fetchone()
    if row is None:
        raise Unauthenticated("接口密钥无效、已过期或已撤销，请向数据管理部门申请新的密钥。")
    id_, name, kind, body, used, limit, expires, grants = row
    if used > limit:
        wait = 60 - int(at.timestamp()) % 60
        raise TooMany("请求过于频繁：每分钟最多 {limit} 次，请稍后再试。", retry_after=wait, limit=limit)
    actor = Actor(id_, name, kind, body, tuple(grant(g) for g in grants))
    if (lease := (limit - used) // LEASE) > 0:
        _keep(hashed, _Held(actor, expires, minute, time.monotonic() + BELIEVED, lease))
    return actor


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
