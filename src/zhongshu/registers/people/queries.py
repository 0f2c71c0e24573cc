"""Questions about bodies and people."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext

from zhongshu.base.http.refusals import TooMany, Unauthenticated
from zhongshu.base.journal.caches import Cached
from zhongshu.base.permissions import rules
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people import rules as people
from zhongshu.registers.people.models import Account, ApiKey, Body, CellOfficer

_GRANTS = """
SELECT a.name, a.kind, a.body_id, coalesce(
    json_agg(json_build_array(g.role, g.body_id, g.place, g.purpose, g.starts, g.ends)) FILTER (WHERE g.id IS NOT NULL),
    '[]')
FROM people_account a
LEFT JOIN people_grant g ON g.account_id = a.id AND g.starts <= %(at)s AND (g.ends IS NULL OR g.ends > %(at)s)
WHERE a.id = %(id)s AND a.closed IS NULL GROUP BY a.id
"""


def _grant(row: list) -> rules.Grant:
    role, body, place, purpose, starts, ends = row
    return rules.Grant(
        role, body, place, purpose, datetime.fromisoformat(starts), ends and datetime.fromisoformat(ends)
    )


def actor(account: UUID | str, at: datetime) -> Actor | None:
    """The account as an actor with the grants in force at `at`, in one statement; None when it is closed or unknown."""
    with connection.cursor() as cursor:
        cursor.execute(_GRANTS, {"id": str(account), "at": at})
        row = cursor.fetchone()
    if row is None:
        return None
    name, kind, body, grants = row
    return Actor(str(account), name, kind, body, tuple(_grant(g) for g in grants))


# One statement counts the use within the running minute and brings the holder with the grants in force.
_KEY = """
WITH key AS (
    SELECT k.id, k.per_minute, a.id AS account, a.name, a.kind, a.body_id
    FROM people_api_key k JOIN people_account a ON a.id = k.account_id AND a.closed IS NULL
    WHERE k.digest = %(digest)s AND k.revoked IS NULL AND (k.expires IS NULL OR k.expires > %(at)s)
), used AS (
    INSERT INTO people_key_use AS u (key_id, minute, used) SELECT id, %(minute)s, 1 FROM key
    ON CONFLICT (key_id) DO UPDATE SET
        used = CASE WHEN u.minute = excluded.minute THEN u.used + 1 ELSE 1 END, minute = excluded.minute
    RETURNING used
)
SELECT key.account::text, key.name, key.kind, key.body_id, used.used, key.per_minute, coalesce(
    (SELECT json_agg(json_build_array(g.role, g.body_id, g.place, g.purpose, g.starts, g.ends)) FROM people_grant g
     WHERE g.account_id = key.account AND g.starts <= %(at)s AND (g.ends IS NULL OR g.ends > %(at)s)), '[]')
FROM key, used
"""


def digest(key: str) -> bytes:
    """What is kept of an API key. A plain hash is enough: the key is 256 random bits."""
    return hashlib.sha256(key.encode()).digest()


def key_holder(key: str, at: datetime) -> Actor:
    """Who speaks with this API key, counting the use against its limit a minute."""
    minute = int(at.timestamp()) // 60
    with connection.cursor() as cursor:
        cursor.execute(_KEY, {"digest": digest(key), "minute": minute, "at": at})
        row = cursor.fetchone()
    if row is None:
        raise Unauthenticated("接口密钥无效、已过期或已撤销，请向数据管理部门申请新的密钥。")
    id_, name, kind, body, used, limit, grants = row
    if used > limit:
        wait = 60 - int(at.timestamp()) % 60
        raise TooMany("请求过于频繁：每分钟最多 {limit} 次，请稍后再试。", retry_after=wait, limit=limit)
    return Actor(id_, name, kind, body, tuple(_grant(g) for g in grants))


def _tree() -> dict[int, Body]:
    return {body.pk: body for body in Body.objects.all()}


tree = Cached(("bodies", "tree"), _tree)
"""Every body by id, kept per process until the tree changes."""


def lineage(body: int) -> tuple[int, ...]:
    """The body's ids from the root down to itself; empty when there is no such body."""
    found = tree().get(body)
    return tuple(found.lineage) if found else ()


def subtree(root: int) -> list[int]:
    """The ids of a body and all living ones under it, from the cached tree."""
    return [pk for pk, body in tree().items() if root in body.lineage and body.ended is None]


def _called() -> dict[int, str]:
    bodies = Body.objects.select_related("parent").order_by("pk")
    once = Counter(body.name for body in bodies)
    names: dict[int, str] = {}
    for body in bodies:
        full = f"{body.name}（{body.parent.name}）" if once[body.name] > 1 and body.parent else body.name
        names[body.pk] = full if full not in names.values() else f"{full}#{body.pk}"
    return names


called = Cached(("bodies", "tree"), _called)
"""Body id → the name that is its alone: its own, or with its parent's where two bear the same."""


def body_name(body: int | None, language: str = "zh-hans") -> str:
    """A body's name for showing; empty when there is none."""
    found = tree().get(body) if body is not None else None
    return "" if found is None else found.name_en if language == "en" else found.name


def bodies_under(root: int | None) -> QuerySet[Body]:
    """The living bodies of a subtree, itself included; all when root is None."""
    found = Body.objects.filter(ended=None)
    return found if root is None else found.filter(lineage__contains=[root])


def names(accounts: Iterable[str]) -> dict[str, str]:
    """Account id → name, for showing."""
    wanted = sorted({str(a) for a in accounts if a and a != rules.SYSTEM.id})
    with connection.cursor() as cursor:
        cursor.execute("SELECT id::text, name FROM people_account WHERE id = ANY(%s::uuid[])", [wanted])
        return dict(cursor.fetchall()) | {rules.SYSTEM.id: rules.SYSTEM.name}


_PUBLIC = frozenset({Account.Kind.STAFF, Account.Kind.DEVICE})


def shown_names(accounts: Iterable[str]) -> dict[str, str]:
    """Account id → name as anybody may see it: officials and devices in full, residents and firms masked."""
    wanted = sorted({str(a) for a in accounts if a and a != rules.SYSTEM.id})
    with connection.cursor() as cursor:
        cursor.execute("SELECT id::text, kind, name FROM people_account WHERE id = ANY(%s::uuid[])", [wanted])
        shown = {id_: name if kind in _PUBLIC else people.masked_name(name) for id_, kind, name in cursor.fetchall()}
    return shown | {nobody.id: gettext(nobody.name) for nobody in (rules.SYSTEM, rules.ANONYMOUS)}


def holders(role: str, reach: Iterable[int], at: datetime) -> QuerySet[Account]:
    """The open accounts that hold the role over a thing with this reach at `at`."""
    keys = list(reach)
    bodies, places = [-k for k in keys if k < 0], [k for k in keys if k > 0]
    return Account.objects.filter(
        Q(grants__ends=None) | Q(grants__ends__gt=at),
        Q(grants__body=None) | Q(grants__body__in=bodies),
        Q(grants__place=None) | Q(grants__place__in=places),
        grants__role=role, grants__starts__lte=at, closed=None,
    ).distinct()  # fmt: skip


def cell_officers(cells: Iterable[str], at: datetime) -> QuerySet[CellOfficer]:
    """Who looks after these cells at `at`."""
    return CellOfficer.objects.filter(Q(ends=None) | Q(ends__gt=at), cell__in=list(cells), starts__lte=at)


def devices() -> QuerySet[Account]:
    """The open accounts of connected systems by name, with their keys, newest first: two statements."""
    keys = ApiKey.objects.order_by("-issued")
    found = Account.objects.filter(kind=Account.Kind.DEVICE, closed=None).order_by("name", "id")
    return found.prefetch_related(Prefetch("keys", queryset=keys))
