"""The yearly look at grants: which are due, and saying of many at once that they are still needed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from zhongshu.base.http import access
from zhongshu.base.permissions import rules as permissions
from zhongshu.channels.desk.rights import forms
from zhongshu.channels.desk.rights.presenters import rows, tabs
from zhongshu.registers.people import actions as people
from zhongshu.registers.people.actions.grants.reviewing import Reviewed
from zhongshu.registers.people.queries import grants
from zhongshu.registers.people.rules.grants import REVIEW


@access.holding(REVIEW, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: access.Request) -> HttpResponse:
    """The grants that are due within a month or overdue; a POST confirms those that were ticked, each for itself."""
    done: list[Reviewed] = []
    if request.method == "POST":
        ticked = (forms.number(one) for one in request.POST.getlist("grant"))
        done = people.confirm_grants([one for one in ticked if one is not None], by=request.by, at=request.at)
    scope = permissions.scope(request.by, REVIEW, request.at)
    refused = {one.grant: one.refusal for one in done if one.refusal}
    found = rows.rows(grants.due(scope, request.at), request.by, request.at)
    context = {
        "tabs": tabs.tabs(request), "rows": [(row, refused.get(row.grant.pk)) for row in found],
        "confirmed": len(done) - len(refused), "refused": len(refused), "done": bool(done),
        "full": len(found) == grants.PAGE,
    }  # fmt: skip
    return render(request, "desk/rights/review.html", context)
