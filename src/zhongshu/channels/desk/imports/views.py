"""A file of events: first checked, then taken in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from zhongshu.affairs.city import actions as city
from zhongshu.affairs.city.rules import batch
from zhongshu.affairs.city.rules.batch import Batch
from zhongshu.base.http import access
from zhongshu.base.http.refusals import Invalid, Refusal, TooLarge
from zhongshu.channels.desk.imports import presenters
from zhongshu.channels.presenters import names

_COLUMNS = ("category", "description", "lon", "lat", "place", "address", "name", "phone")
_CALLED = {code: name for name, code in batch.COLUMNS.items()} | {"description": "情况描述"}


@access.holding("case.report")
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request: access.Request) -> HttpResponse:
    """Send a file: its rows are checked; it is taken in when the very file that was checked is sent to that end."""
    if request.method != "POST":
        return render(request, "desk/imports/page.html", {})
    try:
        sent = _file(request)
    except Refusal as problem:
        return _answer(request, {"problem": problem}, problem.status)
    if request.POST.get("go") == "import" and request.POST.get("digest") == sent.digest:
        outcomes = city.import_batch(sent, by=request.by, at=request.at)
        return _answer(request, {"summary": presenters.summary(outcomes), "imported": True})
    outcomes = city.check_batch(sent, by=request.by, at=request.at)
    return _answer(request, {"summary": presenters.summary(outcomes), "digest": sent.digest})


def _file(request: access.Request) -> Batch:
    file = request.FILES.get("file")
    if file is None:
        raise Invalid("请选择要导入的文件。", field="file")
    if file.size is None or file.size > batch.MAX_BYTES:
        raise TooLarge("文件过大：一次最多 {limit} MB，请分成几个文件。", limit=batch.MAX_BYTES // 1_000_000)
    return batch.read(file.read())


def _answer(request: access.Request, context: dict[str, object], status: int = 200) -> HttpResponse:
    """The outcome alone for htmx (the chosen file stays chosen), else the whole page."""
    if request.headers.get("HX-Request"):
        return render(request, "desk/imports/outcome.html", context | {"part": True}, status=status)
    return render(request, "desk/imports/page.html", context, status=status)


@access.holding("case.report")
def template(request: access.Request) -> HttpResponse:
    """An empty file with the columns every category has."""
    header = _COLUMNS if names.language() == "en" else [_CALLED[code] for code in _COLUMNS]
    return HttpResponse(
        batch.written(header, []), content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="events.csv"'},
    )  # fmt: skip
