"""Photos, for those who may see what they hang on."""

from typing import cast, get_args
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent
from zhongshu.base.permissions.rules import ANONYMOUS
from zhongshu.channels.portal import held
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.models import Attachment, Contact
from zhongshu.registers.documents import queries as documents
from zhongshu.registers.documents.rules.keys import Size

A_DAY = 86_400


@require_safe
@access.anyone
def document(request: access.Request, document: UUID, size: str) -> HttpResponse:
    """A photo as JPEG, `full` or `thumb`; one that is not theirs to see answers as absent."""
    if size not in get_args(Size) or not _may_see(request, document):
        raise Absent("没有找到这张照片。")
    response = HttpResponse(documents.read(document, cast(Size, size)), content_type="image/jpeg")
    response["Cache-Control"] = f"private, max-age={A_DAY}, immutable"
    return response


def _may_see(request: access.Request, document: UUID) -> bool:
    """Who sent it sees it; so does who may see a case it hangs on."""
    known = request.by is not ANONYMOUS
    if str(document) in held.photos(request):
        return True
    if known and str(documents.document(document).uploader) == request.by.id:
        return True
    found = Attachment.objects.filter(document=document).values_list("case_id", flat=True)
    return any(held.case(request, case) is not None or (known and _sees(request, case)) for case in found)


def _sees(request: access.Request, case_id: UUID) -> bool:
    if Contact.objects.filter(case_id=case_id, account=request.by.id).exists():
        return True
    try:
        cases.look(case_id, by=request.by, at=request.at)
    except Absent:
        return False
    return True
