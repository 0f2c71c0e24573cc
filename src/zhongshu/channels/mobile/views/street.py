"""What makes the pages work without network: the worker in the telephone, whose queue it is, and what still waits."""

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Absent

WORKER = "street.js"


@require_safe
@access.anyone
def worker(_: access.Request) -> HttpResponse:
    """The service worker. It comes from here, not with the static files, so that it may look after these pages."""
    try:
        with staticfiles_storage.open(WORKER) as script:
            source = script.read()
    except FileNotFoundError:
        raise Absent("没有这个地址。") from None
    return HttpResponse(source, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@require_safe
@never_cache
@access.holding("mobile.open")
def me(request: access.Request) -> HttpResponse:
    """Whose session this is, and the token with which the queue may send: nobody's acts go out under another's name."""
    return JsonResponse({"account": request.by.id, "token": get_token(request)})


@require_safe
@access.holding("mobile.open")
def waiting(request: access.Request) -> HttpResponse:
    """What is kept in the telephone and not yet sent; the list is there, so its script fills it in."""
    return render(request, "mobile/waiting.html")
