"""What every page knows: the visitor, the language, the mode, where the live feed is, which channels are theirs."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from zhongshu.base.calendar import clock
from zhongshu.base.http.access import PROVE_URL, SENT_AGAIN
from zhongshu.base.http.headers import feed_url
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import ANONYMOUS

_CHANNELS = (
    ("desk", "desk.open", "/desk/"),
    ("mobile", "mobile.open", "/mobile/"),
    ("screen", "screen.open", "/screen/"),
    ("admin", "keys.manage", "/desk/admin/"),
)


def _sent_again(request: HttpRequest) -> bool:
    """Whether to say that a form was not taken: where one is proved again, and once more on the page after."""
    if not hasattr(request, "session"):
        return False
    take = request.session.get if request.path == PROVE_URL else request.session.pop
    return bool(take(SENT_AGAIN, False))


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Context of every template."""
    at = clock.now()
    actor = getattr(request, "by", ANONYMOUS)
    return {
        "actor": actor,
        "signed_in": actor is not ANONYMOUS,
        "at": at,
        "language": (get_language() or "zh-hans")[:7],
        "sent_again": _sent_again(request),
        "elder": request.COOKIES.get("mode") == "elder",
        "feed_url": feed_url(request),
        "channels": [(name, url) for name, needs, url in _CHANNELS if permissions.holds_anywhere(actor, needs, at)],
    }  # fmt: skip
