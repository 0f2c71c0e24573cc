"""Photos and files on cases, for those who may see the case."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from zhongshu.base.http import access, limits
from zhongshu.base.http.limits import Limit
from zhongshu.base.http.refusals import Absent, Invalid
from zhongshu.channels.desk import held
from zhongshu.channels.desk.cases.views.one import seen
from zhongshu.channels.presenters import files
from zhongshu.registers.documents import queries as documents

SENDING = Limit("desk.file", 300, 3600)


@access.holding("desk.open")
def photo(request: access.Request, number: str, document: UUID) -> HttpResponse:
    """A photo of a case, small with `?size=thumb`; a file of it, to be saved."""
    found = seen(request, number)
    if document not in found.documents:
        raise Absent("这个办件没有这个文件，它可能已按规定销毁。")
    if (kept := found.documents[document]).is_file:
        return files.handed_out(kept, documents.content(kept))
    return _jpeg(documents.read(document, "thumb" if request.GET.get("size") == "thumb" else "full"))


@access.holding("desk.open")
def mine(request: access.Request, document: UUID) -> HttpResponse:
    """A photo or file I have just sent with a form that is not finished."""
    kept = documents.document(held.mine(request, document))
    return files.handed_out(kept, documents.content(kept)) if kept.is_file else _jpeg(documents.content(kept, "thumb"))


@require_POST
@access.holding("desk.open")
def send(request: access.Request) -> HttpResponse:
    """Keep one file, or one photo (`kind`), before its form is sent; says under which id.

    Under the sender's own `id` sent twice it is one.
    """
    file = request.FILES.get("file")
    if file is None:
        raise Invalid("没有收到文件，请重新选择。", field="file")
    limits.take(SENDING, request.by.id, request.at)
    kept = held.keep(request, files.asked_kind(request.POST), file, files.id_of(request.POST.get("id", "")))
    return JsonResponse(files.said(kept) | {"address": reverse("desk:held", args=[kept.pk])})


def _jpeg(data: bytes) -> HttpResponse:
    return HttpResponse(data, content_type="image/jpeg", headers={"Cache-Control": "private, max-age=600"})
