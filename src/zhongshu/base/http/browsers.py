"""A browser that is known again without anybody signed in: by a random token of its own in a signed cookie.

What nobody signed in for is kept under the token's digest: whoever reads the database cannot become the browser.
"""

import hashlib
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "browser"
KEPT = 30 * 86_400
"""Seconds for which a browser is known again after it was remembered."""


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser's token."""

    token: str

    @property
    def digest(self) -> bytes:
        """What its things are kept under, 32 bytes."""
        return hashlib.sha256(self.token.encode()).digest()


def known(request: HttpRequest) -> Browser | None:
    """The browser that asks; None for one never remembered."""
    token = request.get_signed_cookie(COOKIE, default="", salt=COOKIE, max_age=KEPT)
    return Browser(token) if token else None


def here(request: HttpRequest) -> Browser:
    """The browser that asks, with a new token if it has none: to be remembered with the answer."""
    return known(request) or Browser(secrets.token_urlsafe(32))


def remember(response: HttpResponse, browser: Browser) -> HttpResponse:
    """The answer, with the token for another thirty days."""
    response.set_signed_cookie(
        COOKIE, browser.token, salt=COOKIE, max_age=KEPT, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response
