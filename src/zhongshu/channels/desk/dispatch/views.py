"""The dispatcher's list: what automatic dispatch left to a person."""

from django.http import HttpResponse
from django.shortcuts import render

from zhongshu.base.http import access
from zhongshu.channels.desk.dispatch import presenters
from zhongshu.channels.desk.inbox.views import done


@access.holding("case.dispatch")
def dispatch(request: access.Request) -> HttpResponse:
    """The tasks in which a body is to be chosen, each with what the machine suggests."""
    context = {"waiting": presenters.waiting(request.by, request.at), "done": done(request)}
    return render(request, "desk/dispatch/page.html", context)
