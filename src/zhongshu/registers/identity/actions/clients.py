"""Registering the systems that people may sign in to through us."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from zhongshu.base.http.refusals import Absent, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.identity.actions import keys, permits
from zhongshu.registers.identity.models import Client, Permit
from zhongshu.registers.identity.queries import clients
from zhongshu.registers.identity.rules import clients as rules


@transaction.atomic
def register(
    name: str, name_en: str, redirects: Sequence[str], *, scopes: Sequence[str] = ("openid",),
    leaves: Sequence[str] = (), back_channel: str = "", public: bool = False, full_name: bool = False,
    algorithm: str = "RS256", by: Actor, at: datetime,
) -> tuple[Client, str]:  # fmt: skip
    """Let a system ask who somebody is; returns it and its secret, shown this once (a public one has none).

    `redirects` are compared letter by letter, `leaves` are where it may send people after signing out, `back_channel`
    is told when they sign out here, `full_name` lets it have residents' names unmasked.
    """
    name, name_en = " ".join(name.split())[:60], " ".join(name_en.split())[:60]
    if len(name) < 2 or len(name_en) < 2:
        raise Invalid("请写明系统的中文名和英文名（2 至 60 字）。", field="name")
    exact = [rules.address(address) for address in redirects]
    secret = "" if public else secrets.token_urlsafe(32)
    keys.keep(at)
    client = Client.objects.create(
        id=f"zs-{secrets.token_hex(8)}", name=name, name_en=name_en, digest=clients.digest(secret) if secret else None,
        redirects=exact, leaves=[rules.address(address) for address in leaves], sector=rules.sector(exact),
        back_channel=rules.address(back_channel) if back_channel else "", full_name=full_name, algorithm=algorithm,
        scopes=rules.scopes(" ".join(("openid", *scopes)), rules.SCOPES), registered=at,
    )  # fmt: skip
    said = {"name": name, "redirects": exact, "scopes": client.scopes, "full_name": full_name}
    journal.record(subject=("client", client.pk), verb="identity.client_registered", by=by, at=at, body=said)
    return client, secret


@transaction.atomic
def withdraw(client: str, *, by: Actor, at: datetime) -> None:
    """Let a system ask no more; everybody's tokens at it end at once."""
    if not Client.objects.filter(pk=client, withdrawn=None).update(withdrawn=at):
        raise Absent("没有这个系统。")
    permits.end(Permit.objects.filter(client=client), at)
    journal.record(subject=("client", client), verb="identity.client_withdrawn", by=by, at=at, body={})
