"""Keeping the way of an officer on patrol: only on shift, only with the officer's consent, only for a time."""

from datetime import datetime
from typing import Literal

from django.db import transaction

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Absent, Conflict, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import SYSTEM, Actor
from zhongshu.engine.dispatch.models import Shift, Track
from zhongshu.engine.dispatch.queries import duty, rosters, tracks
from zhongshu.engine.dispatch.queries.tracks import Way
from zhongshu.engine.dispatch.rules import tracks as rules
from zhongshu.engine.dispatch.rules.tracks import Point
from zhongshu.registers.people.models import Account
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.rules import codes

SHORTEST, LONGEST = 2, 200
"""Characters of a purpose."""


@transaction.atomic
def agree(wish: Literal["begin", "stop"], *, by: Actor, at: datetime) -> None:
    """Say that one's way in the running shift may be kept from now on, or no longer. Again changes nothing."""
    running = duty.running(by.id, at)
    if running is None:
        raise Conflict("您现在不在班，轨迹没有记录。请先签到值班。")
    shift = Shift.objects.select_for_update().get(pk=running.pk)
    agreed = shift.tracked is not None and shift.untracked is None
    if agreed == (wish == "begin"):
        return
    if wish == "begin":
        shift.tracked, shift.untracked = shift.tracked or at, None
    else:
        shift.untracked = at
    shift.save(update_fields=["tracked", "untracked"])
    journal.record(
        subject=("account", by.id), verb=f"dispatch.track_{'agreed' if wish == 'begin' else 'stopped'}", by=by, at=at,
        body={"shift": shift.pk}, reach=codes.ancestors(shift.place),
    )  # fmt: skip


@transaction.atomic
def keep(shift: int, rows: object, *, by: Actor, at: datetime) -> int:
    """Keep points of the officer's own way (see `rules.tracks.read`); returns how many of them count.

    Points outside the shift, or from when the officer had not agreed, are left out. Sending the same again changes
    nothing. It changes no matter, so no entry is written: the consent is one.
    """
    held = Shift.objects.select_for_update().filter(pk=shift, account=by.id).first()
    if held is None:
        raise Absent("没有找到这个班次。")
    if held.tracked is None:
        raise Conflict("这个班次没有同意记录轨迹，这些点没有保存。")
    last = min(filter(None, (held.ends, held.untracked, at)))
    counted = [point for point in rules.read(rows, at) if max(held.starts, held.tracked) <= point.at <= last]
    for hour, points in rules.by_hour(counted).items():
        _keep_hour(held, hour, points)
    return len(counted)


def _keep_hour(shift: Shift, hour: datetime, new: list[Point]) -> None:
    """Put points to those of their hour. The shift is locked: its hours are written one after the other."""
    row = Track.objects.filter(shift=shift, hour=hour).first()
    points = rules.merged(tracks.points_of(row) if row else (), new)
    spots = places.locate_many((point.lon, point.lat) for point in points)
    Track.objects.update_or_create(
        shift=shift, hour=hour,
        defaults={
            "seconds": [int((point.at - hour).total_seconds()) for point in points],
            "lons": [point.lon for point in points], "lats": [point.lat for point in points],
            "metres": rules.length(points),
            "cells": list(dict.fromkeys(int(spot.cell) for spot in spots if spot)),
        },
    )  # fmt: skip


def look(shift: int, purpose: str, *, by: Actor, at: datetime) -> Way:
    """The way of an officer, for who plans the officer's body's rosters and says what for.

    The look is recorded before anything is handed out: who looked at whose way and why, not what they saw.
    """
    found = seeable(shift, by=by, at=at)
    said = " ".join(purpose.split())
    if not SHORTEST <= len(said) <= LONGEST:
        raise Invalid(
            "请写明查看轨迹的用途（{least} 至 {most} 字），用途会记录在案。",
            field="purpose", least=SHORTEST, most=LONGEST,
        )  # fmt: skip
    journal.record(
        subject=("look", str(found.account)), verb="dispatch.track_seen", by=by, at=at,
        reach=codes.ancestors(found.place), body={"shift": found.pk, "purpose": said},
    )  # fmt: skip
    return tracks.of(found)


def seeable(shift: int, *, by: Actor, at: datetime) -> Shift:
    """A shift whose way was kept and that is the actor's to plan; any other is absent. Says nothing of the way."""
    found = Shift.objects.filter(pk=shift, tracked__isnull=False).first()
    officer = Account.objects.filter(pk=found.account).first() if found else None
    reach = rosters.reach_of(officer.body_id) if officer and officer.body_id else ()
    if found is None or not reach or not permissions.may(by, rosters.MANAGE, reach, at):
        raise Absent("没有找到这个班次的轨迹。")
    return found


@transaction.atomic
def forget(at: datetime) -> int:
    """Forget the points of ways older than the time they are kept; distance and cells stay. Returns how many hours."""
    before = (at - tracks.KEPT).astimezone(SHANGHAI)
    old = Track.objects.filter(hour__lt=before).exclude(seconds=[])
    if forgotten := old.update(seconds=[], lons=[], lats=[]):
        journal.record(
            subject=("tracks", "all"), verb="dispatch.tracks_forgotten", by=SYSTEM, at=at,
            body={"before": before, "hours": forgotten},
        )  # fmt: skip
    return forgotten
