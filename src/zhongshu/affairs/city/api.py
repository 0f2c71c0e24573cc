"""Machine door to city events: parse, call one action, answer."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from ninja import Field, File, Router, Schema, UploadedFile

from zhongshu.affairs.city import actions, rules
from zhongshu.affairs.city.rules import batch
from zhongshu.base.http.middleware import said
from zhongshu.base.http.refusals import Refusal, TooLarge, TooMany
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.actions import Opened
from zhongshu.engine.cases.api import Sent, answer
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.intake.rules import open311
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.documents import actions as documents
from zhongshu.registers.people.api import Key

router = Router(tags=["city"])
MAX_PHOTO = 15 * 1024 * 1024


MOST_READINGS = 200
"""Events in one call."""


class HandledIn(Sent):
    """That a patrol has handled it on the spot: what was done, and the ids of photos of it."""

    note: str
    photos: list[UUID]


class EventIn(Sent):
    """An event. `key` is your own id for it: sending it again opens nothing new. `answers` answer the category's
    questionnaire (see `GET /api/v1/city/categories/{code}`). The place is `lon`/`lat` (WGS-84) or a GB/T `place` code.

    A machine names its `device`, when that `observed` it (with a time zone) and its `confidence` (0 to 1).
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
    device: str = ""
    observed: datetime | None = None
    confidence: float | None = None
    handled: HandledIn | None = None

    def event(self) -> actions.NewEvent:
        """What it tells of."""
        handled = self.handled and actions.Handled(self.handled.note, tuple(self.handled.photos))
        return actions.NewEvent(**dict(self) | {"source": rules.source(self.source), "handled": handled})


class ReadingsIn(Sent):
    """Up to 200 events at once; each is taken in, or refused, by itself."""

    readings: list[EventIn] = Field(max_length=MOST_READINGS)


class RetractIn(Sent):
    """The key of an alarm you sent, and why it was false."""

    key: str
    reason: str


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
    """The case an event opened; `again` when this key had been sent before.

    `joined`: the device had told of it already, `times` so often by now.
    """

    case_id: str
    number: str
    again: bool
    joined: bool
    times: int
    tasks: list[WaitingOut]


class ReadingOut(Schema):
    """What became of one event of many: a case, or why not, with the status it would have answered alone."""

    key: str
    status: int
    number: str
    again: bool
    joined: bool
    times: int
    error: str
    retry_after: int | None


class RetractedOut(Schema):
    """`effect`: the case was `closed`; or people on it were `told`; or it was `noted`, for others told of it too."""

    number: str
    effect: Literal["closed", "told", "noted"]
    again: bool


class PhotoOut(Schema):
    """The id under which a photo can be given as an answer."""

    document: str


class ImportedOut(Schema):
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


@router.post(
    "/events", response={200: OpenedOut, 201: OpenedOut}, auth=Key("case.report"), summary="上报事件 Report an event"
)
def report(request: HttpRequest, body: EventIn) -> HttpResponse:
    """Open a case for an event; 200 instead of 201 when its key was known."""
    opened = actions.report(body.event(), by=request.auth, at=request.at)  # type: ignore[attr-defined]
    tasks = [{"token": t.token, "element": t.element, "assignee": t.assignee} for t in opened.tasks]
    return answer({"case_id": opened.case_id, **_told(opened), "tasks": tasks}, _status(opened))


@router.post("/readings", response=list[ReadingOut], auth=Key("case.report"), summary="成批告警 Report many events")
def readings(request: HttpRequest, body: ReadingsIn) -> HttpResponse:
    """Open or join a case for each of up to 200 events; one that is refused keeps no other from being taken in."""
    by, at = request.auth, request.at  # type: ignore[attr-defined]
    return answer([_reading(one, by, at) for one in body.readings])


def _reading(one: EventIn, by: Actor, at: datetime) -> dict[str, Any]:
    refused = {"number": "", "again": False, "joined": False, "times": 0}
    try:
        opened = actions.report(one.event(), by=by, at=at)
    except Refusal as refusal:
        wait = refusal.retry_after if isinstance(refusal, TooMany) else None
        return {"key": one.key, "status": refusal.status, **refused, "error": said(refusal), "retry_after": wait}
    return {"key": one.key, "status": _status(opened), **_told(opened), "error": "", "retry_after": None}


def _told(opened: Opened) -> dict[str, Any]:
    return {"number": opened.number, "again": opened.again, "joined": opened.joined, "times": opened.times}


def _status(opened: Opened) -> int:
    return 200 if opened.again or opened.joined else 201


@router.post("/retractions", response=RetractedOut, auth=Key("case.report"), summary="撤回误报 Take an alarm back")
def retract(request: HttpRequest, body: RetractIn) -> HttpResponse:
    """Take back a false alarm of a device of yours; twice is once. 404 for a key you have not sent."""
    done = actions.retract(body.key, body.reason, by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer(done)


@router.post("/photos", response={201: PhotoOut}, auth=Key("case.read"), summary="上传照片 Upload a photo")
def photo(request: HttpRequest, file: File[UploadedFile]) -> HttpResponse:
    """Keep a photo (JPEG, PNG or WebP, at most 15 MB and 40 megapixels); what it says about its maker is removed."""
    if (file.size or 0) > MAX_PHOTO:
        raise TooLarge("照片过大：每张最多 15 MB，请压缩后再传。", field="file")
    kept = documents.keep_photo(file.read(), file.name or "", by=request.auth, at=request.at)  # type: ignore[attr-defined]
    return answer({"document": kept.id}, 201)


@router.post("/batches", response=list[ImportedOut], auth=Key("case.import"), summary="批量导入 Import a CSV file")
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
