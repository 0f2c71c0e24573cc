"""Where officers are, and when they are on duty."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.dispatch.models import Shift
from zhongshu.engine.dispatch.queries import duty
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
    """Put an officer on duty for a place and kinds of matter until `ends`; shifts of one officer never overlap.

    A shift that runs, or is planned to begin within the hour, is joined as it was planned, whatever `place` and `ends`
    say. One that is planned later but before `ends` is in the way: Invalid.
    """
    if ends <= at:
        raise Invalid("下班时间须晚于上班时间。", field="ends")
    Account.objects.select_for_update().filter(pk=account.pk).values_list("pk").first()
    if (planned := duty.coming(account.pk, at)) is not None:
        return _joined(planned, by, at)
    if (later := duty.following(account.pk, at)) is not None and later.starts < ends:
        raise Invalid(
            "您从 {starts} 起已有排班，时间重叠。请选短一些，在此之前下班。",
            field="hours", starts=f"{later.starts.astimezone(SHANGHAI):%H:%M}",
        )  # fmt: skip
    shift = Shift.objects.create(
        account=account.pk, place=place, skills=list(skills), starts=at, ends=ends, signed=_signed(account, by, at)
    )
    _record(shift, by, at)
    return shift


def _joined(shift: Shift, by: Actor, at: datetime) -> Shift:
    """Sign in to a shift that was there; early means it begins early. Again changes nothing."""
    if shift.signed is not None and shift.starts <= at:
        return shift
    planned = shift.starts
    shift.starts, shift.signed = min(planned, at), shift.signed or at
    shift.save(update_fields=["starts", "signed"])
    _record(shift, by, at, planned=planned)
    return shift


def _signed(account: Account, by: Actor, at: datetime) -> datetime | None:
    """Whoever goes on duty by themselves has signed in; one who is put there has not."""
    return at if by.id == str(account.pk) else None


def _record(shift: Shift, by: Actor, at: datetime, **more: datetime) -> None:
    journal.record(
        subject=("account", str(shift.account)), verb="dispatch.shift_begun", by=by, at=at,
        body={"shift": shift.pk, "place": shift.place, "ends": shift.ends, **more}, reach=(shift.place,),
    )  # fmt: skip


@transaction.atomic
def end_shift(account: Account, *, by: Actor, at: datetime) -> int:
    """Take an officer off duty now; returns how many shifts ended."""
    ended = Shift.objects.filter(account=account.pk, starts__lt=at, ends__gt=at).update(ends=at)
    if ended:
        journal.record(subject=("account", str(account.pk)), verb="dispatch.shift_ended", by=by, at=at, body={})
    return ended
