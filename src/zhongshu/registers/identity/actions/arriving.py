"""Coming in from a source: as the account one is here, as a newcomer, or to link the account one is signed in to."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from zhongshu.base.http.refusals import Absent, Conflict, Forbidden
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.identity.actions.telling import tell
from zhongshu.registers.identity.models import Link, Source, Visit
from zhongshu.registers.identity.queries import sources
from zhongshu.registers.identity.rules.claims import Claims
from zhongshu.registers.people import actions as people
from zhongshu.registers.people.models import Account, Firm, Person


def arrived(source: Source, claims: Claims, at: datetime) -> Account | None:
    """The open account that came; None for a newcomer who may open one. Refused: a closed one, one not linked here."""
    account = sources.linked(source, claims.subject)
    if account is not None and account.closed:
        raise Forbidden("这个账号已停用。如有疑问，请到政务服务大厅咨询。")
    if account is None and not source.opens:
        raise Forbidden("您的账号还没有绑定这种登录方式。请先用密码登录，在“我的账号”里绑定后再用。")
    if account is not None and account.kind == Account.Kind.STAFF and source.kind != Source.Kind.OPENID:
        raise Forbidden("工作人员请用登录名和密码登录，不能只凭短信或微信登录。")
    if account is not None and claims.checked:
        _believe(account, source, at)
    return account


@transaction.atomic
def open_account(source: Source, claims: Claims, name: str, *, at: datetime) -> Account:
    """Open an account for a newcomer, without a password, and link it; who was quicker in another tab wins."""
    login = f"{source.code}-{secrets.token_hex(6)}"
    account = people.open_account(login, name, source.opens or "resident", None, phone=claims.phone, at=at)
    if source.opens == Account.Kind.FIRM and claims.checked and claims.uscc:
        account.firm = Firm.objects.get_or_create(uscc=claims.uscc, defaults={"name": name, "opened": at})[0]
        account.save(update_fields=["firm"])
    link(account, source, claims, by=_self(account), at=at)
    return account


@transaction.atomic
def link(account: Account, source: Source, claims: Claims, *, by: Actor, at: datetime) -> None:
    """Let the subject of a source come in as this account. Refused when either is somebody else's already."""
    try:
        with transaction.atomic():
            kept = Link.objects.create(source=source, subject=claims.subject, account=account, made=at)
    except IntegrityError:
        if sources.linked(source, claims.subject) == account:
            return
        raise Conflict("这个登录身份已绑定其他账号，或您已绑定过这种登录方式。请先解除原来的绑定。") from None
    if source.kind == Source.Kind.PHONE:
        Account.objects.filter(pk=account.pk).update(phone=claims.subject)
    tell(account.pk, "linked", by=by, at=at, source=source.pk, link=str(kept.pk))
    if claims.checked:
        _believe(account, source, at)


@transaction.atomic
def unlink(account: Account, link: UUID, *, by: Actor, at: datetime) -> None:
    """Let it come in that way no more. Refused when nobody could get in then."""
    found = Link.objects.select_for_update(of=("self",)).filter(pk=link, account=account).first()
    if found is None:
        raise Absent("没有这项绑定。")
    if not sources.other_ways(Account.objects.select_for_update(of=("self",)).get(pk=account.pk), found):
        raise Conflict("这是您唯一的登录方式，解除后将无法登录。请先设置密码或绑定另一种登录方式。")
    found.delete()
    tell(account.pk, "unlinked", by=by, at=at, source=found.source_id, link=str(link))


@transaction.atomic
def came_from(source: Source, claims: Claims, account: Account, session: UUID, at: datetime) -> None:
    """Keep that a session of ours began at a source, so that it can end it."""
    kept = {"source": source, "subject": claims.subject, "sid": claims.sid, "account": account.pk, "began": at}
    Visit.objects.update_or_create(session=session, defaults=kept)


def _believe(account: Account, source: Source, at: datetime) -> None:
    """The source has checked name and identity number: so is the person, unless more is known of them already."""
    if account.person_id is None:
        return
    raised = Person.objects.filter(pk=account.person_id, level=Person.Level.UNVERIFIED).update(
        level=Person.Level.CHECKED, verified=at
    )
    if raised:
        said = {"level": Person.Level.CHECKED.value, "source": source.pk}
        journal.record(
            subject=("person", str(account.person_id)),
            verb="people.person_verified",
            by=_self(account),
            at=at,
            body=said,
        )


def _self(account: Account) -> Actor:
    return Actor(str(account.pk), account.name, account.kind, account.body_id)  # type: ignore[arg-type]
