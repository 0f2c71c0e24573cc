"""Decision tables: which there are, and one of them changed cell by cell and tried on test rows."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid, Refusal
from zhongshu.channels.desk.studio.presenters import known, sections
from zhongshu.channels.desk.studio.presenters.tables import listed
from zhongshu.channels.desk.studio.presenters.tables import page as shown
from zhongshu.channels.desk.studio.presenters.tables import sheet as sheets
from zhongshu.channels.desk.studio.presenters.tables.sheet import Sheet
from zhongshu.channels.desk.studio.views import working
from zhongshu.engine.studio.rules.editing.tables import examples, file
from zhongshu.engine.studio.rules.editing.tables import grid as grids

SECTION = "studio_decisions"


@access.holding("scenarios.read")
@require_http_methods(["GET", "HEAD", "POST"])
def decisions(request: access.Request, draft: UUID) -> HttpResponse:
    """The tables of a draft; a POST begins one or takes one away."""
    return working.answered(request, draft, _list, _listing)


def _listing(request: access.Request, work: working.Work) -> HttpResponse:
    verb, _, which = request.POST.get("go", "").partition(":")
    if verb == "drop":
        working.keep(request, work, _without(work.files, which))
    elif verb == "drop-file" and which in listed.models(work.files):
        working.keep(request, work, {which: None})
    elif verb == "new":
        name = request.POST.get("name", "").strip()
        id = listed.free(work.files, name)
        working.keep(request, work, {listed.model(id): file.new(name, id)})
        return redirect("desk:studio_decision", work.draft.pk, id)
    return working.back(SECTION, work.draft.pk)


def _without(files: Mapping[str, str], decision: str) -> dict[str, str | None]:
    """The files that change when a table goes: its own, and its test rows."""
    home = listed.home(files, decision)
    tests = listed.tests(files, decision, dict(file.decisions(files[home]))[decision])
    return {home: file.without(files[home], decision)} | ({tests: None} if tests in files else {})


def _list(request: access.Request, work: working.Work, problem: Refusal | None = None) -> HttpResponse:
    found, broken = listed.listed(work.files)
    more = {"tables": found, "broken": broken, "typed": request.POST}
    return working.page(request, work, SECTION, problem, more)


@access.holding("scenarios.read")
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: access.Request, draft: UUID, decision: str) -> HttpResponse:
    """One table and its test rows; a POST keeps all that was typed, after whichever verb was chosen."""
    work = working.opened(request, draft)
    sheet = sheets.stored(work.files, decision)
    if request.method != "POST":
        return _table(request, work, sheet)
    try:
        sheet = sheets.sent(sheet, request.POST)
        sheet = sheets.sent_tests(sheet, request.POST)
        verb, _, place = _wished(request.POST).partition(":")
        number = sheets.whole({"place": place or "0"}, "place")
        changed = sheets.done(sheet, verb, number, request.POST)
        working.keep(request, work, changed.saved())
    except (Absent, Invalid, Conflict, Forbidden) as problem:
        return _table(request, work, sheet, problem)
    return _back(request, draft, changed, verb, number)


def _wished(typed: Mapping[str, str]) -> str:
    """The verb that was chosen; of who only typed a new column and pressed Enter, that it be added."""
    go = typed.get("go", "")
    added = next((add for add in ("input", "output") if typed.get(f"new-{add}", "").strip()), "")
    return f"{added}-add" if go == "save" and added else go


def _back(request: access.Request, draft: UUID, sheet: Sheet, verb: str, place: int) -> HttpResponse:
    """The page again, at what the verb has made or moved."""
    at = max(place + {"row-after": 1, "row-up": -1, "row-down": 1}.get(verb, 0), 0)
    said = {
        "rule": str(at) if verb.startswith("row-") else request.POST.get("first"),
        "test": str(examples.MOST) if verb == "test-add" else request.POST.get("tests.first"),
    }
    asked = urlencode({name: value for name, value in said.items() if value and value != "0"})
    return working.back(
        "studio_decision", draft, sheet.grid.decision, at=_place(sheet.grid, verb, at), asked=asked
    )  # fmt: skip


def _place(grid: grids.Grid, verb: str, row: int) -> str:
    """The id of what a verb has made or moved; after a save, of the first cell that is wrong."""
    if verb in ("input-add", "output-add"):
        columns = len(grid.inputs if verb == "input-add" else grid.outputs)
        return f"{verb.removesuffix('-add')}s.{columns - 1}.label"
    if verb.startswith("row-"):
        return f"rule-{row}" if row < len(grid.rows) else "rules"
    if verb.endswith("-drop"):
        return "rules"
    return "tests" if "test" in verb else next(iter(grids.wrong(grid)), "revision")


def _table(request: access.Request, work: working.Work, sheet: Sheet, problem: Refusal | None = None) -> HttpResponse:
    said: Mapping[str, str] = request.POST or request.GET
    rule, test = (said.get(name, "0") for name in (("first", "tests.first") if request.POST else ("rule", "test")))
    names = known.known(work.files)
    table = shown.shown(sheet, _line(rule), _line(test), names)
    own = {listed.home(work.files, sheet.grid.decision), listed.tests(work.files, sheet.grid.decision, sheet.grid.name)}
    asked = listed.askers(work.files)
    more: dict[str, Any] = {
        "table": table, "grid": sheet.grid, "known": names,
        "wished_input": request.POST.get("new-input", ""), "wished_output": request.POST.get("new-output", ""),
        "users": [*asked.get(sheet.grid.decision, []), *asked.get(sheet.grid.name, [])],
        "needed": file.needed_by(sheet.text, sheet.grid.decision),
        "sections": sections.sections(work.draft.pk, SECTION, work.findings),
        "here": sections.said(work.draft.pk, [each for each in work.findings if each.file in own]),
    }  # fmt: skip
    return working.page(request, work, "studio_decision", problem, more)


def _line(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
