"""Making somebody a copy of their data, handing it out to them, and nobody else."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from zhongshu.base.crypto import sealing
from zhongshu.base.http.refusals import Absent
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.documents import doors as store
from zhongshu.registers.documents import queries as documents
from zhongshu.registers.documents.rules.keys import ENDINGS
from zhongshu.registers.people import queries as people
from zhongshu.registers.privacy import doors
from zhongshu.registers.privacy.models import Parcel, Request
from zhongshu.registers.privacy.queries import requests as queries
from zhongshu.registers.privacy.rules import copies
from zhongshu.registers.privacy.rules.copies import Part
from zhongshu.registers.privacy.rules.holdings import Owner

KEPT = timedelta(days=7)
ABOUT = "privacy.parcel"
MOST_BYTES = 200 * 1024 * 1024
"""Photos and sounds beyond this are named in the copy but not in it; they can still be looked at in the platform."""


def pack(request: UUID, *, at: datetime) -> Parcel | None:
    """Put everything kept of whoever asked into one sealed file; None when that was done before."""
    found = Request.objects.filter(pk=request, kind="export", done=None, outcome="approved").first()
    if found is None:
        return None
    owner = Owner(found.account, found.person)
    sealed = sealing.seal_bytes(_packed(owner, at), _about(found.pk))
    key = f"{hashlib.sha256(sealed).hexdigest()}.parcel"
    store.store.put(key, sealed)
    by = people.actor(found.account, at)
    with transaction.atomic():
        made = Parcel.objects.create(request=found, key=key, bytes=len(sealed), ready=at, until=at + KEPT)
        Request.objects.filter(pk=found.pk).update(done=at)
        if by:
            _record(found.pk, "privacy.copy_ready", by, at)
    return made


def fetch(request: UUID, *, by: Actor, at: datetime) -> bytes:
    """The copy, for the one who asked for it, as long as it is kept; that it was fetched is recorded first."""
    found = queries.own(request, by)
    parcel = getattr(found, "parcel", None)
    if parcel is None or parcel.gone or parcel.until <= at:
        raise Absent("这份数据还没有准备好，或已超过七天被删除。请重新申请。")
    with transaction.atomic():
        Parcel.objects.filter(pk=parcel.pk).update(fetched=at)
        _record(found.pk, "privacy.copy_fetched", by, at)
    try:
        return sealing.opened_bytes(store.store.get(parcel.key), _about(found.pk))
    except (KeyError, sealing.Unreadable):
        raise Absent("这份数据还没有准备好，或已超过七天被删除。请重新申请。") from None


def _about(request: UUID) -> str:
    return f"{ABOUT}.{request}"


def _record(request: UUID, verb: str, by: Actor, at: datetime) -> None:
    journal.record(subject=("privacy_request", str(request)), verb=verb, by=by, at=at, body={})


def _packed(owner: Owner, at: datetime) -> bytes:
    parts = [Part(holding.about, list(holding.records(owner, at))) for holding in doors.holdings.values()]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("data.json", copies.data(parts, at))
        packed.writestr("readable.html", copies.page(parts))
        for name, data in _files(parts):
            packed.writestr(f"files/{name}", data)
    return file.getvalue()


def _files(parts: list[Part]) -> Iterator[tuple[str, bytes]]:
    """The documents of all records, up to MOST_BYTES; one that was destroyed or lost meanwhile is left out."""
    left = MOST_BYTES
    for document in dict.fromkeys(d for part in parts for record in part.records for d in record.documents):
        try:
            row = documents.document(document)
            if row.bytes <= left:
                left -= row.bytes
                yield f"{document}.{ENDINGS[row.media]}", documents.content(row)
        except Absent:
            continue
