"""Signing people in to other systems: codes, tokens, and their end.

A permit is one sign-in of one account at one system; whatever is handed out hangs on it and ends with it.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from procrastinate.contrib.django import app

from zhongshu.base.http.refusals import Absent
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.identity.actions import keys
from zhongshu.registers.identity.actions.telling import tell
from zhongshu.registers.identity.models import Client, Consent, Pass, Permit, Subject
from zhongshu.registers.identity.queries import clients
from zhongshu.registers.identity.queries.asking import Asked
from zhongshu.registers.identity.rules import clients as rules
from zhongshu.registers.identity.rules import pkce, tokens
from zhongshu.registers.identity.rules.protocol import Wrong
from zhongshu.registers.people.models import Account

JOB = "identity.tell_client"


@transaction.atomic
def consent(client: Client, account: UUID, scopes: Sequence[str], *, by: Actor, at: datetime) -> None:
    """Somebody lets a system know these things about them, from now on."""
    both = sorted(clients.consented(client, account) | set(scopes))
    Consent.objects.filter(client=client, account_id=account, revoked=None).update(revoked=at)
    Consent.objects.create(client=client, account_id=account, scopes=both, given=at)
    tell(account, "consented", by=by, at=at, client=client.pk, scopes=both)


@transaction.atomic
def revoke(client: str, account: UUID, *, by: Actor, at: datetime) -> None:
    """Somebody takes it back: the system's tokens for them end at once, and next time it has to ask again."""
    held = Consent.objects.filter(client=client, account=account, revoked=None).select_related("client").first()
    if held is None:
        raise Absent("您没有授权过这个系统。")
    Consent.objects.filter(pk=held.pk).update(revoked=at)
    end(Permit.objects.filter(client=client, account=account, ended=None), at)
    tell(account, "consent_revoked", by=by, at=at, client=client)


@transaction.atomic
def allow(asked: Asked, account: UUID, session: UUID, proved: datetime | None, *, by: Actor, at: datetime) -> str:
    """Begin a permit for somebody who is signed in in this session and has consented; returns its code."""
    permit = Permit.objects.create(
        client=asked.client, account_id=account, session=session, scopes=list(asked.scopes), redirect=asked.redirect,
        nonce=asked.nonce, challenge=asked.challenge, proved=proved, began=at,
    )  # fmt: skip
    tell(account, "permitted", by=by, at=at, client=asked.client.pk, scopes=list(asked.scopes))
    return _issue(permit, Pass.Kind.CODE, at + rules.CODE_LIVES)


def redeem(client: Client, code: str, redirect: str, verifier: str, at: datetime) -> dict[str, Any]:
    """The tokens for a code, once. A code brought twice was stolen by one of the two: its permit ends."""
    permit = _spend(client, code, Pass.Kind.CODE, at)
    if permit.redirect != redirect or not pkce.proves(verifier, permit.challenge):
        end(Permit.objects.filter(pk=permit.pk), at)
        raise Wrong("invalid_grant", "redirect_uri or code_verifier does not match the request")
    return _tokens(permit, at)


def renew(client: Client, refresh: str, at: datetime) -> dict[str, Any]:
    """New tokens for a refresh token, which is spent by that; one brought twice ends the permit (RFC 9700, 4.14)."""
    return _tokens(_spend(client, refresh, Pass.Kind.REFRESH, at), at)


def told(access: str, at: datetime) -> dict[str, Any]:
    """What the bearer of an access token may know of its person (OpenID Connect Core 1.0, 5.3)."""
    found = _living(access, Pass.Kind.ACCESS, at)
    if found is None or found.permit.ended or found.permit.account.closed:
        raise Wrong("invalid_token", "the access token is unknown, expired or revoked", 401)
    permit = found.permit
    said = clients.told(permit.account, permit.client, permit.scopes, at)
    return {"sub": subject(permit.client, permit.account)} | said


def end(permits: QuerySet[Permit], at: datetime) -> None:
    """End permits: their tokens serve no more, and systems that want to hear of it are told."""
    with transaction.atomic():
        found = list(permits.filter(ended=None).select_for_update(of=("self",)).select_related("client"))
        Permit.objects.filter(pk__in=[permit.pk for permit in found]).update(ended=at)
        for permit in found:
            if permit.client.back_channel:
                app.configure_task(JOB).defer(permit=str(permit.pk))


def logout_token(permit: Permit, at: datetime) -> str:
    """What tells a system that this permit's person signed out (OpenID Connect Back-Channel Logout 1.0, 2.4)."""
    said = {
        "iss": clients.issuer(), "sub": subject(permit.client, permit.account), "aud": permit.client_id,
        "iat": int(at.timestamp()), "exp": int(at.timestamp()) + 120, "jti": secrets.token_urlsafe(16),
        "sid": str(permit.pk), "events": {tokens.LOGOUT: {}},
    }  # fmt: skip
    return keys.signed(said, permit.client.algorithm, "logout+jwt", at)


def subject(client: Client, account: Account) -> str:
    """The name by which the system knows the account, made at its first sign-in (Core, 8.1)."""
    fresh = {"name": secrets.token_urlsafe(24)}
    return Subject.objects.get_or_create(sector=client.sector, account=account, defaults=fresh)[0].name


def _spend(client: Client, text: str, kind: str, at: datetime) -> Permit:
    """The permit of a code or refresh token, which is spent now. Of another client's, nothing is told or changed."""
    with transaction.atomic():
        found = _living(text, kind, at, lock=True)
        theirs = found is not None and found.permit.client_id == client.pk
        again = theirs and found is not None and found.used is not None
        if found is not None and theirs and not again:
            Pass.objects.filter(pk=found.pk).update(used=at)
        if found is not None and again:
            end(Permit.objects.filter(pk=found.permit_id), at)
    if found is None or not theirs or again or found.permit.ended or found.permit.account.closed:
        raise Wrong("invalid_grant", "the code or token is unknown, expired, used or revoked")
    return found.permit


def _living(text: str, kind: str, at: datetime, *, lock: bool = False) -> Pass | None:
    rows = Pass.objects.select_for_update(of=("self",)) if lock else Pass.objects
    related = ("permit__client", "permit__account__body", "permit__account__person")
    found = rows.select_related(*related).filter(pk=clients.digest(text), kind=kind, expires__gt=at)
    return found.first()


def _tokens(permit: Permit, at: datetime) -> dict[str, Any]:
    """A fresh set: access token, refresh token and ID token. The permit's own end bounds them all."""
    last = permit.began + rules.PERMIT_LIVES
    if at >= last:
        raise Wrong("invalid_grant", "the sign-in is over")
    with transaction.atomic():
        access = _issue(permit, Pass.Kind.ACCESS, min(at + rules.ACCESS_LIVES, last))
        refresh = _issue(permit, Pass.Kind.REFRESH, last)
        identity = _identity(permit, access, at)
    return {
        "access_token": access, "token_type": "Bearer", "expires_in": int(rules.ACCESS_LIVES.total_seconds()),
        "refresh_token": refresh, "id_token": identity, "scope": " ".join(permit.scopes),
    }  # fmt: skip


def _identity(permit: Permit, access: str, at: datetime) -> str:
    now, algorithm = int(at.timestamp()), permit.client.algorithm
    said: dict[str, Any] = {
        "iss": clients.issuer(), "sub": subject(permit.client, permit.account), "aud": permit.client_id,
        "iat": now, "exp": now + int(timedelta(minutes=5).total_seconds()), "sid": str(permit.pk),
        "at_hash": tokens.half_hash(access, algorithm),
    }  # fmt: skip
    if permit.nonce:
        said["nonce"] = permit.nonce
    if permit.proved:
        said["auth_time"] = int(permit.proved.timestamp())
    return keys.signed(said, algorithm, "JWT", at)


def _issue(permit: Permit, kind: str, expires: datetime) -> str:
    text = secrets.token_urlsafe(32)
    Pass.objects.create(digest=clients.digest(text), permit=permit, kind=kind, expires=expires)
    return text
