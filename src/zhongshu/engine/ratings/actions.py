"""Rating a case."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from zhongshu.base.http.refusals import Absent, Conflict
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.queries import contacts
from zhongshu.engine.ratings import rules
from zhongshu.engine.ratings.models import Rating
from zhongshu.registers.people.queries import mandates as held
from zhongshu.registers.people.rules import mandates


@transaction.atomic
def rate(
    case_id: UUID, level: int, reasons: Sequence[str], text: str, *, code: str = "", by: Actor, at: datetime
) -> Rating:
    """Rate a closed case, once, by the person who told of it: an account of theirs, or its query code; by no helper."""
    mandates.refuse(by, mandates.Act.RATE)
    given = rules.given(level, reasons, text)
    closed, body, reach = _closed_case(case_id)
    contacts.theirs(case_id, by, code)
    held.still(by)
    if closed is None:
        raise Conflict("办件办结后才能评价。")
    if Rating.objects.filter(pk=case_id).exists():
        raise Conflict("这个办件已经评价过了，谢谢您。")
    rating = Rating.objects.create(
        case_id=case_id, level=given.level, reasons=list(given.reasons), text=given.text, body=body, at=at
    )
    journal.record(
        subject=("rating", str(case_id)), verb="ratings.given", by=by, at=at, reach=reach,
        body={"level": given.level, "reasons": given.reasons, "body": body},
    )  # fmt: skip
    return rating


def _closed_case(case_id: UUID) -> tuple[datetime | None, int | None, list[int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT closed, body, reach FROM cases_case WHERE id = %s FOR UPDATE", [case_id])
        row = cursor.fetchone()
    if row is None:
        raise Absent("没有找到这个办件。")
    return row
