"""What messages keep of people, as a holding, and telling people what became of their requests about it."""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.journal.rules.entries import Read
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.messages import actions, rules
from zhongshu.engine.messages.models import Message
from zhongshu.registers.people.models import Account
from zhongshu.registers.privacy.doors import MANY
from zhongshu.registers.privacy.models import Request
from zhongshu.registers.privacy.rules.holdings import About, Destroyed, Mark, Owner, Record
from zhongshu.registers.privacy.rules.requests import KINDS

TELLING = frozenset({"privacy.asked", "privacy.copy_ready", "privacy.approved", "privacy.refused", "privacy.destroyed"})


def tell(entry: Read) -> None:
    """Send whoever asked the message of an entry about their request; a closed account is not written to any more."""
    found = Request.objects.filter(pk=entry.subject).first()
    if found is None or entry.verb not in TELLING or (found.kind == "export" and entry.verb != "privacy.copy_ready"):
        return
    if not Account.objects.filter(pk=found.account, closed=None).exists():
        return
    kind = KINDS[found.kind]
    facts = {
        "kind": kind.name, "kind_en": kind.name_en, "answer": found.answer, "certificate": str(found.pk),
        "due": found.due and f"{found.due.astimezone(SHANGHAI):%Y-%m-%d}",
    }  # fmt: skip
    actions.send(entry.verb, facts, key=f"{entry.id}:{entry.verb}", account=found.account, at=entry.at)


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
