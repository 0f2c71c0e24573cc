"""How long kinds of data are kept (two people), and the cases whose data is held."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.approvals.models import Proposal
from zhongshu.base.http.refusals import Absent, Conflict, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.privacy import doors
from zhongshu.registers.privacy.models import Hold, Retention

KIND = "privacy.retention"
LONGEST_DAYS = 36_500
MAX_REASON = 500


def propose_days(kind: str, days: int, reason: str, *, by: Actor, at: datetime) -> Proposal:
    """Ask that a kind of data is kept for so many days; never shorter than a law demands."""
    holding = doors.holdings.get(kind)
    if holding is None or holding.about.days is None:
        raise Absent("没有这类数据，或它没有单独的保存期限。")
    if not max(1, holding.about.least) <= days <= LONGEST_DAYS:
        raise Invalid(
            "保存期限须在 {least} 至 {most} 天之间。",
            field="days",
            least=max(1, holding.about.least),
            most=LONGEST_DAYS,
        )
    return approvals.propose(KIND, kind, {"days": days}, reason, (), by=by, at=at)


def apply_days(subject: str, body: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """The approved term is in force; the clock looks at everything anew."""
    Retention.objects.update_or_create(
        kind=subject,
        defaults={"days": body["days"], "since": at, "set_by": by.id, "upto": None, "upto_key": ""},
    )


@transaction.atomic
def place_hold(case_id: UUID, reason: str, *, by: Actor, at: datetime) -> Hold:
    """Keep the data of a case although its time is over: it is in dispute, and the data is evidence."""
    said = reason.strip()
    if not 2 <= len(said) <= MAX_REASON:
        raise Invalid("请写明理由（2 至 {limit} 字）。", field="reason", limit=MAX_REASON)
    try:
        with transaction.atomic():
            made = Hold.objects.create(case_id=case_id, reason=said, placed=at, placed_by=by.id)
    except IntegrityError:
        raise Conflict("这个办件的数据已经在暂停销毁中。") from None
    journal.record(
        subject=("privacy_hold", str(case_id)), verb="privacy.hold_placed", by=by, at=at, body={"reason": said}
    )
    return made


@transaction.atomic
def lift_hold(hold: UUID, *, by: Actor, at: datetime) -> None:
    """The dispute is over; the clocks look at everything anew, as they have passed the case."""
    held = Hold.objects.select_for_update().filter(pk=hold, lifted=None).first()
    if held is None:
        raise Absent("没有找到这个暂停，它可能已经解除。")
    Hold.objects.filter(pk=hold).update(lifted=at, lifted_by=by.id)
    Retention.objects.update(upto=None, upto_key="")
    journal.record(subject=("privacy_hold", str(held.case_id)), verb="privacy.hold_lifted", by=by, at=at, body={})
