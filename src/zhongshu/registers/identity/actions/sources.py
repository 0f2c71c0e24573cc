"""Adding and withdrawing the places people may come from."""

from collections.abc import Collection
from datetime import datetime

from django.core.validators import validate_slug
from django.db import transaction

from zhongshu.base.crypto import sealing
from zhongshu.base.http.refusals import Absent, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.identity.models import Source
from zhongshu.registers.identity.queries import sources
from zhongshu.registers.identity.rules import claims as rules

PHONE = "sms"
"""The source whose subjects are telephone numbers."""


@transaction.atomic
def add_source(
    code: str, kind: str, name: str, name_en: str, issuer: str, client: str, secret: str = "", *,
    scopes: str = "openid profile", claims: str = "", trusted: Collection[str] = (), opens: str = "resident",
    by: Actor, at: datetime,
) -> Source:  # fmt: skip
    """Let people come in from a source, or change one that is there; a withdrawn one comes back.

    Its secret is kept sealed; an empty one leaves that kept. `trusted` are the values of its level claim by which a
    newcomer counts as checked: none unless the operator knows what the source's levels mean.
    """
    try:
        validate_slug(code)
    except Exception:
        raise Invalid("登录来源的代码须为小写字母、数字和横线。", field="code") from None
    if kind not in (Source.Kind.OPENID, Source.Kind.WECHAT) or opens not in ("", "resident", "firm"):
        raise Invalid("登录来源的种类须为 openid 或 wechat，开户种类须为 resident、firm 或空。", field="kind")
    if not issuer.startswith(("https://", "http://")) or not client:
        raise Invalid("请写明登录来源的网址（issuer）和本平台在那里的编号（client）。", field="issuer")
    kept = {
        "kind": kind, "name": name, "name_en": name_en, "issuer": issuer, "client": client, "scopes": scopes,
        "claims": rules.claim_map(claims) or (rules.USUAL if kind == Source.Kind.OPENID else {}),
        "trusted": sorted(trusted), "opens": opens, "withdrawn": None,
    }  # fmt: skip
    if secret:
        kept["secret_sealed"] = sealing.seal(secret, sources.SECRET)
    source, _ = Source.objects.update_or_create(code=code.lower(), defaults=kept, create_defaults=kept | {"added": at})
    said = {"kind": kind, "issuer": issuer, "opens": opens, "trusted": sorted(trusted)}
    journal.record(subject=("source", source.pk), verb="identity.source_added", by=by, at=at, body=said)
    return source


@transaction.atomic
def withdraw_source(code: str, *, by: Actor, at: datetime) -> None:
    """Let nobody come in from a source any more; links stay, in case it comes back."""
    if not Source.objects.filter(pk=code, withdrawn=None).update(withdrawn=at):
        raise Absent("没有这种登录方式，请回到登录页另选一种。")
    journal.record(subject=("source", code), verb="identity.source_withdrawn", by=by, at=at, body={})


def phones(at: datetime) -> Source:
    """The source that telephones are, made at its first use."""
    kept = {
        "kind": Source.Kind.PHONE,
        "name": "短信验证码",
        "name_en": "Text message",
        "opens": "resident",
        "added": at,
    }
    return Source.objects.get_or_create(code=PHONE, defaults=kept)[0]
