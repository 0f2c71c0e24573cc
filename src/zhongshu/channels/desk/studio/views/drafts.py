"""Scenarios in the making: the list, beginning one, bringing one in, taking one out."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from zhongshu.base.approvals import queries as proposals
from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid, Refusal, TooLarge
from zhongshu.channels.desk.studio.presenters import lists, naming, sections
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.rules.examining import Unsound
from zhongshu.engine.studio import actions as studio
from zhongshu.engine.studio.models import Draft
from zhongshu.engine.studio.queries import drafts as queries

MOST_BYTES = 5_000_000
"""Of a file brought in, before anything looks into it."""
READ = "scenarios.read"


@access.holding(READ)
@require_safe
def drafts(request: access.Request) -> HttpResponse:
    """The drafts one may edit, those changed last first, and those that wait for one's decision."""
    before = _before(request)
    found = queries.listed(request.by, request.at, before=before, limit=queries.PAGE + 1)
    waiting = proposals.waiting(request.by, request.at, queries.KIND)
    context = {
        "drafts": lists.rows(found[: queries.PAGE]), "waiting": lists.waiting(waiting), "later": before is not None,
        "next": found[queries.PAGE - 1].pk if len(found) > queries.PAGE else None,
        "may_begin": bool(lists.bodies(request.by, request.at)),
    }  # fmt: skip
    return render(request, "desk/studio/list.html", context)


def _before(request: access.Request) -> Draft | None:
    try:
        return queries.one(UUID(request.GET["before"]), request.by, request.at)
    except (KeyError, ValueError, Absent):
        return None


@access.holding(queries.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: access.Request) -> HttpResponse:
    """Begin a draft: from a pattern, or from a published scenario, for its next version or as a new one."""
    if request.method != "POST":
        return _new(request)
    try:
        made = _begun(request)
    except (Invalid, Conflict, Forbidden, Absent) as problem:
        return _new(request, problem)
    return redirect("desk:studio_draft", made.pk)


def _begun(request: access.Request) -> Draft:
    kind, _, name = request.POST.get("from", "").partition(":")
    name = name or request.POST.get("scenario", "")
    body = lists.body(request.POST.get("body", ""), request.by, request.at)
    if kind == "version":
        return studio.begin_from_scenario(name, body, by=request.by, at=request.at)
    called = naming.called(request.POST, {each.code: each.settings.prefix for each in scenarios.all_newest()})
    if kind == "scenario":
        return studio.begin_from_scenario(name, body, called=called, by=request.by, at=request.at)
    if kind == "pattern":
        return studio.begin_from_pattern(name, called, body, by=request.by, at=request.at)
    raise Invalid("请选择从哪里开始。", field="from")


def _new(request: access.Request, problem: Refusal | None = None) -> HttpResponse:
    context = {
        "patterns": lists.begun_from(), "scenarios": lists.published(), "problem": problem,
        "bodies": lists.bodies(request.by, request.at), "typed": (typed := request.POST or request.GET),
        "wanted": typed.get("from"),
    }  # fmt: skip
    return render(request, "desk/studio/new.html", context, status=problem.status if problem else 200)


@access.holding(queries.EDIT)
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: access.Request) -> HttpResponse:
    """Bring in a scenario that was exported; all that is wrong with it is said at once, and then nothing is kept."""
    if request.method != "POST":
        return _bring(request)
    try:
        made = _brought(request)
    except (Invalid, Conflict, Forbidden, TooLarge) as problem:
        return _bring(request, problem)
    return redirect("desk:studio_draft", made.pk)


def _brought(request: access.Request) -> Draft:
    file = request.FILES.get("file")
    if file is None:
        raise Invalid("请选择要导入的 .zip 文件。", field="file")
    if (file.size or 0) > MOST_BYTES:
        raise TooLarge(
            "文件超过 {most} MB。场景的导出文件很小，请确认选对了文件。", most=MOST_BYTES // 1_000_000, field="file"
        )
    body = lists.body(request.POST.get("body", ""), request.by, request.at)
    return studio.import_draft(file.read(), body, name=file.name or "", by=request.by, at=request.at)


def _bring(request: access.Request, problem: Refusal | None = None) -> HttpResponse:
    context = {
        "bodies": lists.bodies(request.by, request.at), "problem": problem, "typed": request.POST,
        "findings": [sections.told(each) for each in problem.findings] if isinstance(problem, Unsound) else (),
    }  # fmt: skip
    return render(request, "desk/studio/import.html", context, status=problem.status if problem else 200)


@access.holding(READ)
@require_safe
def export(request: access.Request, draft: UUID) -> HttpResponse:
    """A draft packed as a folder, as it lies under `scenarios/`."""
    number = request.GET.get("revision", "")
    data = studio.export_draft(
        draft, number=int(number) if number.isdecimal() and len(number) < 9 else None, by=request.by, at=request.at
    )
    held = queries.one(draft, request.by, request.at)
    response = HttpResponse(data, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{held.code}.zip"'
    return response
