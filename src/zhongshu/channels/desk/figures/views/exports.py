"""Taking figures, and the cases behind one, away as files; who did is recorded first."""

from collections.abc import Iterable, Sequence

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Invalid
from zhongshu.base.permissions.rules import body_key
from zhongshu.channels.desk.figures import forms
from zhongshu.channels.desk.figures.forms import Question
from zhongshu.channels.desk.figures.presenters import exported
from zhongshu.channels.desk.figures.presenters.behind import Behind
from zhongshu.channels.desk.presenters import sheets
from zhongshu.data.figures import actions as figures
from zhongshu.data.figures.queries import parts
from zhongshu.engine.cases.queries import counted

FORMS = ("csv", "xlsx")


@access.holding("figures.read")
@require_POST
def export(request: access.Request) -> HttpResponseBase:
    """The answer to the question in the address, or the cases behind one of its figures (`what`), as a file."""
    form = request.POST.get("form", "")
    if form not in FORMS:
        raise Invalid("请选择导出 CSV 或 XLSX。")
    return _cases(request, form) if "what" in request.GET else _answer(request, form)


def _answer(request: access.Request, form: str) -> HttpResponseBase:
    question = Question.read(request.GET, request.at)
    asked = forms.asked(question, request.by, request.at)
    rows = exported.answer(asked, request.at)
    home = asked.officer.body_id if asked.officer else None
    reach = parts.reach(body_key(home) if home else asked.request.whole.ancestor)
    figures.note_export(question.but(), form, len(rows), reach, by=request.by, at=request.at)
    return _sent(form, rows, f"figures-{question.first}-{question.last}")


def _cases(request: access.Request, form: str) -> HttpResponseBase:
    behind = Behind.read(request.GET, request.by, request.at)
    most = min(behind.number(), sheets.MOST_ROWS)
    reach = parts.reach(behind.counted.under)
    figures.note_export(request.GET.urlencode(), form, most, reach, by=request.by, at=request.at)
    rows = exported.cases(counted.every(behind.counted, most), behind.title)
    return _sent(form, rows, f"cases-{behind.counted.first}-{behind.counted.last}")


def _sent(form: str, rows: Iterable[Sequence[sheets.Cell]], name: str) -> HttpResponseBase:
    if form == "xlsx":
        return FileResponse(
            sheets.xlsx_file(rows, "figures"), as_attachment=True, filename=f"{name}.xlsx", content_type=sheets.XLSX
        )
    return StreamingHttpResponse(
        sheets.csv_lines(rows), content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}.csv"'},
    )  # fmt: skip
