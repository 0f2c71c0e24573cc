"""Photos and voice notes, for those who may see what they hang on."""

import re
from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Foreign
from zhongshu.base.permissions.rules import ANONYMOUS
from zhongshu.channels.portal import held
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.models import Attachment
from zhongshu.engine.cases.queries import agents, contacts
from zhongshu.registers.documents import queries as documents
from zhongshu.registers.documents.models import Document

A_DAY = 86_400
_RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})", re.ASCII)


@require_safe
@access.anyone
def document(request: access.Request, document: UUID, size: str) -> HttpResponse:
    """A photo as JPEG, `full` as it was kept, `stamped` with when and where below it, or `thumb`; a voice note in
    `full`. One that is not theirs to see answers as absent.
    """
    read = _SIZES.get(size)
    if read is None:
        raise Absent("没有找到这张照片。")
    found = documents.document(document)
    if not _may_see(request, found):
        raise Foreign("没有找到这个文件，它可能已按规定销毁。", kind="document", thing=str(document))
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
    found = Attachment.objects.filter(document=document.pk).values_list("case_id", flat=True)
    sent = str(document.pk) in held.photos(request) or (known and str(document.uploader) == request.by.id)
    if sent and not (known and agents.told_for_another(found, request.by)):
        return True
    return any(held.case(request, case) is not None or (known and _sees(request, case)) for case in found)


def _sees(request: access.Request, case_id: UUID) -> bool:
    if contacts.is_theirs(case_id, request.by):
        return True
    try:
        cases.look(case_id, by=request.by, at=request.at)
    except Absent:
        return False
    return True
