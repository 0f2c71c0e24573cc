"""Verbs on proposals: propose, decide, withdraw."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import uuid_utils.compat
from django.db import IntegrityError, transaction

from zhongshu.base.approvals import queries
from zhongshu.base.approvals.doors import kinds
from zhongshu.base.approvals.models import Proposal
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor

MAX_REASON = 500


def propose(
    kind: str, subject: str, body: Mapping[str, Any], reason: str, reach: Collection[int], *, by: Actor, at: datetime
) -> Proposal:
    """Ask for a change that another person decides on.

    Whether `by` may ask, and whether the change makes sense, the caller has checked. A Conflict when one of this kind
    already waits about the subject.
    """
    _in_own_name(by)
    said = _said(reason)
    try:
        with transaction.atomic():
            made = Proposal.objects.create(
                id=uuid_utils.compat.uuid7(), kind=kind, subject=subject, body=dict(body), reason=said,
                reach=list(reach), proposed=at, proposer=by.id,
            )  # fmt: skip
            _record(made, "approvals.proposed", by, at, reason=said, body=dict(body))
    except IntegrityError:
        raise Conflict("已有一个同样的申请在等待审批，请等它办结后再提。") from None
    return made


@transaction.atomic
def decide(proposal: UUID, approve: bool, answer: str, *, by: Actor, at: datetime) -> Proposal:
    """Approve, which makes the change, or refuse, which needs a reason. The proposer cannot decide."""
    held = _held(proposal, by, at)
    said = answer.strip() if approve else _said(answer)
    if len(said) > MAX_REASON:
        raise Invalid("请把意见写在 {limit} 字以内。", field="answer", limit=MAX_REASON)
    outcome = Proposal.Outcome.APPROVED if approve else Proposal.Outcome.REFUSED
    _close(held, outcome, said, by, at)
    if approve:
        kinds[held.kind].apply(held.subject, held.body, by=by, at=at)
    return held


@transaction.atomic
def withdraw(proposal: UUID, *, by: Actor, at: datetime) -> Proposal:
    """Take one's own proposal back."""
    _in_own_name(by)
    held = _locked(proposal)
    if str(held.proposer) != by.id:
        raise Absent("没有找到这个申请。")
    _close(held, Proposal.Outcome.WITHDRAWN, "", by, at)
    return held


def _held(proposal: UUID, by: Actor, at: datetime) -> Proposal:
    """The waiting proposal under its lock, for one who may decide on it."""
    _in_own_name(by)
    held = _locked(proposal)
    if queries.asked_by(held, by):
        raise Forbidden("申请人不能审批自己的申请，请由另一位有审批权限的人员办理。")
    if not queries.may_decide(held, by, at):
        raise Absent("没有找到这个申请。")
    return held


def _in_own_name(by: Actor) -> None:
    """Nobody asks or decides for another: what two people answer for, both answer for themselves."""
    if by.mandate:
        raise Forbidden("您正在代他人办理，不能提出或决定审批。请先结束代办。")


def _locked(proposal: UUID) -> Proposal:
    held = Proposal.objects.select_for_update().filter(pk=proposal).first()
    if held is None:
        raise Absent("没有找到这个申请。")
    if held.decided is not None:
        raise Conflict("这个申请已经办结，您的页面不是最新的。")
    return held


def _close(held: Proposal, outcome: str, answer: str, by: Actor, at: datetime) -> None:
    held.decided, held.decider, held.outcome, held.answer = at, by.id, outcome, answer
    held.save(update_fields=["decided", "decider", "outcome", "answer"])
    _record(held, f"approvals.{outcome}", by, at, answer=answer)


def _record(held: Proposal, verb: str, by: Actor, at: datetime, **more: Any) -> None:
    journal.record(
        subject=("proposal", str(held.id)), verb=verb, by=by, at=at, reach=held.reach,
        body={"kind": held.kind, "about": held.subject, **more},
    )  # fmt: skip


def _said(reason: str) -> str:
    found = reason.strip()
    if not 2 <= len(found) <= MAX_REASON:
        raise Invalid("请写明理由（2 至 {limit} 字）。", field="reason", limit=MAX_REASON)
    return found
