"""Forms that come from a page whose session has ended: kept before their sender is asked to sign in."""

from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse

from zhongshu.base.http import browsers
from zhongshu.base.http.doors import Kept
from zhongshu.base.http.refusals import Refusal
from zhongshu.channels.presenters import drafts
from zhongshu.channels.presenters.drafts import Sent
from zhongshu.engine.intake.actions import aside


def set_aside(request: HttpRequest, at: datetime) -> Kept | None:
    """Keep what any page with a draft's stamp sends without a session (`base.http.doors.set_aside`); None for others.

    What cannot be kept is refused as it is without a draft: by asking to sign in.
    """
    try:
        found = drafts.sent(request)
        return keep(request, found, at) if found and found.page.account else None
    except Refusal:
        return None


def keep(request: HttpRequest, sent: Sent, at: datetime) -> Kept:
    """Keep what was sent for who its page was drawn for, and where they go on with it in this browser."""
    browser = browsers.here(request)
    draft = aside.set_aside(sent.page, sent.typed, base=sent.base, step=sent.step, browser=browser.digest, at=at)
    return Kept(reverse("portal:draft", args=[draft]), browser)
