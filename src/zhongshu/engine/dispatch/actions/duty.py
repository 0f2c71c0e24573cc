"""Where officers are, and when they are on duty."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from zhongshu.base.http.refusals import Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.dispatch.models import Shift
from zhongshu.registers.people.models import Account

_STAND = """
INSERT INTO dispatch_position AS p (account, lon, lat, at) VALUES (%s, %s, %s, %s)
ON CONFLICT (account) DO UPDATE SET lon = excluded.lon, lat = excluded.lat, at = excluded.at WHERE p.at <= excluded.at
"""


def stand_at(lon: float, lat: float, *, by: Actor, at: datetime) -> None:
    """Say where an officer is now. Only the last place is kept; it changes no matter, so no entry is written."""
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise Invalid("经纬度超出范围：经度 -180 至 180，纬度 -90 至 90（WGS-84）。", field="point")
    with connection.cursor() as cursor:
        cursor.execute(_STAND, [by.id, lon, lat, at])


@transaction.atomic
def begin_shift(
    account: Account, place: int, *, skills: Iterable[str] = (), ends: datetime, by: Actor, at: datetime
) -> Shift:
    """Put an officer on duty for a place and kinds of matter until `ends`."""
    if ends <= at:
        raise Invalid("下班时间须晚于上班时间。", field="ends")
    shift = Shift.objects.create(account=account.pk, place=place, skills=list(skills), starts=at, ends=ends)
    journal.record(
        subject=("account", str(account.pk)), verb="dispatch.shift_begun", by=by, at=at,
        body={"shift": shift.pk, "place": place, "ends": ends}, reach=(place,),
    )  # fmt: skip
    return shift


@transaction.atomic
def end_shift(account: Account, *, by: Actor, at: datetime) -> int:
    """Take an officer off duty now; returns how many shifts ended."""
    ended = Shift.objects.filter(account=account.pk, starts__lt=at, ends__gt=at).update(ends=at)
    if ended:
        journal.record(subject=("account", str(account.pk)), verb="dispatch.shift_ended", by=by, at=at, body={})
    return ended
