"""Destroying what has been kept long enough, in small batches."""

from datetime import datetime

import uuid_utils.compat
from django.db import transaction

from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.registers.documents import doors as documents
from zhongshu.registers.privacy import doors
from zhongshu.registers.privacy.actions.destroying import certify
from zhongshu.registers.privacy.models import Parcel, Retention
from zhongshu.registers.privacy.queries import kept
from zhongshu.registers.privacy.rules.holdings import Destroyed, Mark, expired_before

BATCH = 200
MOST_BATCHES = 500
"""Of a kind in one round: what is left waits for the next day."""


def run(*, at: datetime) -> int:
    """One round: of every kind what is due, a batch at a time; one certificate for all of it. Returns how many."""
    forget_parcels(at=at)
    counts: dict[str, dict[str, int]] = {}
    for code, term in kept.days().items():
        if term is not None and (done := _expire(code, expired_before(at, term), at)):
            counts[code] = done
    if counts:
        certify(uuid_utils.compat.uuid7(), counts, "retention", by=SYSTEM, at=at)
    return sum(one.get("records", 0) for one in counts.values())


def _expire(code: str, before: datetime, at: datetime) -> dict[str, int]:
    counts: dict[str, int] = {}
    row = Retention.objects.filter(pk=code).first()
    after = Mark(row.upto, row.upto_key) if row and row.upto else None
    for _ in range(MOST_BATCHES):
        done = doors.holdings[code].expire(after, before, BATCH, by=SYSTEM, at=at)
        if done.upto is None:
            break
        counts, after = done.plus(counts), done.upto
        _note(code, done, after, at)
    return counts


@transaction.atomic
def _note(code: str, done: Destroyed, upto: Mark, at: datetime) -> None:
    Retention.objects.update_or_create(kind=code, defaults={"upto": upto.at, "upto_key": upto.key})
    if any(done.counts.values()):
        journal.record(
            subject=("privacy_retention", code), verb="privacy.expired", by=SYSTEM, at=at,
            body={"counts": dict(done.counts), "upto": upto.at},
        )  # fmt: skip


def forget_parcels(*, at: datetime) -> int:
    """Delete the copies whose seven days are over; returns how many."""
    over = list(Parcel.objects.filter(gone=None, until__lte=at).order_by("until")[:BATCH])
    for parcel in over:
        documents.store.delete(parcel.key)
        Parcel.objects.filter(pk=parcel.pk).update(gone=at)
    return len(over)
