"""Photos, voice notes and files, for those who may see what they hang on."""

import re
from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Foreign
from zhongshu.base.permissions.rules import ANONYMOUS
from zhongshu.channels.portal import applicant, held
from zhongshu.channels.presenters import files
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.models import Attachment
from zhongshu.engine.cases.queries import agents, contacts
from zhongshu.engine.letters.queries import made
from zhongshu.registers.documents import queries as documents
from zhongshu.registers.documents.models import Document

A_DAY = 86_400
_RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})", re.ASCII)


@require_safe
@access.anyone
def document(request: access.Request, document: UUID, size: str) -> HttpResponse:
    """A photo as JPEG, `full` as it was kept, `stamped` with when and where below it, or `thumb`; a voice note in
    `full`; a file in `full`, to be saved. One that is not theirs to see answers as absent.
    """
    read = _SIZES.get(size)
    if read is None:
        raise Absent("没有找到这张照片。")
    found = documents.document(document)
    if not _may_see(request, found):
        raise Foreign("没有找到这个文件，它可能已按规定销毁。", kind="document", thing=str(document))
    if found.is_file:
        return files.handed_out(found, documents.content(found))
    response = _part(request, read(found), found.media if size == "full" else "image/jpeg")
    response["Cache-Control"] = f"private, max-age={A_DAY}, immutable"
    return response


_SIZES: dict[str, Callable[[Document], bytes]] = {
    "full": documents.content, "thumb": lambda found: documents.content(found, "thumb"), "stamped": documents.stamped,
}  # fmt: skip


def _part(request: access.Request, data: bytes, media: str) -> HttpResponse:
    """The bytes, or those of them a player asks for (RFC 9110, 14): some play nothing they cannot ask for in parts."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None:
        return HttpResponse(data, content_type=media, headers={"Accept-Ranges": "bytes"})
    first, last = int(asked[1]), min(int(asked[2] or len(data)), len(data) - 1)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(data)}"})
    said = {"Accept-Ranges": "bytes", "Content-Range": f"bytes {first}-{last}/{len(data)}"}
    return HttpResponse(data[first : last + 1], status=206, content_type=media, headers=said)


def _may_see(request: access.Request, document: Document) -> bool:
    """Who sent it sees it, unless they sent it for another; so does who may see a case it hangs on."""
    known = request.by is not ANONYMOUS
    found = list(Attachment.objects.filter(document=document.pk))
    sent = str(document.pk) in held.photos(request) or (known and str(document.uploader) == request.by.id)
    if sent and not (known and agents.told_for_another([one.case_id for one in found], request.by)):
        return True
    return any(_is_theirs(request, one, document) or (known and _sees(request, one.case_id)) for one in found)


def _is_theirs(request: access.Request, attachment: Attachment, document: Document) -> bool:
    """Whether it is for who told of the case, and the visitor did; a file is for the one whose matter it is alone."""
    if not document.is_file:
        return held.case(request, attachment.case_id) is not None or (
            request.by is not ANONYMOUS and contacts.is_theirs(attachment.case_id, request.by)
        )
    known = held.case(request, attachment.case_id)
    try:
        contact = contacts.theirs(attachment.case_id, request.by, known[1] if known else "")
    except Absent:
        return False
    first = contact == contacts.first(attachment.case_id).id
    return applicant.is_for(attachment, first, made.for_applicant(attachment.case_id))


def _sees(request: access.Request, case_id: UUID) -> bool:
    try:
        cases.look(case_id, by=request.by, at=request.at)
    except Absent:
        return False
    return True
