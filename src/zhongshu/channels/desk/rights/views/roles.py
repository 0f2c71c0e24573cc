"""Every role with what it lets somebody do, and which must not meet in one person."""

from django.http import HttpResponse
from django.shortcuts import render

from zhongshu.base.http import access
from zhongshu.channels.desk.rights.presenters import tabs
from zhongshu.channels.desk.rights.presenters.roles import apart, described


@access.signed_in
def roles(request: access.Request) -> HttpResponse:
    """The roles and the rules that keep them apart."""
    return render(
        request, "desk/rights/roles.html", {"tabs": tabs.tabs(request), "roles": described(), "apart": apart()}
    )
