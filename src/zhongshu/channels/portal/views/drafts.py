"""Forms begun and not sent: saving them as they are typed, going on with them, dropping them."""

from collections.abc import Sequence
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zhongshu.base.http import access, browsers, limits
from zhongshu.base.http.browsers import Browser
from zhongshu.base.http.limits import Limit
from zhongshu.base.http.refusals import Absent, Unauthenticated
from zhongshu.base.permissions.rules import ANONYMOUS
from zhongshu.channels.portal import aside
from zhongshu.channels.portal.visitors import counted
from zhongshu.channels.presenters import drafts as presenter
from zhongshu.channels.presenters.drafts import Sent
from zhongshu.engine.intake.actions import aside as set_aside
from zhongshu.engine.intake.actions import drafts as actions
from zhongshu.engine.intake.models import Draft
from zhongshu.engine.intake.queries import drafts, pages
from zhongshu.engine.intake.rules.merging import Dispute
from zhongshu.engine.intake.rules.pages import Page

SAVES = Limit("portal.drafts", 600, 3_600)
"""By one address nobody has signed in from."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.anyone
def draft(request: access.Request, draft: UUID) -> HttpResponse:
    """Go on with a draft (a script gets what is in it), or save what a page of it sends. What two pages of it have
    answered differently is asked first.

    What this browser had set aside for the visitor is in it by then, though they may have signed in before that.
    """
    if request.method == "POST":
        return _sent(request, draft)
    browser = _browser(request)
    if browser and request.by is not ANONYMOUS:
        set_aside.take_over(browser, by=request.by, at=request.at)
    found = drafts.one(draft, request.by, browser, request.at)
    if not _is_script(request):
        return _go_on(request, found)
    kept = drafts.kept(found)
    stamp = pages.stamp(pages.drawn(pages.subject(found), request.by, found.pk))
    return JsonResponse(
        {
            "page": stamp, "version": found.version, "revision": kept.revision, "step": found.step,
            "answers": kept.answers, "disputed": kept.disputed, "saved": found.saved.isoformat(),
        }
    )  # fmt: skip


def _go_on(request: access.Request, found: Draft) -> HttpResponse:
    kept = drafts.kept(found)
    if not kept.disputed:
        return HttpResponseRedirect(presenter.address(found))
    disputes = [Dispute(path, kept.answers.get(path), values[-1]) for path, values in kept.disputed.items()]
    page = pages.drawn(pages.subject(found), request.by, found.pk)
    return asked(request, found, page, kept.revision, disputes, 200)


def _sent(request: access.Request, draft: UUID) -> HttpResponse:
    sent = presenter.sent(request)
    if sent is None or sent.page.draft != draft:
        raise Absent("没有找到这份草稿，它可能已经提交、删除或过期。")
    return until_signed_in(request, sent) if has_ended(request, sent) else save(request, sent)


def has_ended(request: access.Request, sent: Sent) -> bool:
    """Whether the page was drawn for an account whose session is over."""
    return bool(sent.page.account) and request.by is ANONYMOUS


def ended(request: access.Request) -> HttpResponse | None:
    """The way to sign in for who sends a page whose session is over; what was typed is kept. None for anybody else."""
    sent = presenter.sent(request)
    return until_signed_in(request, sent) if sent and has_ended(request, sent) else None


def save(request: access.Request, sent: Sent) -> HttpResponse:
    """Keep what a page has sent, and lead on, or ask about what another page has changed as well."""
    browser = browsers.here(request)
    saved = keep(request, sent, browser)
    answer = _told(saved, request) if _is_script(request) else _shown(saved, request, sent)
    return remembered(request, answer, browser)


def keep(request: access.Request, sent: Sent, browser: Browser) -> actions.Saved:
    """Keep what a page has sent."""
    if request.by is ANONYMOUS:
        limits.take(SAVES, counted(request), request.at)
    return actions.save(
        sent.page, sent.typed, base=sent.base, step=sent.step, chosen=sent.chosen, browser=browser.digest,
        by=request.by, at=request.at,
    )  # fmt: skip


def remembered(request: access.Request, answer: HttpResponse, browser: Browser) -> HttpResponse:
    """The answer, by which the browser of who has not signed in finds its drafts again."""
    return browsers.remember(answer, browser) if request.by is ANONYMOUS else answer


def until_signed_in(request: access.Request, sent: Sent) -> HttpResponse:
    """The session has ended: what was typed is kept for who it was drawn for, before they are asked to sign in."""
    limits.take(SAVES, counted(request), request.at)
    kept = aside.keep(request, sent, request.at)
    said = Unauthenticated("登录已过期。所填内容已经保存，请在这台设备上重新登录后继续。")
    if _is_script(request):
        answer: HttpResponse = JsonResponse({"error": gettext(said.sentence), "kept": True}, status=said.status)
    else:
        onward = urlencode({"next": kept.onward})
        answer = HttpResponseRedirect(f"{reverse('account:sign_in')}?{onward}")
    return browsers.remember(answer, kept.browser)


def _told(saved: actions.Saved, request: access.Request) -> HttpResponse:
    merged = saved.merged
    said = {
        "revision": merged.kept.revision, "version": saved.draft.version, "saved": saved.draft.saved.isoformat(),
        "news": merged.news,
    }  # fmt: skip
    if not merged.disputes:
        return JsonResponse(said)
    found = presenter.choices(saved.draft, merged.disputes)
    told = [
        {"path": one.path, "title": one.title, "theirs": dispute.theirs, "mine": dispute.mine, "words": _words(one)}
        for one, dispute in zip(found, merged.disputes, strict=True)
    ]
    error = gettext("有 {n} 项在另一个页面上也改过，请选定用哪一个。").format(n=len(told))
    return JsonResponse({**said, "error": error, "disputes": told}, status=409)


def _words(one: presenter.Choice) -> str:
    if not one.theirs:
        return gettext("另一个页面清空了“{title}”。").format(title=one.title)
    return gettext("另一个页面把“{title}”改成了“{theirs}”。").format(title=one.title, theirs=one.theirs)


def _shown(saved: actions.Saved, request: access.Request, sent: Sent) -> HttpResponse:
    """After a button: on to the list, back to the form for who has none, or asked which answers are right."""
    if saved.merged.disputes:
        return asked(request, saved.draft, sent.page, saved.merged.kept.revision, saved.merged.disputes, 409)
    if request.by is ANONYMOUS or request.by.kind == "staff":
        return HttpResponseRedirect(presenter.address(saved.draft, saved=1))
    return HttpResponseRedirect(reverse("portal:mine") + "#drafts")


def asked(
    request: access.Request, draft: Draft, page: Page, revision: int, disputes: Sequence[Dispute], status: int
) -> HttpResponse:
    """The page that asks which of two pages' answers are right."""
    found = presenter.choices(draft, disputes)
    context = {
        "draft": draft, "title": presenter.title(draft), "choices": [(one, _words(one)) for one in found],
        "stamp": pages.stamp(page), "revision": revision,
    }  # fmt: skip
    return render(request, "portal/disputed.html", context, status=status)


@require_POST
@access.anyone
def drop(request: access.Request, draft: UUID) -> HttpResponse:
    """Destroy a draft."""
    actions.drop(draft, browser=_browser(request), by=request.by, at=request.at)
    return HttpResponseRedirect(reverse("portal:home" if request.by is ANONYMOUS else "portal:mine") + "#drafts")


def _browser(request: access.Request) -> bytes | None:
    found: Browser | None = browsers.known(request)
    return found.digest if found else None


def _is_script(request: access.Request) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")
