"""Telling the city what one saw: choose what it is, answer its questions, get a number."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from zhongshu.affairs.city import actions as city
from zhongshu.base.http import access, limits, reading
from zhongshu.base.http.limits import Limit
from zhongshu.base.http.refusals import Absent, Invalid, Refusal
from zhongshu.base.permissions.rules import ANONYMOUS
from zhongshu.channels.portal import categories, city_map, forms, held, prefilled, resuming
from zhongshu.channels.portal.forms import Draft
from zhongshu.channels.portal.prefilled import Offers
from zhongshu.channels.portal.views import drafts, photos, redrawn
from zhongshu.channels.portal.views.redrawn import Along
from zhongshu.channels.portal.visitors import counted
from zhongshu.channels.presenters import drafts as saving
from zhongshu.channels.presenters import resuming as presenter
from zhongshu.channels.presenters.drafts import Sent
from zhongshu.channels.presenters.forms import typed
from zhongshu.channels.presenters.forms import walk as walking
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import one, scenarios
from zhongshu.engine.cases.queries.duplicates import Known
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.catalogue.models import Category
from zhongshu.registers.people.rules import mandates
from zhongshu.registers.places import queries as places

REPORTS = Limit("portal.report", 20, 3600)
OTHER = "other"
"""What the visitor answers when none of the known cases is what they mean."""
OWN = (
    walking.Page("own-place", ("own-place",)),
    walking.Page("own-contact", ("own-contact", "own-name", "own-phone", "own-send")),
)
"""The pages of a report besides its questions."""


@require_safe
@access.anyone
def choose(request: access.Request) -> HttpResponse:
    """What is it about? A search in the visitor's words, the usual ones, and all of them."""
    words = reading.text(request.GET, "q").strip()[:200]
    context = {
        "words": words,
        "found": categories.found(words, request.at) if words else [],
        "usual": categories.usual(),
        "classes": categories.classes(),
    }
    return render(request, "portal/choose.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access.anyone
def fill(request: access.Request, category: str) -> HttpResponse:
    """The questions of a category, and sending them."""
    found = _reportable(category)
    mandates.within(request.by, found.scenario, found.code)
    scenario = scenarios.newest(found.scenario)
    form = resuming.report(found, scenario)
    if request.method != "POST":
        held.begin(request)
        begun = presenter.asked(request, form.subject)
        words = reading.text(request.GET, "text").strip()[:500]
        draft = resuming.draft(request, begun, scenario.form) if begun else forms.blank(scenario.form, words)
        offers = prefilled.offered(request, scenario.form)
        draft = prefilled.filled(draft, offers, begun.kept.answers if begun else draft.answers)
        return _page(request, found, scenario, draft, {}, along=Along(begun) if begun else None, offers=offers)
    draft, problems = photos.with_photos(request, scenario.form)
    going, sent = request.POST.get("report-go", "send"), resuming.sent(request, form, draft)
    if sent and drafts.has_ended(request, sent):
        return drafts.until_signed_in(request, sent)
    if (turned := typed.turned(scenario.form, draft.answers, request.POST)) is not None:
        draft, going = replace(draft, answers=turned), "stay"
    elif sent and saving.saves(request) and not problems:
        return drafts.save(request, sent)
    if going == "send":
        return _send(request, found, scenario, draft, problems, sent)

    def draw(draft: Draft, along: Along | None) -> HttpResponse:
        return _page(request, found, scenario, draft, problems, going, along=along)

    return redrawn.again(request, sent, form, draft, draw)


def _reportable(code: str) -> Category:
    try:
        return catalogue.category(code)
    except Invalid:
        raise Absent("没有这个类别，请重新选择要上报的问题。") from None


def _send(
    request: access.Request, category: Category, scenario: Scenario, draft: Draft, problems: dict[str, Any],
    sent: Sent | None,
) -> HttpResponse:  # fmt: skip
    form, known = resuming.report(category, scenario), list[Known]()

    def draw(draft: Draft, along: Along | None) -> HttpResponse:
        return _page(request, category, scenario, draft, problems, known=known, along=along)

    problems = forms.problems(scenario.form, draft) | problems
    if problems:
        return redrawn.again(request, sent, form, draft, draw)
    if told := redrawn.first(request, sent, form, draft, draw):
        return told
    event, chosen = _event(request, category, scenario, draft), request.POST.get("report-known", "")
    if not chosen and (found := city.known(event, request.by)):
        known.extend(found)
        return redrawn.again(request, sent, form, draft, draw)
    try:
        with transaction.atomic():
            opened = _opened(event, chosen, request)
            if request.by is ANONYMOUS and not opened.again:
                limits.take(REPORTS, counted(request), request.at)
    except Refusal as problem:
        problems = forms.by_part(problem)
        return redrawn.again(request, sent, form, draft, draw)
    if opened.query_code:
        held.keep_case(request, opened.case_id, opened.number, opened.query_code)
    return HttpResponseRedirect(reverse("portal:sent", args=[opened.case_id]))


def _opened(event: city.NewEvent, chosen: str, request: access.Request) -> cases.Opened:
    """The case the event joins, when the visitor chose one that is known already; else a new one."""
    if chosen in ("", OTHER):
        opened = city.report(event, by=request.by, at=request.at)
    else:
        opened = city.follow(event, one.id_of(chosen), by=request.by, at=request.at)
    presenter.finish(request, event.key)
    return opened


def _event(request: access.Request, category: Category, scenario: Scenario, draft: Draft) -> city.NewEvent:
    lon, lat = draft.point or (None, None)
    return city.NewEvent(
        key=draft.key, source="resident", category=category.code, answers=draft.plain(), lon=lon, lat=lat,
        address=draft.address, account=None if request.by is ANONYMOUS else request.by.id,
        name=draft.name.strip(), phone=draft.phone.strip(),
        origins=prefilled.origins(request, scenario.form, draft),
    )  # fmt: skip


def _page(
    request: access.Request,
    category: Category,
    scenario: Scenario,
    draft: Draft,
    problems: dict[str, Any],
    going: str = "send",
    known: Sequence[Known] = (),
    along: Along | None = None,
    offers: Offers | None = None,
) -> HttpResponse:
    if along and along.told:
        problems, going, known = {}, "stay", ()
    begun = along.begun if along else None
    walk = _walk(request, scenario, draft, problems, going, resuming.step(request, begun))
    shown = walk.problems if walk.total > 1 else problems
    context = {
        "category": category, "scenario": scenario, "draft": draft, "problems": shown,
        "walk": walk if walk.total > 1 else None,
        "spots": places.search_address(draft.address) if going == "find" else None,
        "news": bool(along and along.news), "known": known, "other": OTHER,
        "bounds": city_map.bounds(), "here": _here(draft), "titles": _titles(),
    }  # fmt: skip
    context |= resuming.context(request, resuming.report(category, scenario), draft, begun)
    context |= prefilled.context(draft, prefilled.again(request) if offers is None else offers)
    status = max((getattr(p, "status", 422) for p in shown.values()), default=200)
    return render(request, "portal/fill.html", context, status=status)


def _walk(
    request: access.Request, scenario: Scenario, draft: Draft, problems: dict[str, Any], going: str, step: str
) -> walking.Walk:
    """The page of the form to show; in elder mode every question has one of its own."""
    elder = request.COOKIES.get("mode") == "elder"
    pages = walking.pages(scenario.form, draft.plain(), OWN, singly=elder)
    return walking.walk(pages, step, going, lambda: forms.problems(scenario.form, draft), problems)


def _here(draft: Draft) -> int | None:
    """The finest place that holds the point picked so far."""
    spot = places.locate(*draft.point) if draft.point else None
    return spot.path[-1] if spot else None


def _titles() -> dict[str, str]:
    return {"own-place": gettext("在哪里"), "own-name": gettext("怎么称呼您"), "own-phone": gettext("电话")}


@require_safe
@access.anyone
def sent(request: access.Request, case_id: UUID) -> HttpResponse:
    """The number and query code of a report just sent, and what happens next."""
    known = held.case(request, case_id)
    if known is None:
        return HttpResponseRedirect(reverse("portal:progress", args=[case_id]))
    return render(request, "portal/sent.html", {"number": known[0], "code": known[1], "view": one.view(case_id)})
