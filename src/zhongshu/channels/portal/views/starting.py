"""Applying for something that no report of a place begins: its form, and that it was received."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent, Invalid, Refusal
from zhongshu.channels.portal import forms, held, prefilled, resuming
from zhongshu.channels.portal.forms import Draft
from zhongshu.channels.portal.prefilled import Offers
from zhongshu.channels.portal.views import drafts, photos, redrawn
from zhongshu.channels.portal.views.redrawn import Along
from zhongshu.channels.portal.views.track import theirs
from zhongshu.channels.presenters import drafts as saving
from zhongshu.channels.presenters import resuming as presenter
from zhongshu.channels.presenters.forms import typed
from zhongshu.channels.presenters.forms import walk as walking
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import scenarios
from zhongshu.engine.cases.rules import starting as rules
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.starting import Start
from zhongshu.engine.intake.rules import questionnaire as intake
from zhongshu.registers.people.rules import mandates


@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def start(request: access.Request, scenario: str) -> HttpResponse:
    """The questions of a scenario that applicants may start, and sending them."""
    found = _startable(request, scenario)
    form = resuming.application(found)
    if request.method != "POST":
        held.begin(request)
        begun = presenter.asked(request, form.subject)
        draft = resuming.draft(request, begun, found.form) if begun else forms.blank(found.form)
        offers = prefilled.offered(request, found.form)
        draft = prefilled.filled(draft, offers, begun.kept.answers if begun else ())
        return _page(request, found, draft, {}, along=Along(begun) if begun else None, offers=offers)
    draft, problems = photos.with_photos(request, found.form)
    going, sent = request.POST.get("report-go", "send"), resuming.sent(request, form, draft)
    if (turned := typed.turned(found.form, draft.answers, request.POST)) is not None:
        draft, going = replace(draft, answers=turned), "stay"
    elif sent and saving.saves(request) and not problems:
        return drafts.save(request, sent)

    def draw(draft: Draft, along: Along | None) -> HttpResponse:
        return _page(request, found, draft, problems, going, along)

    if going != "send" or problems:
        return redrawn.again(request, sent, form, draft, draw)
    if told := redrawn.first(request, sent, form, draft, draw):
        return told
    try:
        with transaction.atomic():
            opened = cases.start(found, _start(request, found, draft), by=request.by, at=request.at)
            presenter.finish(request, draft.key)
    except Refusal as problem:
        problems = forms.by_part(problem)
        return redrawn.again(request, sent, form, draft, draw)
    return HttpResponseRedirect(reverse("portal:started", args=[opened.case_id]))


def _start(request: access.Request, scenario: Scenario, draft: Draft) -> Start:
    origins = prefilled.origins(request, scenario.form, draft)
    return Start(draft.key, "applicant", draft.plain(), origins=origins)


def _startable(request: access.Request, code: str) -> Scenario:
    """The newest version of a scenario that applicants may start; any other is absent."""
    try:
        found = scenarios.newest(code)
        rules.door(found.settings, "applicant", request.by)
    except Refusal:
        raise Absent("没有您可以申请的这个事项。") from None
    mandates.within(request.by, found.code, "")
    return found


def _page(
    request: access.Request,
    scenario: Scenario,
    draft: Draft,
    problems: dict[str, Any],
    going: str = "send",
    along: Along | None = None,
    offers: Offers | None = None,
) -> HttpResponse:
    if along and along.told:
        problems, going = {}, "stay"
    begun = along.begun if along else None
    elder = request.COOKIES.get("mode") == "elder"
    pages = walking.pages(scenario.form, draft.plain(), singly=elder)
    check = intake.check(scenario.form, draft.plain()).problems
    walk = walking.walk(pages, resuming.step(request, begun), going, lambda: check, problems)
    shown = walk.problems if walk.total > 1 else problems
    context = {"scenario": scenario, "draft": draft, "problems": shown, "walk": walk if walk.total > 1 else None}
    context |= resuming.context(request, resuming.application(scenario), draft, begun)
    context |= prefilled.context(draft, prefilled.again(request) if offers is None else offers)
    context |= {"news": bool(along and along.news)}
    status = max((getattr(problem, "status", Invalid.status) for problem in shown.values()), default=200)
    return render(request, "portal/start.html", context, status=status)


@require_safe
@access.signed_in
def started(request: access.Request, case_id: UUID) -> HttpResponse:
    """The number of what was just applied for, and what happens next."""
    found = theirs(request, case_id).case
    return render(request, "portal/sent.html", {"number": found.row.number, "code": "", "view": found})
