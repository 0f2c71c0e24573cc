"""Opening and closing accounts, and what is kept of signing in."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from zhongshu.base.http.refusals import Conflict, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people import doors, rules
from zhongshu.registers.people.actions.grants import end_lent
from zhongshu.registers.people.models import Account, Body, Person


@transaction.atomic
def open_account(
    login: str, name: str, kind: str, password: str | None, *, phone: str = "", body: Body | None = None,
    by: Actor | None = None, at: datetime,
) -> Account:  # fmt: skip
    """Open an account that can sign in; a resident's is of a person of its own, whom nobody has verified yet.

    Without `by` the person opens it for themselves; without a password they come in from elsewhere alone.
    """
    login = rules.login(login)
    phone = rules.phone(phone) if phone else ""
    account = Account(login=login, name=rules.name(name), kind=kind, phone=phone, body=body, opened=at)
    if kind == Account.Kind.RESIDENT:
        account.person = Person(name=account.name, phone=phone, opened=at)
    if password is not None:
        _check(password, account)
    account.set_password(password)
    try:
        with transaction.atomic():
            if account.person:
                account.person.save()
            account.save()
    except IntegrityError:
        raise Conflict("这个登录名已被使用，请换一个或直接登录。", field="login") from None
    opener = by or Actor(str(account.pk), account.name, kind, body and body.pk)  # type: ignore[arg-type]
    journal.record(
        subject=("account", str(account.pk)), verb="people.account_opened", by=opener, at=at, body={"kind": kind}
    )
    return account


def _check(password: str, account: Account) -> None:
    try:
        password_validation.validate_password(password, account)
    except ValidationError as problem:
        raise Invalid("密码不合要求：{why}", field="password", why=" ".join(problem.messages)) from None


@transaction.atomic
def close_account(account: Account, *, with_work: bool = False, by: Actor, at: datetime) -> None:
    """Close an account: it can no longer sign in, its sessions end at their next request.

    Refused while it has work in hand, unless `with_work` says that this is known; the entry keeps how much it was.
    """
    held = sum(burden(account.pk) for burden in doors.burdens)
    if held and not with_work:
        raise Conflict("{who}还有 {n} 项未办完的工作，请先移交再停用账号。", who=account.name, n=held)
    Account.objects.filter(pk=account.pk, closed=None).update(closed=at)
    end_lent(account.pk, by=by, at=at)
    body = {"held": held} if held else {}
    journal.record(subject=("account", str(account.pk)), verb="people.account_closed", by=by, at=at, body=body)


@transaction.atomic
def note_sign_in(
    account: Account | None,
    ok: bool,
    *,
    login: str = "",
    facts: Mapping[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Keep that somebody signed in, or tried to; of an unknown login a keyed hash, as it may be a mistyped password.

    `facts` say how and whence, the address masked.
    """
    subject = ("account", str(account.pk)) if account else ("login", salted_hmac("people.sign_in", login).hexdigest())
    verb = "people.signed_in" if ok else "people.sign_in_failed"
    journal.record(subject=subject, verb=verb, by=by, at=at, body=facts or {})
