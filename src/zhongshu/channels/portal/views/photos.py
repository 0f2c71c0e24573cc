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
from zhongshu.channels.presenters.forms import documents
from zhongshu.channels.presenters.forms.documents import Slot
from zhongshu.engine.intake.rules.questionnaire import Questionnaire

PHOTOS = Limit("portal.photo", 60, 3600)
_TOO_MANY: Mapping[str, str] = {
    "photo": "最多 {most} 张照片，多出的没有保留。", "file": "最多 {most} 个文件，多出的没有保留。",
}  # fmt: skip


@require_POST
@access.anyone
def send(request: access.Request) -> HttpResponse:
    """Keep one file, or one photo (`kind`), before its form is sent; says under which id.

    Under the sender's own `id` sent twice it is one.
    """
    file = request.FILES.get("file")
    if file is None:
        raise Invalid("没有收到文件，请重新选择。", field="file")
    held.begin(request)
    limits.take(PHOTOS, counted(request), request.at)
    own = sending.id_of(request.POST.get("id", ""))
    kept = sending.keep(
        sending.asked_kind(request.POST), file.read(), file.name or "", id=own, by=request.by, at=request.at
    )
    held.keep_photos(request, [d for d in [str(kept.pk)] if d not in held.photos(request)])
    return JsonResponse(sending.said(kept))


def with_photos(request: access.Request, form: Questionnaire) -> tuple[Draft, dict[str, Any]]:
    """The draft that was sent; new documents are kept at once, so that nothing else that is wrong can lose them."""
    draft, problems, found = forms.draft(form, request.POST), dict[str, Any](), dict[str, list[str]]()
    for slot in documents.slots(form, request.POST):
        found[slot.path] = _before(request, slot)
        try:
            _keep(request, slot, found[slot.path])
        except Refusal as problem:
            problems[slot.path] = problem
    return draft.with_documents(found), problems


def _before(request: access.Request, slot: Slot) -> list[str]:
    """Those that this browser has sent with an earlier try, but the ones taken back."""
    sent, dropped = held.photos(request), request.POST.getlist("photo-drop")
    return [one for one in dict.fromkeys(request.POST.getlist(slot.name)) if one in sent and one not in dropped]


def _keep(request: access.Request, slot: Slot, kept: list[str]) -> None:
    """Keep as many of the new ones as there is room for, each by itself; the first refusal is raised after all."""
    files = [file for file in request.FILES.getlist(slot.name) if file.name]
    room, refused = max(0, slot.most - len(kept)), list[Refusal]()
    for file in files[:room]:
        try:
            limits.take(PHOTOS, counted(request), request.at)
            one = sending.keep(slot.field.kind, file.read(), file.name or "", by=request.by, at=request.at)
            kept.append(str(one.pk))
        except Refusal as problem:
            refused.append(problem)
    held.keep_photos(request, [one for one in kept if one not in held.photos(request)])
    if refused or len(files) > room:
        raise refused[0] if refused else Invalid(_TOO_MANY[slot.field.kind], most=slot.most)
