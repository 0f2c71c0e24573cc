"""Looking into a device that was wrong too often: somebody does, and says what they found. It is heard as before."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from zhongshu.base.http.refusals import Absent, Forbidden
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.rules import checks

_REVIEW = """
UPDATE cases_device SET reviewed = %(at)s, reviewer = %(by)s, seen = alarms, seen_false = retracted
WHERE sender = %(sender)s AND device = %(device)s RETURNING alarms, retracted
"""


@transaction.atomic
def review_device(sender: UUID, device: str, found: str, *, by: Actor, at: datetime) -> None:
    """Keep that a device was looked into and what was found; only what it tells from now on can flag it again."""
    if not permissions.holds_anywhere(by, "keys.manage", at):
        raise Forbidden("您没有管理接口密钥的职责。")
    said = checks.reason(found)
    with connection.cursor() as cursor:
        cursor.execute(_REVIEW, {"sender": sender, "device": device, "by": by.id, "at": at})
        row = cursor.fetchone()
    if row is None:
        raise Absent("没有这个设备。")
    journal.record(
        subject=("account", str(sender)), verb="cases.device_reviewed", by=by, at=at,
        body={"device": device, "alarms": row[0], "false": row[1], "found": said},
    )  # fmt: skip
