"""The inbox: what waits for me."""

import re

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from zhongshu.base.http import access
from zhongshu.channels.desk.inbox import presenters

_NUMBER = re.compile(r"[A-Z0-9-]{1,40}")


@access.holding("desk.open")
def inbox(request: access.Request) -> HttpResponse:
    """My tasks and those offered to my roles; a refresh by htmx gets the list alone."""
    tabs = presenters.tabs(request.by, request.at, gettext("我的待办"))
    wanted = request.GET.get("tab", "")
    current = next((tab for tab in tabs if tab.key == wanted), None) or _first(tabs)
    context = {
        "tabs": tabs,
        "current": current,
        "done": done(request),
        "asked": presenters.to_decide(request.by, request.at),
    }
    page = "desk/inbox/list.html" if request.headers.get("HX-Request") else "desk/inbox/page.html"
    return render(request, page, context)


def _first(tabs: list[presenters.Tab]) -> presenters.Tab:
    """One's own tasks; when there are none, the first list that has any."""
    return next((tab for tab in tabs if tab.items), tabs[0])


def done(request: access.Request) -> str:
    """The number of the case just acted on, for a word about it; empty when there is none."""
    number = request.GET.get("done", "")
    return number if _NUMBER.fullmatch(number) else ""
