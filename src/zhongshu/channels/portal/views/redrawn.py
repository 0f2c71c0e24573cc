"""A page of a form that is drawn again goes on with what it has sent: nothing typed is lost on the way through it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpResponse

from zhongshu.base.http import access, browsers
from zhongshu.base.http.browsers import Browser
from zhongshu.base.http.refusals import Refusal
from zhongshu.channels.portal import resuming
from zhongshu.channels.portal.forms import Draft as Typed
from zhongshu.channels.portal.resuming import Form
from zhongshu.channels.portal.views import drafts
from zhongshu.channels.presenters.drafts import Sent
from zhongshu.engine.intake.models import Draft
from zhongshu.engine.intake.queries import drafts as kept
from zhongshu.engine.intake.queries.drafts import Resumed


@dataclass(frozen=True, slots=True)
class Along:
    """The draft a page goes on with, and whether another page of it has answered more since this one was drawn."""

    begun: Resumed
    news: bool = False

    @property
    def told(self) -> bool:
        """Whether the visitor has to look before they send: at what another page said, or at what the form asks now."""
        moved = self.begun.carried
        return self.news or bool(moved and (moved.lost or moved.added or moved.changed))


Draw = Callable[[Typed, Along | None], HttpResponse]
"""Draws the page of a form with these answers."""


def again(request: access.Request, sent: Sent | None, form: Form, typed: Typed, draw: Draw) -> HttpResponse:
    """Keep what a page has sent before it is drawn again, so that it is there after a refresh and on the way back.

    What cannot be kept just now is on the page all the same.
    """
    browser = browsers.here(request)
    along = _along(request, sent, form, browser) if sent else None
    return drafts.remembered(request, _drawn(request, form, typed, along, draw), browser)


def first(request: access.Request, sent: Sent | None, form: Form, typed: Typed, draw: Draw) -> HttpResponse | None:
    """The page again before it is sent, where another page of its draft or a newer form has something to tell."""
    if sent is None or not _behind(sent, form):
        return None
    browser = browsers.here(request)
    along = _along(request, sent, form, browser)
    if along is None or (isinstance(along, Along) and not along.told):
        return None
    return drafts.remembered(request, _drawn(request, form, typed, along, draw), browser)


def _drawn(
    request: access.Request, form: Form, typed: Typed, along: Along | HttpResponse | None, draw: Draw
) -> HttpResponse:
    if isinstance(along, HttpResponse):
        return along
    return draw(resuming.draft(request, along.begun, form.form) if along and along.told else typed, along)


def _behind(sent: Sent, form: Form) -> bool:
    """Whether since its page was drawn another has saved its draft, or the form has a newer version."""
    revision = Draft.objects.filter(pk=sent.page.draft, finished=None).values_list("revision", flat=True).first()
    return sent.page.subject.version < form.subject.version or revision not in (None, sent.base)


def _along(request: access.Request, sent: Sent, form: Form, browser: Browser) -> Along | HttpResponse | None:
    """What was sent, kept; the page that asks which is right where two have answered differently; None if refused."""
    try:
        saved = drafts.keep(request, sent, browser)
    except Refusal:
        return None
    if saved.merged.disputes:
        return drafts.asked(request, saved.draft, sent.page, saved.merged.kept.revision, saved.merged.disputes, 409)
    return Along(kept.resume(saved.draft, form.subject.version), bool(saved.merged.news))
