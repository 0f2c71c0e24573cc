"""Verbs on documents."""

import threading
import unicodedata
from datetime import datetime
from uuid import UUID

import uuid_utils.compat
from django.db import connection, transaction

from zhongshu.base.http.refusals import Absent, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.documents import doors
from zhongshu.registers.documents.models import Document
from zhongshu.registers.documents.rules import images, keys

LONGEST_NAME = 100

# A decoder holds every pixel: two photos of 40 megapixels at once are some 600 MB, more wait their turn.
_decoding = threading.BoundedSemaphore(2)


def keep_photo(data: bytes, name: str = "", *, by: Actor, at: datetime) -> Document:
    """Keep a photo, cleaned of all but its pixels. Raises TooLarge or Invalid with what to do."""
    with _decoding:
        photo = images.photo(data)
    digest = keys.digest(photo.jpeg)
    with transaction.atomic():
        _hold(digest)
        doors.store.put(keys.key(digest), photo.jpeg)
        doors.store.put(keys.key(digest, "thumb"), photo.thumbnail)
        document = Document.objects.create(
            id=uuid_utils.compat.uuid7(nanoseconds=int(at.timestamp() * 1_000_000) * 1_000),
            digest=digest, media="image/jpeg", bytes=len(photo.jpeg), width=photo.width, height=photo.height,
            name=_shown(name), uploader=by.id, kept=at,
        )  # fmt: skip
        journal.record(
            subject=("document", str(document.pk)), verb="documents.photo_kept", by=by, at=at,
            body={"digest": digest.hex(), "bytes": len(photo.jpeg), "size": [photo.width, photo.height]},
        )  # fmt: skip
    return document


@transaction.atomic
def destroy(id: UUID, reason: str, *, by: Actor, at: datetime) -> None:
    """Destroy a document: its bytes (unless another document has the same), its name, what its entries say.

    Its row and the reason stay. Not to be called inside a longer transaction: bytes do not come back.
    """
    if len(reason := reason.strip()) < 2:
        raise Invalid("请写明销毁的依据。", field="reason")
    document = Document.objects.select_for_update().filter(pk=id, destroyed=None).first()
    if document is None:
        raise Absent("没有找到这个文件，它可能已按规定销毁。")
    digest = bytes(document.digest)
    _hold(digest)
    Document.objects.filter(pk=id).update(destroyed=at, name="")
    journal.destroy("document", str(id))
    journal.record(
        subject=("document", str(id)),
        verb="documents.document_destroyed",
        by=by,
        at=at,
        body={"reason": reason},
    )
    if not Document.objects.filter(digest=digest, destroyed=None).exists():
        doors.store.delete(keys.key(digest))
        doors.store.delete(keys.key(digest, "thumb"))


def _hold(digest: bytes) -> None:
    """Until the transaction ends nobody else keeps or destroys the same bytes.

    So none are deleted under a document that is just being made.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [keys.lock_number(digest)])


def _shown(name: str) -> str:
    """A file's name as it can be shown: its last part, without control and formatting characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if unicodedata.category(c)[0] != "C")[:LONGEST_NAME].strip()
