"""Destroying what somebody asked to have destroyed, with a certificate, and again after a backup was brought back."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from zhongshu.base.crypto import signing
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import SYSTEM, Actor
from zhongshu.registers.people import queries as people
from zhongshu.registers.privacy import doors
from zhongshu.registers.privacy.actions import remains
from zhongshu.registers.privacy.models import Certificate, Remains, Request
from zhongshu.registers.privacy.rules import certificates
from zhongshu.registers.privacy.rules import requests as rules
from zhongshu.registers.privacy.rules.holdings import Owner

Counts = dict[str, dict[str, int]]


def carry_out(request: UUID, *, at: datetime) -> Certificate | None:
    """Destroy what an approved request lets go; None when that was done before.

    What is to go is written down first, by its ids: a job that died is run anew and destroys the same. Bytes of
    documents do not come back, so this is no single transaction.
    """
    found = Request.objects.filter(pk=request, outcome="approved", done=None, kind__in=rules.DESTROYING).first()
    if found is None:
        return None
    by = people.actor(found.decider, at) or SYSTEM if found.decider else SYSTEM
    planned = _planned(found, at)
    counts = _destroyed(planned, by, at)
    with transaction.atomic():
        made = certify(found.pk, counts, f"request:{found.kind}", by=by, at=at)
        Request.objects.filter(pk=found.pk).update(done=at, wanted={})
        journal.record(
            subject=("privacy_request", str(found.pk)), verb="privacy.destroyed", by=by, at=at,
            body={"kind": found.kind, "counts": counts},
        )  # fmt: skip
        remains.note(planned, made)
    return made


def _planned(found: Request, at: datetime) -> Remains:
    """What goes, by ids: what need not stay, and with the account what goes only with it."""
    held = Remains.objects.filter(pk=found.pk).first()
    if held:
        return held
    owner = Owner(found.account, found.person)
    closing = found.kind == "close"
    keys = {
        code: [record.key for record in holding.records(owner, at) if record.stays is None]
        for code, holding in doors.holdings.items() if closing or not holding.about.with_account
    }  # fmt: skip
    return Remains.objects.create(
        certificate=found.pk, account=owner.account, person=owner.person, at=at,
        keys={code: some for code, some in keys.items() if some},
    )  # fmt: skip


def _destroyed(planned: Remains, by: Actor, at: datetime) -> Counts:
    owner, counts = Owner(planned.account, planned.person), Counts()
    for code, keys in planned.keys.items():
        if code in doors.holdings:
            done = doors.holdings[code].destroy(owner, only=frozenset(keys), by=by, at=at)
            counts[code] = {**done.counts, "records": len(keys)}
    return counts


def again(kept: Iterable[Remains], *, at: datetime) -> int:
    """Destroy what was destroyed before and came back with a backup; returns how many records that may be."""
    return sum(sum(n["records"] for n in _destroyed(planned, SYSTEM, at).values()) for planned in kept)


def certify(id: UUID, counts: Mapping[str, Mapping[str, int]], reason: str, *, by: Actor, at: datetime) -> Certificate:
    """Sign what was destroyed; the certificate holds no data about anybody."""
    said = certificates.text(id, at, reason, by.id, counts)
    signature = signing.sign(said, certificates.ABOUT)
    return Certificate.objects.create(id=id, at=at, said=said, signature=signature)
