"""Who looked at my data."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from zhongshu.base.http import access
from zhongshu.channels.account.presenters import looks as presenter
from zhongshu.registers.people.queries import looks as queries
from zhongshu.registers.people.queries import persons


@never_cache
@require_safe
@access.signed_in
def looks(request: access.Request) -> HttpResponse:
    """Every showing of the visitor's own data, newest first."""
    person = persons.of_account(request.by.id)
    after = queries.After.parse(request.GET.get("after", ""))
    found = queries.page(person.pk, after, queries.PAGE + 1) if person else []
    page = found[: queries.PAGE]
    following = str(queries.After(page[-1].at, page[-1].pk)) if len(found) > queries.PAGE else ""
    context = {"lines": presenter.lines(page), "next": following, "person": person}
    return render(request, "account/looks.html", context)
