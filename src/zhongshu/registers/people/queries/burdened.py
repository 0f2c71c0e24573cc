"""What hangs on a body: what moving it changes, and what keeps it from being ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from zhongshu.registers.people import doors
from zhongshu.registers.people.models import Account, Body, Grant
from zhongshu.registers.people.queries.bodies import tree


@dataclass(frozen=True, slots=True)
class Burden:
    """One thing that hangs on a body: a sentence with the gap {n}, and how many."""

    sentence: str
    n: int


@dataclass(frozen=True, slots=True)
class Consequences:
    """What moving a body changes: how much moves along, whose subtree loses it and whose gains it."""

    bodies: int
    staff: int
    work: Sequence[Burden]
    losing: Sequence[Body]
    gaining: Sequence[Body]
    grants_losing: int
    grants_gaining: int


def living_grants(at: datetime) -> Q:
    """Grants in force at `at` or later."""
    return Q(ends=None) | Q(ends__gt=at)


def burdens(body: Body, at: datetime) -> list[Burden]:
    """What keeps a body from being ended; empty when nothing does. A handful of counts."""
    below = sum(body.pk == other.parent_id and other.ended is None for other in tree().values())
    staff = Account.objects.filter(body=body, closed=None).count()
    grants = Grant.objects.filter(living_grants(at), body=body, account__closed=None).count()
    own = [
        Burden("还有 {n} 个下级单位，请先调整或停用。", below),
        Burden("还有 {n} 个在用账号，请先调动或停用。", staff),
        Burden("还有 {n} 项授权以本单位为范围，请先终止。", grants),
    ]
    return [one for one in (*own, *work(body)) if one.n]


def work(body: Body) -> list[Burden]:
    """The open work that other packages know of."""
    return [Burden(kind.sentence, kind.count(body.pk)) for kind in doors.body_work]


def consequences(body: Body, parent: Body | None, at: datetime) -> Consequences:
    """What moving the body under `parent` would change. Nothing is written."""
    along = [other.pk for other in tree().values() if body.pk in other.lineage and other.ended is None]
    before, after = set(body.lineage) - {body.pk}, set(parent.lineage if parent else ())
    losing, gaining = sorted(before - after), sorted(after - before)
    return Consequences(
        bodies=len(along), staff=Account.objects.filter(body__in=along, closed=None).count(),
        work=[one for one in work(body) if one.n],
        losing=[tree()[pk] for pk in losing], gaining=[tree()[pk] for pk in gaining],
        grants_losing=_held_over(losing, at), grants_gaining=_held_over(gaining, at),
    )  # fmt: skip


def _held_over(bodies: Sequence[int], at: datetime) -> int:
    return Grant.objects.filter(living_grants(at), body__in=bodies, account__closed=None).count() if bodies else 0
