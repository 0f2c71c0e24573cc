"""The entrance of administration."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zhongshu.base.http import access
from zhongshu.channels.desk.admin.presenters import tabs


@require_safe
@access.holding("admin.open")
def home(request: access.Request) -> HttpResponse:
    """What the visitor may administer."""
    context = {"tabs": tabs.tabs(request), "sections": tabs.sections(request)}
    return render(request, "desk/admin/home.html", context)
