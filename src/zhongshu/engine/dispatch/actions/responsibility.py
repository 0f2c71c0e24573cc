"""Writing down whose is what: at once, or proposed by one and approved by another."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec
from django.db import connection, transaction
from django.db.models import Max, Q, QuerySet

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.approvals import queries as proposals
from zhongshu.base.approvals.models import Proposal
from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.dispatch import queries
from zhongshu.engine.dispatch.models import Responsibility, Version
from zhongshu.engine.dispatch.queries import paces
from zhongshu.engine.dispatch.rules import table
from zhongshu.engine.dispatch.rules.table import Change
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.people.models import Body
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.rules import codes

KIND = "responsibility.change"
PROPOSE, APPROVE = "duties.propose", "duties.approve"
SUBJECT = ("responsibility", "table")


@transaction.atomic
def set_responsibility(
    category: str, place: int, body: Body, *, trust: float = 0.9, by: Actor, at: datetime
) -> Responsibility:
    """Write down which body answers for a category in a place from now on; the row before it ends."""
    _one_at_a_time()
    _running(category, place, at).update(ends=at)
    row = Responsibility.objects.create(category=category, place=place, body=body.pk, trust=trust, starts=at)
    journal.record(
        subject=SUBJECT, verb="dispatch.responsibility_set", by=by, at=at,
        body=_said(row), reach=(place,),
    )  # fmt: skip
    return row


def propose_change(changes: Iterable[Change], reason: str, *, by: Actor, at: datetime) -> Proposal:
    """Propose changes of the table, tried on last month's events; another person decides.

    Invalid when a change cannot be, Forbidden where `by` may not propose, Conflict when the table has moved on.
    """
    listed = table.checked(changes)
    for change in listed:
        check_change(change, by=by, at=at)
    body = {"changes": msgspec.to_builtins(listed), "trial": msgspec.to_builtins(paces.try_out(listed, at))}
    return approvals.propose(KIND, _about(listed), body, reason, _common(listed), by=by, at=at)


def check_change(change: Change, *, by: Actor, at: datetime) -> None:
    """Refuse a change that `by` may not propose, that names what has ended, or that the table no longer fits."""
    if not permissions.may(by, PROPOSE, codes.ancestors(change.place), at):
        raise Forbidden("您没有在这个地点申请变更职责的权限，请由当地的值班长办理。")
    begins = change.begins(at)
    if change.body is not None:
        _check_new(change, begins)
    here = queries.table().here(change.category, change.place, begins)
    if (here and here.id) != change.row:
        raise Conflict("其中一项职责已有变动，请按最新的职责清单核对后再办。")
    if here and here.says == change.says:
        raise Invalid("这一项和现行的职责相同，不需要变更。", field="body")
    if here and here.starts >= begins:
        raise Invalid("这里已有一条从同一天开始的职责，请改选以后的一天。", field="starts")


def _check_new(change: Change, begins: datetime) -> None:
    """Only what begins must name what there is: a row at a place that is no more can still be ended."""
    if change.place not in places.tree().names:
        raise Invalid("没有这个地点，请重新选择。", field="place")
    if change.category:
        catalogue.category(change.category)
    if change.body not in queries.bodies().living:
        raise Invalid("这个单位不存在或已撤销，请另选责任单位。", field="body")
    if change.ends is not None and change.ends <= begins:
        raise Invalid("截止日期不能早于开始日期。", field="ends")
    if later := queries.table().next(change.category, change.place, begins, change.ends):
        raise Invalid(
            "这里从 {day} 起已另有写明的职责，时间重叠。请填写在那以前的截止日期，或改选以后的开始日期。",
            field="ends", day=f"{later.starts.astimezone(SHANGHAI):%Y-%m-%d}",
        )  # fmt: skip


@transaction.atomic
def apply_change(subject: str, body: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Make an approved change: rows end and begin now or on their day, a version keeps who, when and why.

    For `doors.Kind`.
    """
    _one_at_a_time()
    changes = msgspec.convert(body["changes"], tuple[Change, ...])
    version = _version(proposals.about(subject, limit=1)[0], by, at)
    for change in changes:
        _apply(change, version, at)
    journal.record(
        subject=SUBJECT, verb="dispatch.responsibility_changed", by=by, at=at,
        body={"version": version.number, "proposal": str(version.proposal), "changes": body["changes"]},
        reach=_common(changes),
    )  # fmt: skip


def _apply(change: Change, version: Version, at: datetime) -> None:
    if change.body is not None and change.body not in queries.bodies().living:
        raise Conflict("拟定的责任单位已经撤销，请不同意这个申请，另行提出。")
    begins = change.begins(at)
    if change.ends is not None and change.ends <= begins:
        raise Conflict("拟定的截止日期已经过了，请不同意这个申请，另行提出。")
    running, later = _running(change.category, change.place, begins), _later(change, begins)
    if [row.pk for row in running] != ([] if change.row is None else [change.row]) or later.exists():
        raise Conflict("提出申请以后职责清单已有变动。请不同意这个申请，按最新的职责清单另行提出。")
    for row in running:
        row.ends, row.ended = begins, version
        row.save(update_fields=["ends", "ended"])
    if change.body is not None:
        Responsibility.objects.create(
            category=change.category, place=change.place, body=change.body, trust=change.trust,
            priority=change.priority, starts=begins, ends=change.ends, begun=version,
        )  # fmt: skip


def _version(proposal: Proposal, by: Actor, at: datetime) -> Version:
    before = Version.objects.aggregate(last=Max("number"))["last"] or 0
    return Version.objects.create(
        number=before + 1, proposal=proposal.pk, changes=proposal.body["changes"], trial=proposal.body["trial"],
        reason=proposal.reason, proposed=proposal.proposed, proposer=proposal.proposer, answer=proposal.answer,
        approved=at, approver=by.id,
    )  # fmt: skip


def _one_at_a_time() -> None:
    """Let changes wait for each other: what is in force at a crossing is looked at before it is changed."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE dispatch_version IN EXCLUSIVE MODE")


def _running(category: str, place: int, at: datetime) -> QuerySet[Responsibility]:
    """The rows of a crossing in force at `at`: one, or none."""
    return Responsibility.objects.filter(
        Q(ends=None) | Q(ends__gt=at), category=category, place=place, starts__lte=at
    )  # fmt: skip


def _later(change: Change, begins: datetime) -> QuerySet[Responsibility]:
    """The rows that begin while the row of the change would be in force; what only ends is in nobody's way."""
    if change.body is None:
        return Responsibility.objects.none()
    found = Responsibility.objects.filter(category=change.category, place=change.place, starts__gt=begins)
    return found if change.ends is None else found.filter(starts__lt=change.ends)


def _about(changes: Iterable[Change]) -> str:
    """What a proposal is about: its crossings. The same ones are not proposed twice at a time."""
    return " ".join(sorted(f"responsibility:{change.place}:{change.category}" for change in changes))


def _common(changes: Iterable[Change]) -> Collection[int]:
    """The places over all of the changes: whoever decides must hold the permission over every one."""
    first, *others = (set(codes.ancestors(change.place)) for change in changes)
    return sorted(first.intersection(*others))


def _said(row: Responsibility) -> Mapping[str, Any]:
    return {"row": row.pk, "category": row.category, "place": row.place, "body": row.body, "trust": row.trust}
