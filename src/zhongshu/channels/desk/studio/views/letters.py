"""Letters: which there are, what one says and looks like, and how it comes out of the press."""

from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid, Refusal, Unavailable
from zhongshu.channels.desk.studio.presenters import letters as presenter
from zhongshu.channels.desk.studio.presenters import sections
from zhongshu.channels.desk.studio.views import working
from zhongshu.channels.desk.templatetags.desk import sentence
from zhongshu.engine.cases.rules import letters as settings
from zhongshu.engine.cases.rules.examining import is_sound
from zhongshu.engine.letters.queries import trying
from zhongshu.engine.studio.rules.editing import letters as editing

SECTION = "studio_letters"
_FRAMED = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
"""What the press made stands in a frame of our own page, and reaches nothing."""


@access.holding("scenarios.read")
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: access.Request, draft: UUID) -> HttpResponse:
    """The letters of a draft; a POST begins one or takes one away."""
    return working.answered(request, draft, _list, _listing)


def _listing(request: access.Request, work: working.Work) -> HttpResponse:
    verb, _, which = request.POST.get("go", "").partition(":")
    if verb == "drop":
        presenter.one(work.files, which)
        working.keep(request, work, editing.without(work.files, which))
    elif verb == "new":
        name, english = (request.POST.get(key, "").strip() for key in ("name", "name_en"))
        code, files = editing.new(work.files, name, english, trying.template())
        working.keep(request, work, files)
        return redirect("desk:studio_letter", work.draft.pk, code)
    return working.back(SECTION, work.draft.pk)


def _list(request: access.Request, work: working.Work, problem: Refusal | None = None) -> HttpResponse:
    found, shared = presenter.listed(work.files)
    return working.page(request, work, SECTION, problem, {"letters": found, "shared": shared, "typed": request.POST})


@access.holding("scenarios.read")
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: access.Request, draft: UUID, letter: str) -> HttpResponse:
    """One letter, or a template others use: its settings, its text, what it may name, how it looks."""
    work = working.opened(request, draft)
    held = presenter.one(work.files, letter)
    if request.method != "POST":
        return _letter(request, work, letter, held, work.files.get(settings.file(letter), ""))
    text = request.POST.get("text", "")
    try:
        held = held and presenter.typed(request.POST)
        files = editing.template(work.files, letter, text)
        working.keep(request, work, files | (editing.changed(work.files, letter, held) if held else {}))
    except (Absent, Invalid, Conflict, Forbidden) as problem:
        return _letter(request, work, letter, held, text, problem)
    return working.back("studio_letter", draft, letter)


def _letter(
    request: access.Request, work: working.Work, name: str, held: editing.Letter | None, text: str,
    problem: Refusal | None = None,
) -> HttpResponse:  # fmt: skip
    path, place = settings.file(name), f"/letters/{name}"
    own = [each for each in work.findings if each.file == path or f"{each.place}/".startswith(f"{place}/")]
    more = {
        "code": name, "letter": held, "text": text, "path": path,
        "moments": presenter.moments(work.files, held.made) if held else (),
        "sample": presenter.number_example(held.number, request.at.astimezone(SHANGHAI).year) if held else "",
        "usable": presenter.usable(work.files, name), "sound": is_sound(work.findings),
        "sections": sections.sections(work.draft.pk, SECTION, work.findings), "here": sections.said(work.draft.pk, own),
    }  # fmt: skip
    return working.page(request, work, "studio_letter", problem, more)


@access.holding("scenarios.read")
@require_safe
def preview(request: access.Request, draft: UUID, letter: str) -> HttpResponse:
    """A letter of a draft with made-up data, as PDF; or what keeps it from being set, in plain words."""
    work = working.opened(request, draft)
    headers = {
        "Content-Security-Policy": _FRAMED,
        "X-Frame-Options": "SAMEORIGIN",
        "Cache-Control": "private, no-store",
    }
    try:
        made = trying.preview(work.files, letter)
    except (Invalid, Unavailable) as problem:
        return HttpResponse(sentence(problem), "text/plain; charset=utf-8", problem.status, headers=headers)
    if not isinstance(made, bytes):
        said = "\n".join(sentence(each) for each in made)
        return HttpResponse(said, "text/plain; charset=utf-8", Invalid.status, headers=headers)
    headers["Content-Disposition"] = f'inline; filename="{quote(letter)}.pdf"'
    return HttpResponse(made, "application/pdf", headers=headers)
