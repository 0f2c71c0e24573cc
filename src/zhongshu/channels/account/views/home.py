"""Where everything about oneself begins."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhongshu.base.http import access
from zhongshu.channels.account.presenters import sections
from zhongshu.channels.account.views import own


@require_safe
@access.signed_in
def home(request: access.Request) -> HttpResponse:
    """Name, how sure it is who one is, and what there is to see and do."""
    account = own.account(request)
    context = {"account": account, "person": account.person, "sections": sections.sections(request.by)}
    return render(request, "account/home.html", context)
