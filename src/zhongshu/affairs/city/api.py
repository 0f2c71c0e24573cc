"""Machine door to city events: parse, call one action, answer."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import File, Router, Schema, UploadedFile

from zhongshu.affairs.city import actions, rules
from zhongshu.affairs.city.rules import batch
from zhongshu.base.http.refusals import TooLarge
from zhongshu.engine.cases.api import Sent, answer
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.intake.rules import open311
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.documents import actions as documents
from zhongshu.registers.people.api import Key

router = Router(tags=["city"])
MAX_PHOTO = 15 * 1024 * 1024


class EventIn(Sent):
    """An event. `key` is your own id for it: sending it again opens nothing new. `answers` answer the category's
    questionnaire (see `GET /api/v1/city/categories/{code}`). The place is `lon`/`lat` (WGS-84) or a GB/T `place` code.
    """

    key: str
    category: str
    source: str = "machine"
    answers: dict[str, Any] = {}
    lon: float | None = None
    lat: float | None = None
    place: str = ""
    address: str = ""
    name: str = ""
    phone: str = ""


class CategoryOut(Schema):
    """A category an event can have."""

    code: str
    name: str
    name_en: str
    scenario: str


class DefinitionOut(Schema):
    """An Open311 GeoReport v2 service definition."""

    service_code: str
    attributes: list[dict[str, Any]]


class WaitingOut(Schema):
    """A task that waits, and whose it is (null: anybody's of its role)."""

    token: int
    element: str
    assignee: str | None


class OpenedOut(Schema):
    """The case an event opened; `again` when this key had been sent before."""

    case_id: str
    number: str
    again: bool
    tasks: list[WaitingOut]


class PhotoOut(Schema):
    """The id under which a photo can be given as an answer."""

    document: str


class RowOut(Schema):
    """What became of one row of a file."""

    row: int
    number: str
    again: bool
    error: str


@router.get("/categories", response=list[CategoryOut], auth=Key("case.report"), summary="类别 Categories")
def categories(request: HttpRequest) -> HttpResponse:
    """The categories an event can have, with the scenario that handles each."""
    found = [c for c in catalogue.tree().values() if c.scenario and c.ended is None]
    return answer([{"code": c.code, "name": c.name, "name_en": c.name_en, "scenario": c.scenario} for c in found])


@router.get(
    "/categories/{code}", response=DefinitionOut, auth=Key("case.report"), summary="类别的问题 A category's questions"
)
def definition(request: HttpRequest, code: str) -> HttpResponse:
    """What is asked of an event of this category, as an Open311 service definition: the keys of `answers`."""
    category = catalogue.category(code)
    form = scenarios.newest(category.scenario).form
    language: Literal["zh", "en"] = "en" if get_language() == "en" else "zh"
    return answer(open311.definition(category.code, form, language))


@router.post("/events", response={201: OpenedOut}, auth=Key("case.report"), summary="上报事件 Report an event")
def report(request: HttpRequest, body: EventIn) -> HttpResponse:
    """Open a case for an event; 200 instead of 201 when its key was known."""
    event = actions.NewEvent(**body.dict() | {"source": rules.source(body.source)})
    opened = actions.report(event, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    tasks = [{"token": t.token, "element": t.element, "assignee": t.assignee} for t in opened.tasks]
    told = {"case_id": opened.case_id, "number": opened.number, "again": opened.again, "tasks": tasks}
    return answer(told, 200 if opened.again else 201)


@router.post("/photos", response={201: PhotoOut}, auth=Key("case.read"), summary="上传照片 Upload a photo")
def photo(request: HttpRequest, file: File[UploadedFile]) -> HttpResponse:
    """Keep a photo (JPEG, PNG or WebP, at most 15 MB and 40 megapixels); what it says about its maker is removed."""
    if (file.size or 0) > MAX_PHOTO:
        raise TooLarge("照片过大：每张最多 15 MB，请压缩后再传。", field="file")
    kept = documents.keep_photo(file.read(), file.name or "", by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({"document": kept.id}, 201)


@router.post("/batches", response=list[RowOut], auth=Key("case.import"), summary="批量导入 Import a CSV file")
def import_batch(request: HttpRequest, file: File[UploadedFile]) -> HttpResponse:
    """Open a case for every sound row of a CSV file (at most 5 MB, 5,000 rows); every row gets its own answer."""
    if (file.size or 0) > batch.MAX_BYTES:
        raise TooLarge("文件过大：最多 5 MB，请分成几个文件。", field="file")
    outcomes = actions.import_batch(batch.read(file.read()), by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer(
        [
            {"row": o.row, "number": o.number, "again": o.again, "error": str(o.refusal) if o.refusal else ""}
            for o in outcomes
        ]
    )
