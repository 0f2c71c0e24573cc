"""Questions about documents."""

import logging
from collections.abc import Collection
from uuid import UUID

from zhongshu.base.http.refusals import Absent
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.documents import doors
from zhongshu.registers.documents.models import Document
from zhongshu.registers.documents.rules import keys, stamps
from zhongshu.registers.documents.rules.keys import Size
from zhongshu.registers.documents.rules.stamps import Stamp

log = logging.getLogger(__name__)


def document(id: UUID) -> Document:
    """The row about a document; Absent when there is none or it was destroyed."""
    found = Document.objects.filter(pk=id, destroyed=None).first()
    if found is None:
        raise Absent("没有找到这个文件，它可能已按规定销毁。")
    return found


def several(ids: Collection[UUID]) -> dict[UUID, Document]:
    """Id → row of those of these documents that still exist, in one statement."""
    return {found.pk: found for found in Document.objects.filter(pk__in=ids, destroyed=None)} if ids else {}


def owned(ids: Collection[UUID], by: Actor) -> set[UUID]:
    """Those of these documents that the actor has uploaded and that still exist, in one statement."""
    found = Document.objects.filter(pk__in=ids, uploader=by.id, destroyed=None)
    return set(found.values_list("pk", flat=True))


def read(id: UUID, size: Size = "full") -> bytes:
    """The bytes of a document, whole or small (`thumb`, of a photo); what is read whole is checked against its digest.

    Absent when there is none, it was destroyed, or the store has lost or altered it (which is logged).
    """
    return content(document(id), size)


def content(found: Document, size: Size = "full") -> bytes:
    """The same of a document whose row is at hand."""
    digest = bytes(found.digest)
    try:
        data = doors.store.get(keys.key(digest, size, found.media))
    except KeyError:
        data = b""
    if not data or (size == "full" and keys.digest(data) != digest):
        log.error("Document %s (%s) is not in the store as it was kept.", found.pk, size)
        raise Absent("文件已损坏或遗失，请联系系统管理员。")
    return data


def stamped(found: Document) -> bytes:
    """A photo with moment, place and digest in a band below it; one without a stamp as it was kept."""
    data = content(found)
    if found.taken is None:
        return data
    stamp = Stamp(found.taken, found.lon, found.lat, found.accuracy)
    return stamps.stamped(data, stamps.lines(stamp, bytes(found.digest)))
