"""What messages keep of people, as a holding."""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.messages import rules
from zhongshu.engine.messages.models import Message
from zhongshu.registers.privacy.doors import MANY
from zhongshu.registers.privacy.rules.holdings import About, Destroyed, Mark, Owner, Record


class Messages:
    """What the platform told somebody."""

    about = About(
        "messages", "消息", "Messages", "履行法定职责（个人信息保护法第十三条第三项）",
        "Statutory duty (PIPL art. 13(3))", "发送", "sending", 365,
    )  # fmt: skip

    def records(self, owner: Owner, at: datetime) -> Iterator[Record]:
        for one in Message.objects.filter(account=owner.account).order_by("-sent").iterator():
            said = gettext(rules.sentence(one.template)).format(**rules.gaps(one.facts, "zh"))
            yield Record(str(one.pk), one.sent, {"said": said, "phone": one.phone, "read": one.read})

    def destroy(self, owner: Owner, *, only: Collection[str] | None = None, by: Actor, at: datetime) -> Destroyed:
        found = Message.objects.filter(account=owner.account, sent__lte=at)
        if only is not None:
            found = found.filter(pk__in=[UUID(key) for key in only])
        n, _ = found.delete()
        return Destroyed({"records": n})

    def expire(self, after: Mark | None, before: datetime, limit: int, *, by: Actor, at: datetime) -> Destroyed:
        rows = list(self._due(before).order_by("sent", "id").values_list("pk", "sent")[:limit])
        if not rows:
            return Destroyed()
        Message.objects.filter(pk__in=[pk for pk, _ in rows]).delete()
        return Destroyed({"records": len(rows)}, upto=Mark(rows[-1][1], str(rows[-1][0])))

    def due(self, before: datetime) -> int:
        return self._due(before).values("pk")[:MANY].count()

    def _due(self, before: datetime) -> QuerySet[Message]:
        return Message.objects.filter(sent__lt=before)
