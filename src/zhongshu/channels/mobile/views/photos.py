"""Photos, files and voice notes: kept as soon as they are sent, and found again in a form that comes later."""

from collections.abc import Mapping
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
from zhongshu.channels.presenters import files, resuming
from zhongshu.channels.presenters.forms import documents, typed
from zhongshu.channels.presenters.forms.documents import Slot
from zhongshu.engine.intake.rules.questionnaire import Questionnaire
from zhongshu.registers.documents import actions, queries
from zhongshu.registers.documents.models import Document
from zhongshu.registers.documents.rules.stamps import Stamp

SENDING = Limit("mobile.photo", 300, 3600)
SENT_AS_TAKEN = ""
"""The street's own script sends photos as they are taken: no other is told where to."""


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
    found, problems = dict[str, list[str]](), dict[str, Refusal]()
    for slot in documents.slots(form, request.POST):
        found[slot.path] = _own(request, slot)
        for file in request.FILES.getlist(slot.name):
            try:
                found[slot.path].append(str(_one(request, slot, file)))
            except Refusal as problem:
                problems[slot.path] = problem
    named = files.names([one for ids in found.values() for one in ids])
    shown = {path: [Photo(one, named.get(one, "")) for one in ids] for path, ids in found.items()}
    return documents.put(typed.typed(form, request.POST), shown), problems


def _one(request: access.Request, slot: Slot, file: UploadedFile) -> str:
    return _kept(request, file).value if slot.field.kind == "photo" else str(_filed(request, file).pk)


def _own(request: access.Request, slot: Slot) -> list[str]:
    """The photos named in the form that this officer has sent; others are left out."""
    named = forms.sent_before(slot.name, request.POST)[: slot.most + 1 if slot.field.many else 1]
    return [value for value in named if _sent_by(value, request.by.id)]


def resumed(request: access.Request, form: Questionnaire, kept: Mapping[str, Any]) -> dict[str, Any]:
    """What was kept of a form, for it to show again; of documents those this officer has sent."""
    typed = resuming.answers(form, kept)
    own = [one for one in documents.ids(form, typed) if _sent_by(one, request.by.id)]
    named = files.names(own)
    return documents.shown(form, typed, lambda ids: [Photo(one, named.get(one, "")) for one in ids if one in own])


def _sent_by(value: str, account: str) -> bool:
    try:
        return str(queries.document(UUID(value)).uploader) == account
    except (ValueError, Absent):
        return False
