"""What ratings keep of people, as a holding: their words. The level stays, as a figure about a body."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import QuerySet

from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.models import Contact
from zhongshu.engine.ratings.models import Rating
from zhongshu.registers.privacy.doors import MANY
from zhongshu.registers.privacy.rules.holdings import About, Destroyed, Mark, Owner, Record


class Ratings:
    """What people said of how they were served."""

    about = About(
        "ratings", "评价的文字", "What you said when rating", "您的自愿评价（GB/T 39735）",
        "Your own wish to rate (GB/T 39735)", "评价", "rating", 1_095,
    )  # fmt: skip

    def records(self, owner: Owner, at: datetime) -> Iterator[Record]:
        for one in self._of(owner).order_by("-at").iterator():
            yield Record(str(one.pk), one.at, {"level": one.level, "reasons": one.reasons, "text": one.text})

    def destroy(self, owner: Owner, *, only: Collection[str] | None = None, by: Actor, at: datetime) -> Destroyed:
        keys = list(only) if only is not None else [record.key for record in self.records(owner, at)]
        Rating.objects.filter(pk__in=keys).update(text="")
        said = journal.destroy_said("rating", keys)
        return Destroyed({"records": len(keys), "entries": said}, tuple(keys))

    def expire(self, after: Mark | None, before: datetime, limit: int, *, by: Actor, at: datetime) -> Destroyed:
        rows = list(self._due(before).order_by("at", "case_id").values_list("pk", "at")[:limit])
        if not rows:
            return Destroyed()
        keys = [pk for pk, _ in rows]
        Rating.objects.filter(pk__in=keys).update(text="")
        said = journal.destroy_said("rating", [str(key) for key in keys])
        return Destroyed({"records": len(rows), "entries": said}, upto=Mark(rows[-1][1], str(keys[-1])))

    def due(self, before: datetime) -> int:
        return self._due(before).values("pk")[:MANY].count()

    def _of(self, owner: Owner) -> QuerySet[Rating]:
        told = Contact.objects.filter(account=owner.account).values("case_id")
        return Rating.objects.filter(case_id__in=told).exclude(text="")

    def _due(self, before: datetime) -> QuerySet[Rating]:
        return Rating.objects.filter(at__lt=before).exclude(text="")
