"""What signing in keeps of people, as a holding."""

from collections.abc import Collection, Iterator
from datetime import datetime

from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.identity import actions
from zhongshu.registers.identity.models import (
    Authenticator,
    Consent,
    Device,
    DeviceCode,
    Link,
    Passkey,
    PasswordSet,
    Permit,
    RecoveryCode,
    Session,
    StartCode,
    Subject,
    Visit,
)
from zhongshu.registers.privacy.rules.holdings import About, Destroyed, Mark, Owner, Record

_KEPT = (
    Permit, Consent, Subject, Visit, Link, Authenticator, Passkey, RecoveryCode, PasswordSet, StartCode, Device,
    DeviceCode,
)  # fmt: skip
"""What goes with an account, in an order in which nothing is left pointing at what is gone."""


class Means:
    """How somebody signs in: factors, devices, other systems' names for them, where they are signed in."""

    about = About(
        "means", "登录方式和设备", "Means of signing in", "您的同意；保护账号安全（网络安全法第二十一条）",
        "Your consent; keeping accounts safe (Cybersecurity Law art. 21)", "注销账号", "closing the account",
        with_account=True,
    )  # fmt: skip

    def records(self, owner: Owner, at: datetime) -> Iterator[Record]:
        for app in Authenticator.objects.filter(account=owner.account):
            yield Record(f"app:{app.pk}", app.added, {"name": app.name})
        for passkey in Passkey.objects.filter(account=owner.account):
            yield Record(f"passkey:{passkey.pk}", passkey.added, {"name": passkey.name})
        for link in Link.objects.filter(account=owner.account).select_related("source"):
            yield Record(f"link:{link.pk}", link.made, {"source": link.source.name, "subject": link.subject})
        for one in Session.objects.filter(account=owner.account):
            said = {"agent": one.agent, "address": one.address, "method": one.method}
            yield Record(f"session:{one.pk}", one.began, said)

    def destroy(self, owner: Owner, *, only: Collection[str] | None = None, by: Actor, at: datetime) -> Destroyed:
        if only is not None and not only:
            return Destroyed()
        keys = tuple(record.key for record in self.records(owner, at))
        actions.end_sessions(owner.account, by=by, at=at)
        n = sum(model._base_manager.filter(account=owner.account).delete()[0] for model in _KEPT)
        return Destroyed({"records": n}, keys or tuple(only or ()))

    def expire(self, after: Mark | None, before: datetime, limit: int, *, by: Actor, at: datetime) -> Destroyed:
        return Destroyed()

    def due(self, before: datetime) -> int:
        return 0
