"""Photos, files and voice notes: kept as soon as they are sent, and found again in a form that comes later."""

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from zhongshu.base.http import access, limits
from zhongshu.base.http.limits import Limit
from zhongshu.base.http.refusals import Absent, Invalid, Refusal
from zhongshu.channels.mobile import forms
from zhongshu.channels.mobile.forms import Photo
from zhongshu.channels.presenters import files
from zhongshu.channels.presenters.forms import typed
from zhongshu.engine.cases.rules.attached import KINDS
from zhongshu.engine.intake.rules.questionnaire import Field, Questionnaire
from zhongshu.registers.documents import actions, queries
from zhongshu.registers.documents.models import Document
from zhongshu.registers.documents.rules.stamps import Stamp

SENDING = Limit("mobile.photo", 300, 3600)


@require_POST
@access.holding("mobile.open")
def send(request: access.Request) -> HttpResponse:
    """Keep one photo with when and where it was taken, or one file (`file`); says under which id, and where it is.

    The id is the telephone's own, if it brings one: sent twice it is one document.
    """
    if (sent := request.FILES.get("file")) is not None:
        return JsonResponse(files.said(_filed(request, sent)))
    file = request.FILES.get("photo")
    if file is None:
        raise Invalid("没有收到照片，请重新拍摄。", field="photos")
    key = forms.sent(request.POST, request.at).key
    photo = _kept(request, file, UUID(key) if key else None, forms.stamp(request.POST, request.at))
    return JsonResponse({"value": photo.value, "address": photo.address})


def _kept(request: access.Request, file: UploadedFile, id: UUID | None = None, stamp: Stamp | None = None) -> Photo:
    limits.take(SENDING, request.by.id, request.at)
    kept = actions.keep_photo(file.read(), file.name or "", id=id, stamp=stamp, by=request.by, at=request.at)
    return Photo(str(kept.pk))


def _filed(request: access.Request, file: UploadedFile) -> Document:
    limits.take(SENDING, request.by.id, request.at)
    own = files.id_of(forms.sent(request.POST, request.at).key)
    return files.keep("file", file.read(), file.name or "", id=own, by=request.by, at=request.at)


def voice(request: access.Request) -> UUID | None:
    """The voice note that comes with a form, kept; None when there is none. Raises Invalid or TooLarge."""
    file = request.FILES.get("voice")
    if file is None:
        return None
    limits.take(SENDING, request.by.id, request.at)
    return actions.keep_sound(file.read(), file.name or "", by=request.by, at=request.at).pk


def answers(request: access.Request, form: Questionnaire | None) -> tuple[dict[str, Any], dict[str, Refusal]]:
    """What a form answers, photos included, and what is wrong with its photos.

    Files that come with the form are kept at once, so that nothing else that is wrong can lose them.
    """
    found, problems = typed.typed(form, request.POST), dict[str, Refusal]()
    for question in (f for f in (form.fields if form else ()) if f.kind in KINDS):
        found[question.name] = _own(request, question)
        for file in request.FILES.getlist(question.name):
            try:
                kept = _kept(request, file) if question.kind == "photo" else Photo(str(_filed(request, file).pk))
                found[question.name].append(kept)
            except Refusal as problem:
                problems[question.name] = problem
    return found, problems


def _own(request: access.Request, question: Field) -> list[Any]:
    """The photos named in the form that this officer has sent; others are left out."""
    named = forms.sent_before(question, request.POST)[: question.limits["maxItems"] + 1 if question.many else 1]
    return [Photo(value) for value in named if _sent_by(value, request.by.id)]


def _sent_by(value: str, account: str) -> bool:
    try:
        return str(queries.document(UUID(value)).uploader) == account
    except (ValueError, Absent):
        return False
