"""Bodies that were asked: one more, one no longer, all that are missing urged, and their answers as a file."""

from uuid import UUID

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Invalid
from zhongshu.channels.desk.cases.presenters import asking as presenter
from zhongshu.channels.desk.cases.views.one import seen
from zhongshu.channels.desk.cases.views.outcomes import with_reason
from zhongshu.channels.desk.presenters import sheets
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.rules.state import WHOLE

FORMS = ("csv", "xlsx")


@access.holding("desk.open")
@require_POST
def ask(request: access.Request, number: str, element: str) -> HttpResponse:
    """Ask one more body."""

    def act(case_id: UUID, reason: str) -> None:
        text = request.POST.get("body", "").strip()
        if not (text.isascii() and text.isdecimal() and len(text) < 12):
            raise Invalid("请选择要征询的单位。", field="body")
        cases.ask_body(case_id, element, int(text), reason, by=request.by, at=request.at)

    return with_reason(request, number, WHOLE, f"ask-{element}", act)


@access.holding("desk.open")
@require_POST
def drop(request: access.Request, number: str, token: int) -> HttpResponse:
    """Ask a body no longer."""

    def act(case_id: UUID, reason: str) -> None:
        cases.drop_body(case_id, token, reason, by=request.by, at=request.at)

    return with_reason(request, number, token, "drop", act)


@access.holding("desk.open")
@require_POST
def urge(request: access.Request, number: str, element: str) -> HttpResponse:
    """Urge all bodies that have not answered."""

    def act(case_id: UUID, reason: str) -> None:
        cases.urge_missing(case_id, element, reason, by=request.by, at=request.at)

    return with_reason(request, number, WHOLE, f"urge-{element}", act)


@access.holding("desk.open")
@require_POST
def export(request: access.Request, number: str, element: str) -> HttpResponseBase:
    """The answers of all bodies as a file; that it was taken is recorded first."""
    found, form = seen(request, number), request.POST.get("form", "")
    if form not in FORMS:
        raise Invalid("请选择导出 CSV 或 XLSX。")
    rows = presenter.table(found, element, request.at)
    cases.note_export(found, element, form, len(rows) - 1, by=request.by, at=request.at)
    name = f"answers-{found.row.number}"
    if form == "xlsx":
        return FileResponse(
            sheets.xlsx_file(rows, "answers"), as_attachment=True, filename=f"{name}.xlsx", content_type=sheets.XLSX
        )
    return StreamingHttpResponse(
        sheets.csv_lines(rows), content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )  # fmt: skip
