"""The visitor's language and mode: kept in a cookie, so that they hold before and after signing in."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from zhongshu.base.http import access
from zhongshu.base.http.reading import own_page

A_YEAR = 365 * 24 * 3600


def _remember(request: access.Request, name: str, value: str) -> HttpResponse:
    response = HttpResponseRedirect(own_page(request, request.POST.get("next", "")))
    response.set_cookie(
        name, value, max_age=A_YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
    )
    return response


@require_POST
@access.anyone
def language(request: access.Request) -> HttpResponse:
    """Switch the language, then back to the page."""
    wanted = request.POST.get("language", "")
    known = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    return _remember(request, settings.LANGUAGE_COOKIE_NAME, known)


@require_POST
@access.anyone
def mode(request: access.Request) -> HttpResponse:
    """Switch elder mode on or off, then back to the page."""
    return _remember(request, "mode", "elder" if request.POST.get("mode") == "elder" else "usual")
