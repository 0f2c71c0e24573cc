"""Questions about where people come from."""

from collections.abc import Sequence
from uuid import UUID

from zhongshu.base.crypto import sealing
from zhongshu.base.http.language import ENGLISH, language
from zhongshu.base.http.refusals import Absent
from zhongshu.registers.identity.models import Link, Passkey, Source
from zhongshu.registers.people.models import Account

SECRET = "identity_source.secret_sealed"
"""What a source's secret is sealed for."""


def secret(source: Source) -> str:
    """What we prove ourselves by to a source; empty when it gave us nothing."""
    return sealing.opened(source.secret_sealed, SECRET) if source.secret_sealed else ""


def offered() -> Sequence[Source]:
    """The sources that people may be sent to, oldest first."""
    return list(Source.objects.filter(withdrawn=None).exclude(kind=Source.Kind.PHONE).order_by("added", "code"))


def source(code: str, kind: str = "") -> Source:
    """The source with this code, of this kind if one is named; withdrawn ones answer as absent."""
    found = Source.objects.filter(code=code, withdrawn=None).first()
    if found is None or kind not in ("", found.kind):
        raise Absent("没有这种登录方式，请回到登录页另选一种。")
    return found


def called(source: Source | None) -> str:
    """A source's name in the visitor's language."""
    return "" if source is None else source.name_en if language() == ENGLISH else source.name


def linked(source: Source, subject: str) -> Account | None:
    """The account that this subject of the source is here, open or closed."""
    link = Link.objects.select_related("account").filter(source=source, subject=subject).first()
    return link.account if link else None


def links_of(account: UUID) -> Sequence[Link]:
    """The ways an account may come in from elsewhere, oldest first."""
    return list(Link.objects.filter(account=account).select_related("source").order_by("made"))


def other_ways(account: Account, link: Link) -> bool:
    """Whether somebody gets in without this link: by a password, a passkey, or from another source that is open."""
    others = Link.objects.filter(account=account, source__withdrawn=None).exclude(pk=link.pk)
    passkeys = Passkey.objects.filter(account=account)
    return account.has_usable_password() or others.exists() or passkeys.exists()
