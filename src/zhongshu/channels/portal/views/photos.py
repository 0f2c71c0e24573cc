"""Photos and files that come with a form a visitor sends, or before it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from zhongshu.base.http import access, limits
from zhongshu.base.http.limits import Limit
from zhongshu.base.http.refusals import Invalid, Refusal
from zhongshu.channels.portal import forms, held
from zhongshu.channels.portal.forms import Draft
from zhongshu.channels.portal.visitors import counted
from zhongshu.channels.presenters import files as sending
from zhongshu.engine.cases.rules.attached import KINDS
from zhongshu.engine.intake.rules.questionnaire import Questionnaire

PHOTOS = Limit("portal.photo", 60, 3600)
_TOO_MANY: Mapping[str, str] = {
    "photo": "最多 {most} 张照片，多出的没有保留。", "file": "最多 {most} 个文件，多出的没有保留。",
}  # fmt: skip


@require_POST
@access.anyone
def send(request: access.Request) -> HttpResponse:
    """Keep one file before its form is sent; says under which id. Under the sender's own `id` sent twice it is one."""
    file = request.FILES.get("file")
    if file is None:
        raise Invalid("没有收到文件，请重新选择。", field="file")
    held.begin(request)
    limits.take(PHOTOS, counted(request), request.at)
    own = sending.id_of(request.POST.get("id", ""))
    kept = sending.keep("file", file.read(), file.name or "", id=own, by=request.by, at=request.at)
    held.keep_photos(request, [d for d in [str(kept.pk)] if d not in held.photos(request)])
    return JsonResponse(sending.said(kept))


def with_photos(request: access.Request, form: Questionnaire) -> tuple[Draft, dict[str, Any]]:
    """The draft that was sent; new documents are kept at once, so that nothing else that is wrong can lose them."""
    draft, problems = forms.draft(form, request.POST, held.photos(request)), dict[str, Any]()
    for question in (q for q in form.fields if q.kind in KINDS):
        kept = [photo.value for photo in draft.answers[question.name]]
        room = max(0, question.limits.get("maxItems", 1) - len(kept))
        files = [file for file in request.FILES.getlist(question.name) if file.name]
        if len(files) > room:
            problems[question.name] = Invalid(_TOO_MANY[question.kind], most=len(kept) + room)
        for file in files[:room]:
            try:
                limits.take(PHOTOS, counted(request), request.at)
                one = sending.keep(question.kind, file.read(), file.name or "", by=request.by, at=request.at)
                kept.append(str(one.pk))
            except Refusal as problem:
                problems[question.name] = problem
        held.keep_photos(request, [d for d in kept if d not in held.photos(request)])
        draft = draft.with_photos(question.name, kept)
    return draft, problems
