"""Verbs on documents."""

import threading
import unicodedata
from datetime import datetime
from typing import Any
from uuid import UUID

import uuid_utils.compat
from django.db import connection, transaction

from zhongshu.base.http.refusals import Absent, Conflict, Invalid
from zhongshu.base.journal import actions as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.registers.documents import doors, inspecting, scanner
from zhongshu.registers.documents.models import Document
from zhongshu.registers.documents.rules import images, inspection, keys, sounds, stamps
from zhongshu.registers.documents.rules.stamps import Stamp

LONGEST_NAME = 100

# A decoder holds every pixel: two photos of 40 megapixels at once are some 600 MB, more wait their turn.
_decoding = threading.BoundedSemaphore(2)

_MEDIA: dict[inspection.Kind, str] = {"pdf": keys.PDF, "docx": keys.DOCX, "xlsx": keys.XLSX}
_VERBS = {keys.JPEG: "photo", **dict.fromkeys(_MEDIA.values(), "file")}


def keep_photo(
    data: bytes, name: str = "", *, id: UUID | None = None, stamp: Stamp | None = None, by: Actor, at: datetime
) -> Document:
    """Keep a photo, cleaned of all but its pixels, with what the device said of when and where it was taken.

    `id` is the sender's own: sent twice it is one document. Raises TooLarge or Invalid with what to do, Conflict where
    the id stands for something else already.
    """
    with _decoding:
        photo = images.photo(data)
    scanner.scan(data)
    stamp = stamps.believed(stamp, at)
    return _kept(
        data, photo.jpeg, name, id, by, at, thumbnail=photo.thumbnail, width=photo.width, height=photo.height,
        **({n: getattr(stamp, n) for n in stamp.__slots__} if stamp else {}),
    )  # fmt: skip


def keep_sound(data: bytes, name: str = "", *, id: UUID | None = None, by: Actor, at: datetime) -> Document:
    """Keep a voice note to the bit, in the terms of `keep_photo`."""
    media = sounds.sound(data).media
    scanner.scan(data)
    return _kept(data, data, name, id, by, at, media=media)


def keep_file(data: bytes, name: str = "", *, id: UUID | None = None, by: Actor, at: datetime) -> Document:
    """Keep a PDF, a Word or an Excel file to the bit once nothing in it acts, in the terms of `keep_photo`.

    A picture is kept as a photo is. Raises Invalid for any other kind, Dangerous for what acts, reaches out or unfolds.
    """
    if not data:
        raise Invalid("文件是空的，请重新选择。", field="file")
    if images.is_picture(data):
        return keep_photo(data, name, id=id, by=by, at=at)
    media = _MEDIA.get(inspecting.inspected(data))
    if media is None:
        raise Invalid("压缩文件不能直接上传，请解开后上传里面的文件。", field="file")
    return _kept(data, data, name, id, by, at, media=media)


def keep_made(data: bytes, name: str, *, id: UUID | None = None, by: Actor, at: datetime) -> Document:
    """Keep a PDF that the platform itself has made (a letter): nobody sent it, so nothing in it is looked for."""
    return _kept(data, data, name, id, by, at, media=keys.PDF)


def _kept(
    sent: bytes, data: bytes, name: str, id: UUID | None, by: Actor, at: datetime,
    *, media: str = keys.JPEG, thumbnail: bytes = b"", width: int = 0, height: int = 0, **taken: Any,
) -> Document:  # fmt: skip
    digest = keys.digest(data)
    with transaction.atomic():
        if id is not None and (known := _known(id, keys.digest(sent), by)):
            return known
        _hold(digest)
        doors.store.put(keys.key(digest, "full", media), data)
        if thumbnail:
            doors.store.put(keys.key(digest, "thumb"), thumbnail)
        document = Document.objects.create(
            id=id or uuid_utils.compat.uuid7(nanoseconds=int(at.timestamp() * 1_000_000) * 1_000),
            digest=digest, media=media, bytes=len(data), width=width, height=height,
            name=_shown(name), uploader=by.id, kept=at, sent_digest=keys.digest(sent), **taken,
        )  # fmt: skip
        journal.record(
            subject=("document", str(document.pk)), by=by, at=at,
            verb=f"documents.{_VERBS.get(media, 'sound')}_kept",
            body={"digest": digest.hex(), "bytes": len(data), "size": [width, height], "sent": keys.digest(sent).hex(),
                  **taken},
        )  # fmt: skip
    return document


def _known(id: UUID, sent: bytes, by: Actor) -> Document | None:
    """What was kept under the sender's own id before."""
    _hold(id.bytes)
    found = Document.objects.filter(pk=id).first()
    if found and (str(found.uploader) != by.id or bytes(found.sent_digest or b"") != sent or found.destroyed):
        raise Conflict("这个编号已用于另一个文件，请重新拍摄或录制。")
    return found


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
        doors.store.delete(keys.key(digest, "full", document.media))
        doors.store.delete(keys.key(digest, "thumb"))


def _hold(digest: bytes) -> None:
    """Until the transaction ends nobody else keeps or destroys the same bytes (or anything under the same id).

    So none are deleted under a document that is just being made.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [keys.lock_number(digest)])


def _shown(name: str) -> str:
    """A file's name as it can be shown: its last part, without control and formatting characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c for c in last if unicodedata.category(c)[0] != "C")[:LONGEST_NAME].strip()
