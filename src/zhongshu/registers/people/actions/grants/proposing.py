"""A grant is proposed by one and approved by another; ending one takes either."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.approvals import queries as proposals
from zhongshu.base.approvals.models import Proposal
from zhongshu.base.http.language import language
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.roles import offers
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.people.actions.grants import giving
from zhongshu.registers.people.models import Account, Grant
from zhongshu.registers.people.queries import grants, same
from zhongshu.registers.people.queries.bodies import tree
from zhongshu.registers.people.rules.grants import APPROVE, GIVE, PROPOSE, Wanted
from zhongshu.registers.places import queries as places


def propose_grant(account: UUID | str, wanted: Wanted, reason: str, *, by: Actor, at: datetime) -> Proposal:
    """Ask that an account be given a role; who may approve grants there decides.

    Refused: a grant wider than where `by` may propose, one to oneself through any account, duties that must not meet.
    """
    target = _holder(account)
    _checked(target, wanted.checked(at), by, at)
    reach = grants.above(wanted.body, wanted.place)
    if not permissions.may(by, PROPOSE, reach, at):
        raise Forbidden("您不能申请比自己的管理范围更宽的授权，请缩小单位或地点。", field="body")
    return approvals.propose(
        GIVE, f"{target.pk}/{wanted.role}", {"account": str(target.pk), **wanted.row()}, reason, reach, by=by, at=at
    )


def give_approved(subject: str, body: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Give what was proposed, for `approvals`: everything is looked at again, for time has passed."""
    target, wanted = _holder(body["account"]), Wanted.read(body).checked(at)
    _checked(target, wanted, by, at)
    # The decision has just been written in this transaction: the newest about this subject is the one.
    proposal = proposals.about(subject, 1)[0]
    giving.give_grant(
        target, wanted.role, body=wanted.body, place=wanted.place, purpose=wanted.purpose, hours=wanted.hours,
        starts=max(wanted.starts or at, at), ends=wanted.ends, proposal=proposal.pk, by=by, at=at,
    )  # fmt: skip


def take_grant(grant: int, reason: str, *, by: Actor, at: datetime) -> Grant:
    """End a grant at once, by either of those whom giving it takes; a grant elsewhere is absent."""
    with transaction.atomic():
        found = Grant.objects.select_for_update().select_related("account").filter(pk=grant).first()
        reach = grants.reach_of(found) if found else ()
        if found is None or not any(permissions.may(by, right, reach, at) for right in (PROPOSE, APPROVE)):
            raise Absent("没有找到这项授权。")
        if found.ends is not None and found.ends <= at:
            raise Conflict("这项授权已经结束，您的页面不是最新的。")
        if not 2 <= len(said := reason.strip()) <= approvals.MAX_REASON:
            raise Invalid("请写明理由（2 至 {limit} 字）。", field="reason", limit=approvals.MAX_REASON)
        giving.end_grant(found, reason=said, by=by, at=at)
    return found


def check_apart(account: Account, wanted: permissions.Grant, at: datetime) -> None:
    """Conflict when the grant would bring duties together that must stay apart, in any account of this person."""
    for clash in grants.clashes(account, wanted, at):
        raise Conflict(
            "{who}已持有“{held}”，不能再授予“{role}”：{why}。", field="role", who=account.name,
            held=_called(clash.held.role), role=_called(wanted.role),
            why=clash.rule.why_en if language() == "en" else clash.rule.why,
        )  # fmt: skip


def _called(role: str) -> str:
    found = offers(role)
    return found.name_en if language() == "en" else found.name


def _holder(account: UUID | str) -> Account:
    found = Account.objects.filter(pk=account, closed=None, kind__in=[Account.Kind.STAFF, Account.Kind.DEVICE]).first()
    if found is None:
        raise Invalid("没有找到要授权的人员或系统，或其账号已停用。", field="account")
    return found


def _checked(target: Account, wanted: Wanted, by: Actor, at: datetime) -> None:
    """What holds both when a grant is proposed and when it is given."""
    if same.same_person(str(target.pk), by.id):
        raise Forbidden("不能给自己授权，也不能通过自己的另一个账号授权，请由他人办理。", field="account")
    body = tree().get(wanted.body) if wanted.body is not None else None
    if wanted.body is not None and (body is None or body.ended is not None):
        raise Invalid("没有这个单位，或它已经撤销。", field="body")
    if wanted.place is not None and not places.names([wanted.place]):
        raise Invalid("没有这个地点。", field="place")
    check_apart(target, wanted.grant(at), at)
