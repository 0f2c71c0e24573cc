"""Verbs on bodies and people."""

import secrets
from datetime import datetime

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from zhongshu.base.http.refusals import Conflict, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.roles import ROLES
from zhongshu.base.permissions.rules import Actor, body_key
from zhongshu.registers.people import doors, queries, rules
from zhongshu.registers.people.models import Account, ApiKey, Body, CellOfficer, Grant


@transaction.atomic
def found_body(
    name: str, name_en: str, kind: str, *, parent: Body | None = None, place: int | None = None, by: Actor, at: datetime
) -> Body:
    """Add a body to the tree; its name is its alone among the parts of its parent."""
    if kind not in Body.Kind.values:
        raise Invalid("没有名为 {kind} 的单位类型。", field="kind", kind=kind)
    if Body.objects.filter(parent=parent, name=name).exists():
        raise Conflict("“{name}”在同一上级下已经有了。", field="name", name=name)
    body = Body(name=name, name_en=name_en, kind=kind, parent=parent, place=place, lineage=[])
    body.save()
    body.lineage = [*(parent.lineage if parent else []), body.pk]
    body.save(update_fields=["lineage"])
    reach = [body_key(b) for b in body.lineage]
    journal.record(
        subject=("bodies", "tree"), verb="people.body_founded", by=by, at=at,
        body={"body": body.pk, "name": name, "kind": kind, "parent": parent and parent.pk}, reach=reach,
    )  # fmt: skip
    return body


@transaction.atomic
def open_account(
    login: str, name: str, kind: str, password: str, *, phone: str = "", body: Body | None = None,
    by: Actor | None = None, at: datetime,
) -> Account:  # fmt: skip
    """Open an account that can sign in. Without `by` the person opens it for themselves."""
    login = rules.login(login)
    phone = rules.phone(phone) if phone else ""
    account = Account(login=login, name=rules.name(name), kind=kind, phone=phone, body=body, opened=at)
    try:
        password_validation.validate_password(password, account)
    except ValidationError as problem:
        raise Invalid("密码不合要求：{why}", field="password", why=" ".join(problem.messages)) from None
    account.set_password(password)
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError:
        raise Conflict("这个登录名已被使用，请换一个或直接登录。", field="login") from None
    opener = by or Actor(str(account.pk), account.name, kind, body and body.pk)  # type: ignore[arg-type]
    journal.record(
        subject=("account", str(account.pk)), verb="people.account_opened", by=opener, at=at, body={"kind": kind}
    )
    return account


@transaction.atomic
def close_account(account: Account, *, with_work: bool = False, by: Actor, at: datetime) -> None:
    """Close an account: it can no longer sign in, its sessions end at their next request.

    Refused while it has work in hand, unless `with_work` says that this is known; the entry keeps how much it was.
    """
    held = sum(burden(account.pk) for burden in doors.burdens)
    if held and not with_work:
        raise Conflict("{who}还有 {n} 项未办完的工作，请先移交再停用账号。", who=account.name, n=held)
    Account.objects.filter(pk=account.pk, closed=None).update(closed=at)
    body = {"held": held} if held else {}
    journal.record(subject=("account", str(account.pk)), verb="people.account_closed", by=by, at=at, body=body)


@transaction.atomic
def note_sign_in(account: Account | None, ok: bool, *, login: str = "", by: Actor, at: datetime) -> None:
    """Keep that somebody signed in, or tried to; of an unknown login a keyed hash, as it may be a mistyped password."""
    subject = ("account", str(account.pk)) if account else ("login", salted_hmac("people.sign_in", login).hexdigest())
    verb = "people.signed_in" if ok else "people.sign_in_failed"
    journal.record(subject=subject, verb=verb, by=by, at=at, body={})


@transaction.atomic
def give_grant(
    account: Account, role: str, *, body: Body | None = None, place: int | None = None, purpose: str = "",
    ends: datetime | None = None, by: Actor, at: datetime,
) -> Grant:  # fmt: skip
    """Give an account a role over a body's and a place's subtree."""
    if role not in ROLES:
        raise Invalid("没有名为 {role} 的角色。", field="role", role=role)
    grant = Grant.objects.create(
        account=account, role=role, body=body, place=place, purpose=purpose, starts=at, ends=ends, given_by=by.id
    )
    journal.record(
        subject=("account", str(account.pk)), verb="people.grant_given", by=by, at=at,
        body={"grant": grant.pk, "role": role, "body": body and body.pk, "place": place, "ends": ends},
    )  # fmt: skip
    return grant


@transaction.atomic
def end_grant(grant: Grant, *, by: Actor, at: datetime) -> None:
    """End a grant now."""
    Grant.objects.filter(pk=grant.pk).update(ends=at)
    journal.record(
        subject=("account", str(grant.account_id)), verb="people.grant_ended", by=by, at=at, body={"grant": grant.pk}
    )


@transaction.atomic
def appoint_cell_officer(cell: str, account: Account, *, by: Actor, at: datetime) -> CellOfficer:
    """Give a grid cell an officer."""
    officer = CellOfficer.objects.create(cell=cell, account=account, starts=at)
    journal.record(
        subject=("cell", cell), verb="people.cell_officer_appointed", by=by, at=at,
        body={"account": str(account.pk)}, reach=(int(cell),),
    )  # fmt: skip
    return officer


@transaction.atomic
def issue_key(
    account: Account, name: str, *, per_minute: int = 600, expires: datetime | None = None, by: Actor, at: datetime
) -> str:
    """Issue an API key to a device account. The key is shown this once: only its hash is kept."""
    if account.kind != Account.Kind.DEVICE:
        raise Invalid("接口密钥只能发给系统与设备账号。", field="account")
    key = "zs_" + secrets.token_urlsafe(32)
    kept = ApiKey.objects.create(
        account=account, name=name, digest=queries.digest(key), per_minute=per_minute, issued=at, expires=expires
    )
    journal.record(
        subject=("account", str(account.pk)), verb="people.key_issued", by=by, at=at,
        body={"key": str(kept.pk), "name": name},
    )  # fmt: skip
    return key


@transaction.atomic
def revoke_key(key: ApiKey, *, by: Actor, at: datetime) -> None:
    """Revoke an API key; the next request with it is refused."""
    ApiKey.objects.filter(pk=key.pk, revoked=None).update(revoked=at)
    journal.record(
        subject=("account", str(key.account_id)), verb="people.key_revoked", by=by, at=at, body={"key": str(key.pk)}
    )
