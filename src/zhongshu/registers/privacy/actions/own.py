"""The holdings of this package and of those below it: accounts with their persons, sign-ins, requests, consents."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from zhongshu.base.journal import actions as journal
from zhongshu.base.journal.models import Entry
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people.actions import emptying
from zhongshu.registers.people.models import Account
from zhongshu.registers.privacy.doors import MANY
from zhongshu.registers.privacy.models import Consent, Request
from zhongshu.registers.privacy.rules.holdings import About, Destroyed, Mark, Owner, Record, Stay


class Accounts:
    """The account and the person behind it."""

    about = About(
        "account", "账号和身份", "Account and identity", "您注册时的同意；已实名的，为办理事项所必需",
        "Your consent when registering; where the identity was checked, what handling your matters takes",
        "注销账号", "closing the account", with_account=True,
    )  # fmt: skip

    def records(self, owner: Owner, at: datetime) -> Iterable[Record]:
        held = Account.objects.select_related("person").filter(pk=owner.account).first()
        if held is None or not held.name:
            return
        facts: dict[str, object] = {"login": held.login, "name": held.name, "phone": held.phone, "kind": held.kind}
        if held.person:
            facts |= {"person": held.person.name, "level": held.person.level, "id_kind": held.person.id_kind}
        yield Record(str(held.pk), held.opened, facts)

    def destroy(self, owner: Owner, *, only: Collection[str] | None = None, by: Actor, at: datetime) -> Destroyed:
        if only is not None and str(owner.account) not in only:
            return Destroyed()
        entries = emptying.empty_account(owner.account, by=by, at=at)
        return Destroyed({"records": 1, "entries": entries}, (str(owner.account),))

    def expire(self, after: Mark | None, before: datetime, limit: int, *, by: Actor, at: datetime) -> Destroyed:
        return Destroyed()

    def due(self, before: datetime) -> int:
        return 0


SIGN_INS = ("people.signed_in", "people.sign_in_failed")
LEAST = 180
"""Days for which a network operator keeps its logs: six months (Cybersecurity Law, art. 21(3))."""


class SignIns:
    """Who signed in when, as the journal has it."""

    about = About(
        "sign_ins", "登录记录", "Sign-ins", "网络安全法第二十一条：登录日志至少留存六个月",
        "Cybersecurity Law art. 21: sign-in logs are kept for at least six months", "登录", "the sign-in",
        LEAST, LEAST,
    )  # fmt: skip

    def records(self, owner: Owner, at: datetime) -> Iterator[Record]:
        for entry in self._of(owner).order_by("number").iterator():
            until = entry.at + timedelta(days=LEAST)
            stays = Stay("法律要求登录记录至少留存六个月。", until) if until > at else None
            yield Record(str(entry.pk), entry.at, {"verb": entry.verb, **entry.facts}, stays=stays)

    def destroy(self, owner: Owner, *, only: Collection[str] | None = None, by: Actor, at: datetime) -> Destroyed:
        keys = only if only is not None else [r.key for r in self.records(owner, at) if r.stays is None]
        own = self._of(owner).filter(pk__in=[int(key) for key in keys])
        n = journal.destroy_entries(own.values_list("pk", flat=True))
        return Destroyed({"records": len(keys), "entries": n}, tuple(keys))

    def expire(self, after: Mark | None, before: datetime, limit: int, *, by: Actor, at: datetime) -> Destroyed:
        found = self._due(before).filter(pk__gt=int(after.key) if after else 0)
        rows = list(found.order_by("pk").values_list("pk", "at")[:limit])
        if not rows:
            return Destroyed()
        n = journal.destroy_entries([pk for pk, _ in rows])
        return Destroyed({"records": n}, upto=Mark(rows[-1][1], str(rows[-1][0])))

    def due(self, before: datetime) -> int:
        return self._due(before).values("pk")[:MANY].count()

    def _of(self, owner: Owner) -> QuerySet[Entry]:
        return Entry.objects.filter(kind="account", subject=str(owner.account), verb__in=SIGN_INS, body__isnull=False)

    def _due(self, before: datetime) -> QuerySet[Entry]:
        return Entry.objects.filter(verb__in=SIGN_INS, body__isnull=False, at__lt=before)


class Consents:
    """What somebody agreed to."""

    about = About(
        "consents", "您的同意", "Your consents", "个人信息保护法第十四条：须能证明同意",
        "PIPL art. 14: consent has to be shown", "注销账号", "closing the account", with_account=True,
    )  # fmt: skip

    def records(self, owner: Owner, at: datetime) -> Iterator[Record]:
        for one in Consent.objects.filter(account=owner.account).order_by("given"):
            said = {"notice": one.notice, "version": one.version, "where": one.where, "withdrawn": one.withdrawn}
            yield Record(str(one.pk), one.given, said)

    def destroy(self, owner: Owner, *, only: Collection[str] | None = None, by: Actor, at: datetime) -> Destroyed:
        found = Consent.objects.filter(account=owner.account)
        if only is not None:
            found = found.filter(pk__in=[UUID(key) for key in only])
        n, _ = found.delete()
        return Destroyed({"records": n})

    def expire(self, after: Mark | None, before: datetime, limit: int, *, by: Actor, at: datetime) -> Destroyed:
        return Destroyed()

    def due(self, before: datetime) -> int:
        return 0


class Requests:
    """What somebody asked of their data; the copies made go after seven days."""

    about = About(
        "requests", "个人信息申请", "Requests about personal data",
        "个人信息保护法第五十条、第五十六条：处理记录保存三年",
        "PIPL art. 50 and 56: records of handling are kept for three years", "办结", "the decision", 1_095, 1_095,
    )  # fmt: skip

    def records(self, owner: Owner, at: datetime) -> Iterator[Record]:
        for one in Request.objects.filter(account=owner.account).order_by("asked"):
            until = (one.decided or at) + timedelta(days=1_095)
            said = {"kind": one.kind, "wanted": one.wanted, "outcome": one.outcome, "answer": one.answer}
            yield Record(str(one.pk), one.asked, said, stays=Stay("法律要求申请的处理记录保存三年。", until))

    def destroy(self, owner: Owner, *, only: Collection[str] | None = None, by: Actor, at: datetime) -> Destroyed:
        return Destroyed()

    def expire(self, after: Mark | None, before: datetime, limit: int, *, by: Actor, at: datetime) -> Destroyed:
        rows = list(self._due(before).order_by("pk").values_list("pk", "asked")[:limit])
        if not rows:
            return Destroyed()
        Request.objects.filter(pk__in=[pk for pk, _ in rows]).delete()
        return Destroyed({"records": len(rows)}, upto=Mark(rows[-1][1], str(rows[-1][0])))

    def due(self, before: datetime) -> int:
        return self._due(before).values("pk")[:MANY].count()

    def _due(self, before: datetime) -> QuerySet[Request]:
        return Request.objects.filter(decided__lt=before).exclude(outcome="approved", done=None)
