"""What intake keeps of people, as a holding: forms they have begun and not sent."""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.intake.actions import aside
from zhongshu.engine.intake.actions import drafts as actions
from zhongshu.engine.intake.models import Aside, Draft
from zhongshu.engine.intake.queries import drafts
from zhongshu.registers.people.queries import persons
from zhongshu.registers.privacy.doors import MANY
from zhongshu.registers.privacy.rules.holdings import About, Destroyed, Mark, Owner, Record


class Forms:
    """Forms begun and not sent, by somebody or for them; and what waits for them to sign in again."""

    about = About(
        drafts.HOLDING, "没有提交的表单", "Forms you have not sent", "您填写时的意愿", "Your own wish when typing",
        "最后一次保存", "the last save", 30,
    )  # fmt: skip

    def records(self, owner: Owner, at: datetime) -> Iterator[Record]:
        for one in self._drafts(owner).order_by("-saved", "-id").iterator():
            said = {"title": one.title, "step": one.step, "answers": dict(drafts.kept(one).answers)}
            yield Record(f"draft:{one.pk}", one.saved, said)
        for held in Aside.objects.filter(whose=owner.account).order_by("-kept", "-id").iterator():
            waiting = aside.read(held)
            yield Record(f"aside:{held.pk}", held.kept, {"title": waiting.page.subject.title, "answers": waiting.typed})

    def destroy(self, owner: Owner, *, only: Collection[str] | None = None, by: Actor, at: datetime) -> Destroyed:
        keys = list(only) if only is not None else [record.key for record in self.records(owner, at)]
        Draft.objects.filter(pk__in=_ids("draft", keys)).delete()
        Aside.objects.filter(pk__in=_ids("aside", keys)).delete()
        return Destroyed({"records": len(keys)}, tuple(keys))

    @transaction.atomic
    def expire(self, after: Mark | None, before: datetime, limit: int, *, by: Actor, at: datetime) -> Destroyed:
        """Both tables go on from their oldest row each time: what is looked at is gone afterwards."""
        over = list(self._due(before).order_by("saved", "id").defer("sealed")[:limit])
        actions.let_go(over, by=by, at=at)
        rows = [(one.pk, one.saved) for one in over]
        Draft.objects.filter(pk__in=[pk for pk, _ in rows]).delete()
        if not rows:
            rows = list(Aside.objects.filter(kept__lt=before).order_by("kept", "id").values_list("pk", "kept")[:limit])
            Aside.objects.filter(pk__in=[pk for pk, _ in rows]).delete()
        if not rows:
            return Destroyed()
        key, last = rows[-1]
        return Destroyed({"records": len(rows)}, upto=Mark(last, str(key)))

    def due(self, before: datetime) -> int:
        waiting = Aside.objects.filter(kept__lt=before).values("pk")[:MANY].count()
        return min(MANY, waiting + self._due(before).values("pk")[:MANY].count())

    def _drafts(self, owner: Owner) -> QuerySet[Draft]:
        for_them = persons.same(owner.person) if owner.person else []
        return Draft.objects.filter(Q(account=owner.account, behalf=None) | Q(behalf__in=for_them), finished=None)

    def _due(self, before: datetime) -> QuerySet[Draft]:
        return Draft.objects.filter(saved__lt=before)


def _ids(kind: str, keys: Collection[str]) -> list[UUID]:
    return [UUID(key.partition(":")[2]) for key in keys if key.startswith(f"{kind}:")]
