"""What a scenario is called, the term of its cases, who answers for them, its phases."""

from collections.abc import Mapping
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid, Refusal
from zhongshu.channels.desk.studio.presenters import page
from zhongshu.channels.desk.studio.views import working
from zhongshu.engine.studio.rules.editing import pages

SECTION = "studio_settings"


@access.holding("scenarios.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: access.Request, draft: UUID) -> HttpResponse:
    """The page of settings but for its tasks; a POST saves it, adds a phase or takes one away."""
    work = working.opened(request, draft)
    if request.method != "POST":
        return _page(request, work)
    try:
        text = _changed(work.files.get(pages.FILE, ""), request.POST)
        working.keep(request, work, {pages.FILE: text})
    except (Invalid, Conflict, Forbidden) as problem:
        return _page(request, work, problem, request.POST)
    return redirect("desk:studio_settings", draft)


def _changed(text: str, typed: Mapping[str, str]) -> str:
    text = pages.said(text, (), {key: typed[key].strip() for key in ("name", "name_en", "prefix") if key in typed})
    parts = {key: f"case-{key}" for key in ("deadline", "responsible", "ended", "decided")}
    case = {key: typed[part].strip() for key, part in parts.items() if part in typed}
    text = pages.said(
        text, ("case",), case | {"reopens": page.whole(typed.get("case-reopens", ""), "case-reopens", 30)}
    )
    for code in pages.read(text).get("phases", {}):
        text = pages.said(text, ("phases", code), page.phase(typed, code))
    if gone := typed.get("drop-phase"):
        text = pages.dropped(text, ("phases", gone))
    if added := typed.get("new-phase", "").strip():
        english = typed.get("new-phase-en", "").strip()
        text = pages.said(text, ("phases", page.phase_code(text)), {"name": added, "name_en": english or added})
    return text


def _page(
    request: access.Request, work: working.Work, problem: Refusal | None = None, typed: Mapping[str, str] | None = None
) -> HttpResponse:
    form = page.shown(work.files.get(pages.FILE, ""), typed or {})
    return working.page(request, work, SECTION, problem, {"form": form})
