"""Following a matter one has told of, and rating it when it is closed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhongshu.affairs.city import queries as city
from zhongshu.affairs.city.queries import Progress
from zhongshu.base.http import access, limits, reading
from zhongshu.base.http.limits import Limit
from zhongshu.base.http.refusals import Absent, Forbidden, Invalid, Refusal
from zhongshu.base.permissions.rules import ANONYMOUS
from zhongshu.channels.portal import applicant, forms, held, resuming
from zhongshu.channels.portal.resuming import Form
from zhongshu.channels.portal.visitors import counted
from zhongshu.channels.presenters import drafts, files
from zhongshu.channels.presenters import resuming as presenter
from zhongshu.engine.cases.queries import agents, lists, starting
from zhongshu.engine.ratings import actions as ratings
from zhongshu.engine.ratings import queries as rated
from zhongshu.engine.ratings import rules as levels
from zhongshu.registers.people import queries as people

LOOKS = Limit("portal.track", 20, 600)
GUESSES = Limit("portal.track_number", 20, 3600)


@require_http_methods(["GET", "HEAD", "POST"])
@access.anyone
def track(request: access.Request) -> HttpResponse:
    """Ask for a number and its query code."""
    if request.method != "POST":
        return render(
            request, "portal/track.html", {"number": reading.text(request.GET, "number")[:40], "problems": {}}
        )
    number, code = reading.text(request.POST, "number"), reading.text(request.POST, "code")
    try:
        if request.by.mandate:
            raise Forbidden("您正在代他人办理，不能用查询码。代办的事项请在“我的上报”里查看。", field="number")
        limits.take(LOOKS, counted(request), request.at)
        limits.take(GUESSES, number.strip().upper(), request.at)
        found = city.track(number, code, request.at)
    except Refusal as problem:
        context = {"number": number, "code": code, "problems": {"number": problem}}
        return render(request, "portal/track.html", context, status=problem.status)
    held.keep_case(request, found.case.row.id, found.case.row.number, code.strip())
    return HttpResponseRedirect(reverse("portal:progress", args=[found.case.row.id]))


@require_safe
@access.anyone
def progress(request: access.Request, case_id: UUID) -> HttpResponse:
    """How far a matter is, in plain words."""
    return page(request, theirs(request, case_id))


def page(
    request: access.Request, found: Progress, problem: Refusal | None = None, *,
    draft: forms.Draft | None = None, problems: Mapping[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """How far a matter is, also as it comes back when something was not taken: one `problem` by its field, or the
    `draft` of what was to be added with its `problems`.
    """
    rating, part = rated.rating_of(found.case.row.id), applicant.part(found, request.at)
    wrong = {problem.field or "level": problem} if problem else dict(problems or {})
    context = {
        "view": found.case, "row": found.case.row, "steps": found.steps, "rating": rating, "told": found.text,
        "into": found.into, "agent": _agent(found),
        "rated_as": levels.LEVELS[rating.level] if rating else None,
        "results": [a.document for a in found.case.photos if a.token is not None],
        "sent": [a.document for a in found.case.photos if a.token is None and found.first],
        "files": files.listed(applicant.files(found)),
        "levels": levels.LEVELS, "reasons": levels.REASONS, "typed": request.POST,
        "chosen": request.POST.getlist("reasons"),
        "problems": wrong, "part": part,
    }  # fmt: skip
    context |= _supplement(request, part.form, draft) if part.form else {}
    status = max((getattr(one, "status", Invalid.status) for one in wrong.values()), default=200)
    return render(request, "portal/progress.html", context, status=status)


def _supplement(request: access.Request, asked: Form, draft: forms.Draft | None) -> dict[str, Any]:
    """The form of what is to be added: as it was sent, else as it was kept."""
    begun = presenter.begun(request, asked.subject) if draft is None else None
    if begun:
        draft = resuming.draft(request, begun, asked.form)
    answers, files = draft.answers if draft else {}, reverse("portal:send_file")
    return {"answers": answers, **presenter.context(request, asked.subject, begun, files, asked.form, answers)}


def _agent(found: Progress) -> str:
    """Who told for the one whose matter it is, as they may be shown; empty when it was told by themselves."""
    agent = str(agents.of_contact(found.case.row.id, found.contact) or "")
    return people.shown_names([agent]).get(agent, "") if agent else ""


def theirs(request: access.Request, case_id: UUID) -> Progress:
    """The progress of a case for who knows its query code or told of it signed in."""
    if (known := held.case(request, case_id)) is not None:
        return city.track(*known, request.at)
    if request.by is ANONYMOUS:
        raise Absent("没有找到这个办件。请用编号和查询码查询，或登录后在“我的上报”里查看。")
    return city.track_own(case_id, request.by)


@require_POST
@access.anyone
def rate(request: access.Request, case_id: UUID) -> HttpResponse:
    """Rate a closed matter."""
    known = held.case(request, case_id)
    given = request.POST
    try:
        level = _level(given.get("level", ""))
        ratings.rate(
            case_id, level, given.getlist("reasons"), reading.text(given, "text"),
            code=known[1] if known else "", by=request.by, at=request.at,
        )  # fmt: skip
    except Invalid as problem:
        return page(request, theirs(request, case_id), problem)
    return HttpResponseRedirect(reverse("portal:progress", args=[case_id]) + "#rating")


def _level(text: str) -> int:
    if text not in map(str, levels.LEVELS):
        raise Invalid("请从五个等级中选择一个。", field="level")
    return int(text)


@require_safe
@access.signed_in
def mine(request: access.Request) -> HttpResponse:
    """The matters the visitor has told of, or another for them, newest first; each with who that was. Before them what
    they have begun and not sent.
    """
    told = lists.mine(request.by)
    names = people.shown_names(str(one.agent) for one in told if one.agent)
    context = {
        "told": [(one.row, names.get(str(one.agent), "")) for one in told],
        "startable": starting.startable("applicant", request.by, request.at),
        "drafts": drafts.rows(request),
    }
    return render(request, "portal/mine.html", context)
