"""Photos and files sent with an official's form that is not finished: kept at once, so that no mistake loses them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse

from zhongshu.base.http.access import Request
from zhongshu.base.http.refusals import Absent, Invalid, Refusal
from zhongshu.channels.presenters import files, resuming
from zhongshu.channels.presenters.forms import documents
from zhongshu.channels.presenters.forms.documents import Slot
from zhongshu.engine.cases.queries import attached
from zhongshu.engine.intake.rules.questionnaire import Questionnaire
from zhongshu.registers.documents.models import Document

MOST = 60
_KEY = "desk_photos"


@dataclass(frozen=True, slots=True)
class Kept:
    """A document as its question shows it again: its id, where to look at it, and of a file its name."""

    value: str
    address: str
    name: str = ""


def photos(request: Request, form: Questionnaire | None) -> tuple[dict[str, list[str]], dict[str, Refusal]]:
    """The documents chosen for each question that takes such, new ones kept now; and what is wrong, both by path."""
    chosen: dict[str, list[str]] = {}
    problems: dict[str, Refusal] = {}
    for slot in documents.slots(form, request.POST):
        chosen[slot.path] = _before(request, slot)
        try:
            _keep(request, slot, chosen[slot.path])
        except Refusal as problem:
            problems[slot.path] = problem
    return chosen, problems


def _before(request: Request, slot: Slot) -> list[str]:
    """Those sent with an earlier try by this browser, but the ones taken back."""
    dropped, mine = request.POST.getlist("photo-drop"), request.session.get(_KEY, ())
    return [d for d in request.POST.getlist(slot.name) if d in mine and d not in dropped]


def _keep(request: Request, slot: Slot, chosen: list[str]) -> None:
    files = [file for file in request.FILES.getlist(slot.name) if file.name]
    for file in files:
        if len(chosen) >= slot.most:
            raise Invalid("最多 {most} 个照片或文件，多出的没有保留。", field=slot.path, most=slot.most)
        chosen.append(str(keep(request, slot.field.kind, file).pk))


def keep(request: Request, kind: str, file: UploadedFile, id: UUID | None = None) -> Document:
    """Keep what was sent for a question of this kind, and that this browser sent it."""
    document = files.keep(kind, file.read(), file.name or "", id=id, by=request.by, at=request.at)
    mine = [one for one in request.session.get(_KEY, ()) if one != str(document.pk)]
    request.session[_KEY] = [*mine, str(document.pk)][-MOST:]
    return document


def again(form: Questionnaire | None, typed: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, for its form to show again: documents as what can be looked at."""
    named = files.names(documents.ids(form, typed))

    def show(ids: list[str]) -> list[Kept]:
        return [Kept(one, reverse("desk:held", args=[one]), named.get(one, "")) for one in ids]

    return documents.shown(form, typed, show)


def own(request: Request, wanted: list[str]) -> set[str]:
    """Of these documents those this browser has sent, or this account and hung on no case: then it holds them again."""
    mine = request.session.get(_KEY, ())
    loose = attached.loose_of(request.by, [one for one in wanted if one not in mine])
    if loose:
        request.session[_KEY] = [*mine, *sorted(loose)][-MOST:]
    return loose.union(one for one in wanted if one in mine)


def resumed(request: Request, form: Questionnaire | None, kept: Mapping[str, Any]) -> dict[str, Any]:
    """What was kept of a form, for it to show again; of documents those that are the visitor's."""
    typed = resuming.answers(form, kept)
    theirs = own(request, documents.ids(form, typed))
    return again(form, documents.shown(form, typed, lambda ids: [one for one in ids if one in theirs]))


def mine(request: Request, document: UUID) -> UUID:
    """The document, when this browser sent it; else absent."""
    if str(document) not in request.session.get(_KEY, ()):
        raise Absent("没有找到这个文件。")
    return document
