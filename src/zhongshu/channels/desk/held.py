"""Photos and files sent with an official's form that is not finished: kept at once, so that no mistake loses them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse

from zhongshu.base.http.access import Request
from zhongshu.base.http.refusals import Absent, Invalid, Refusal
from zhongshu.channels.presenters import files as sending
from zhongshu.engine.cases.rules.attached import KINDS
from zhongshu.engine.intake.rules.questionnaire import Field, Questionnaire
from zhongshu.registers.documents.models import Document

MOST = 60
_KEY = "desk_photos"


@dataclass(frozen=True, slots=True)
class Kept:
    """A photo as its question shows it again: the document's id and where to look at it."""

    value: str
    address: str


def photos(request: Request, form: Questionnaire | None) -> tuple[dict[str, list[str]], dict[str, Refusal]]:
    """The documents chosen for each photo question, new ones kept now; and what is wrong with any, by question."""
    chosen: dict[str, list[str]] = {}
    problems: dict[str, Refusal] = {}
    for field in (field for field in (form.fields if form else ()) if field.kind in KINDS):
        chosen[field.name] = _before(request, field)
        try:
            _keep(request, field, chosen[field.name])
        except Refusal as problem:
            problems[field.name] = problem
    return chosen, problems


def _before(request: Request, field: Field) -> list[str]:
    """Those sent with an earlier try by this browser, but the ones taken back."""
    dropped, mine = request.POST.getlist("photo-drop"), request.session.get(_KEY, ())
    return [d for d in request.POST.getlist(field.name) if d in mine and d not in dropped]


def _keep(request: Request, field: Field, chosen: list[str]) -> None:
    files = [file for file in request.FILES.getlist(field.name) if file.name]
    most = field.limits.get("maxItems", 1)
    for file in files:
        if len(chosen) >= most:
            raise Invalid("最多 {most} 个照片或文件，多出的没有保留。", field=field.name, most=most)
        chosen.append(str(keep(request, field.kind, file).pk))


def keep(request: Request, kind: str, file: UploadedFile, id: UUID | None = None) -> Document:
    """Keep what was sent for a question of this kind, and that this browser sent it."""
    document = sending.keep(kind, file.read(), file.name or "", id=id, by=request.by, at=request.at)
    mine = [one for one in request.session.get(_KEY, ()) if one != str(document.pk)]
    request.session[_KEY] = [*mine, str(document.pk)][-MOST:]
    return document


def again(form: Questionnaire | None, typed: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, for its form to show again: photos as what can be looked at."""
    names = {field.name for field in (form.fields if form else ()) if field.kind in KINDS}
    return {
        name: [Kept(d, reverse("desk:held", args=[d])) for d in value] if name in names else value
        for name, value in typed.items()
    }


def mine(request: Request, document: UUID) -> UUID:
    """The document, when this browser sent it; else absent."""
    if str(document) not in request.session.get(_KEY, ()):
        raise Absent("没有找到这个文件。")
    return document
