"""The holdings about persons that are of other people's doing too: who looked at them, and who acted for whom."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people.models import FirmRole, Look, Mandate
from zhongshu.registers.people.queries import persons
from zhongshu.registers.privacy.doors import MANY
from zhongshu.registers.privacy.rules.holdings import About, Destroyed, Mark, Owner, Record, Stay

YEARS = 1_095
"""Days for which records of handling and of claims are kept: three years (PIPL art. 56, Civil Code art. 188)."""


def _records(owner: Owner) -> list[UUID]:
    return persons.same(owner.person) if owner.person else []


def _ids(kind: str, keys: Collection[str]) -> list[UUID]:
    return [UUID(key.partition(":")[2]) for key in keys if key.startswith(f"{kind}:")]


class Looks:
    """Who looked at somebody's data, when and why: their own to read."""

    about = About(
        "looks", "查看记录", "Looks at your data", "个人信息保护法第五十五条、第五十六条：处理记录保存三年",
        "PIPL art. 55 and 56: records of handling are kept for three years", "查看", "the look", YEARS, YEARS,
    )  # fmt: skip

    def records(self, owner: Owner, at: datetime) -> Iterator[Record]:
        for one in Look.objects.filter(person__in=_records(owner)).order_by("-at", "-id").iterator():
            said = {"what": one.what, "purpose": one.purpose, "words": one.words}
            stays = Stay("法律要求处理记录保存三年。", one.at + timedelta(days=YEARS))
            yield Record(str(one.pk), one.at, said, stays=stays)

    def destroy(self, owner: Owner, *, only: Collection[str] | None = None, by: Actor, at: datetime) -> Destroyed:
        return Destroyed()

    def expire(self, after: Mark | None, before: datetime, limit: int, *, by: Actor, at: datetime) -> Destroyed:
        rows = list(self._due(before).order_by("at", "id").values_list("pk", "at")[:limit])
        if not rows:
            return Destroyed()
        Look.objects.filter(pk__in=[pk for pk, _ in rows]).delete()
        return Destroyed({"records": len(rows)}, upto=Mark(rows[-1][1], str(rows[-1][0])))

    def due(self, before: datetime) -> int:
        return self._due(before).values("pk")[:MANY].count()

    def _due(self, before: datetime) -> QuerySet[Look]:
        return Look.objects.filter(at__lt=before)


class Acting:
    """Mandates given and held, and roles in firms: what they say goes three years after they ended."""

    about = About(
        "acting", "代办和企业职务", "Acting for others", "民法典第一百六十一条至第一百七十五条、第一百八十八条",
        "Civil Code art. 161 to 175 and 188", "结束", "the end", YEARS, YEARS,
    )  # fmt: skip

    def records(self, owner: Owner, at: datetime) -> Iterator[Record]:
        mine = _records(owner)
        given = Mandate.objects.filter(
            Q(principal_person__in=mine) | Q(agent_person__in=mine) | Q(agent_account=owner.account)
        )
        for one in given.order_by("given").iterator():
            said = {
                "kind": one.kind,
                "matters": one.matters,
                "how": one.how,
                "ground": one.ground,
                "reason": one.reason,
            }
            yield Record(f"mandate:{one.pk}", one.given, said, stays=self._stays(one.revoked or one.ends, at))
        for role in FirmRole.objects.filter(person__in=mine).order_by("starts").iterator():
            said = {"role": role.role, "matters": role.matters, "reason": role.end_reason}
            yield Record(f"role:{role.pk}", role.starts, said, stays=self._stays(role.ended or role.ends, at))

    def destroy(self, owner: Owner, *, only: Collection[str] | None = None, by: Actor, at: datetime) -> Destroyed:
        keys = only if only is not None else [r.key for r in self.records(owner, at) if r.stays is None]
        return Destroyed({"records": self._emptied(keys)}, tuple(keys))

    def expire(self, after: Mark | None, before: datetime, limit: int, *, by: Actor, at: datetime) -> Destroyed:
        found = self._due(before).order_by("given", "id").values_list("pk", "given")
        if after:
            found = found.filter(Q(given__gt=after.at) | Q(given=after.at, pk__gt=UUID(after.key)))
        rows = list(found[:limit])
        if not rows:
            return Destroyed()
        n = self._emptied([f"mandate:{pk}" for pk, _ in rows])
        return Destroyed({"records": n}, upto=Mark(rows[-1][1], str(rows[-1][0])))

    def due(self, before: datetime) -> int:
        return self._due(before).values("pk")[:MANY].count()

    def _due(self, before: datetime) -> QuerySet[Mandate]:
        over = Q(revoked__lt=before) | Q(revoked=None, ends__lt=before)
        return Mandate.objects.filter(over).exclude(ground="", reason="")

    def _emptied(self, keys: Collection[str]) -> int:
        ids = {
            kind: [UUID(key.partition(":")[2]) for key in keys if key.startswith(kind)] for kind in ("mandate", "role")
        }
        n = Mandate.objects.filter(pk__in=ids["mandate"]).update(ground="", reason="")
        return n + FirmRole.objects.filter(pk__in=ids["role"]).update(end_reason="")

    def _stays(self, ended: datetime | None, at: datetime) -> Stay | None:
        if ended is None or ended > at:
            return Stay("仍然有效；撤回或结束后保存三年。")
        until = ended + timedelta(days=YEARS)
        return Stay("结束后须保存三年，以备争议。", until) if until > at else None
