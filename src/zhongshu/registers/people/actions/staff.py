"""Officials' and systems' accounts as an administrator keeps them: opening, correcting, moving, closing, reopening."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people import queries, rules
from zhongshu.registers.people.actions import accounts
from zhongshu.registers.people.actions.grants import end_grant
from zhongshu.registers.people.actions.keys import revoke_key
from zhongshu.registers.people.models import Account, ApiKey, Body, Grant


@transaction.atomic
def open_staff(
    login: str, name: str, phone: str, body: int, *, kind: str = Account.Kind.STAFF, password: str = "",
    by: Actor, at: datetime,
) -> Account:  # fmt: skip
    """Open an official's (or a system's) account in a body that `by` administers.

    Without a password nobody can sign in with one until they have set it by a start code.
    """
    if kind not in (Account.Kind.STAFF, Account.Kind.DEVICE):
        raise Invalid("请选择账号的类型。", field="kind")
    home = _home(body, by, at)
    return accounts.open_account(login, name, kind, password or None, phone=phone, body=home, by=by, at=at)


@transaction.atomic
def change_staff(account: UUID, name: str, phone: str, *, by: Actor, at: datetime) -> Account:
    """Correct a name and a phone number; the entry says which, not what they were: these are personal data."""
    found = _held(account, by, at)
    before = found.name, found.phone
    found.name, found.phone = rules.name(name), rules.phone(phone) if phone else ""
    fields = [field for field, was in zip(("name", "phone"), before, strict=True) if getattr(found, field) != was]
    if fields:
        found.save(update_fields=fields)
        _record(found, "people.account_changed", {"fields": fields}, by, at)
    return found


@transaction.atomic
def move_staff(account: UUID, body: int, *, end: Collection[int] = (), by: Actor, at: datetime) -> Account:
    """Move somebody to another body, and end those of their grants (ids) that go with the old one."""
    found, home = _held(account, by, at), _home(body, by, at)
    if found.body_id == home.pk:
        raise Invalid("已经在这个单位，请另选单位。", field="body")
    before, found.body = found.body_id, home
    found.save(update_fields=["body"])
    _record(found, "people.account_moved", {"from": before, "to": home.pk}, by, at)
    for grant in queries.tied_grants(found, home, at):
        if grant.pk in end:
            end_grant(grant, by=by, at=at)
    return found


@transaction.atomic
def close_staff(account: UUID, *, with_work: bool = False, by: Actor, at: datetime) -> Account:
    """Close an account and end what it held: grants and keys do not come back when it is reopened.

    Nobody closes their own; refused while work is in hand, unless `with_work` says that this is known.
    """
    found = _held(account, by, at)
    if str(found.pk) == by.id:
        raise Forbidden("不能停用自己的账号，请由另一位管理员办理。")
    if found.closed:
        raise Conflict("这个账号已经停用。")
    accounts.close_account(found, with_work=with_work, by=by, at=at)
    for grant in Grant.objects.filter(queries.living_grants(at), account=found, starts__lt=at):
        end_grant(grant, by=by, at=at)
    for key in ApiKey.objects.filter(account=found, revoked=None):
        revoke_key(key, by=by, at=at)
    found.refresh_from_db()
    return found


@transaction.atomic
def reopen_staff(account: UUID, *, by: Actor, at: datetime) -> Account:
    """Take a closed account back into use, without any role: those are proposed anew."""
    found = _held(account, by, at)
    if found.closed is None:
        raise Conflict("这个账号没有停用。")
    if found.body and found.body.ended:
        raise Conflict("所在单位已经停用，请先调到别的单位。", field="body")
    found.closed = None
    found.save(update_fields=["closed"])
    _record(found, "people.account_reopened", {}, by, at)
    return found


def _home(body: int, by: Actor, at: datetime) -> Body:
    """A living body for somebody to belong to; held, so that it does not end meanwhile."""
    queries.managed_body(body, queries.STAFF, by, at)
    home = Body.objects.select_for_update().get(pk=body)
    if home.ended:
        raise Conflict("这个单位已经停用，请另选单位。", field="body")
    return home


def _held(account: UUID, by: Actor, at: datetime) -> Account:
    found = queries.managed_account(account, queries.STAFF, by, at)
    return Account.objects.select_for_update(of=("self",)).select_related("body").get(pk=found.pk)


def _record(account: Account, verb: str, said: dict, by: Actor, at: datetime) -> None:
    reach = queries.reach_of_body(account.body) if account.body else ()
    journal.record(subject=("account", str(account.pk)), verb=verb, by=by, at=at, body=said, reach=reach)
