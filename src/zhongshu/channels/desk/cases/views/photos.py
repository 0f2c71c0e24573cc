"""Photos on cases, for those who may see the case."""

from uuid import UUID

from django.http import HttpResponse

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent
from zhongshu.channels.desk import held
from zhongshu.channels.desk.cases.views.one import seen
from zhongshu.registers.documents import queries as documents


@access.holding("desk.open")
def photo(request: access.Request, number: str, document: UUID) -> HttpResponse:
    """A photo of a case, small with `?size=thumb`."""
    found = seen(request, number)
    if all(attachment.document != document for attachment in found.attachments):
        raise Absent("这个办件没有这张照片。")
    return _jpeg(documents.read(document, "thumb" if request.GET.get("size") == "thumb" else "full"))


@access.holding("desk.open")
def mine(request: access.Request, document: UUID) -> HttpResponse:
    """A photo I have just sent with a form that is not finished."""
    return _jpeg(documents.read(held.mine(request, document), "thumb"))


def _jpeg(data: bytes) -> HttpResponse:
    return HttpResponse(data, content_type="image/jpeg", headers={"Cache-Control": "private, max-age=600"})
