"""Finding the person at the counter, or opening a record for them."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from zhongshu.base.http import access, reading
from zhongshu.base.http.refusals import Forbidden, Refusal
from zhongshu.channels.desk.persons import presenters
from zhongshu.channels.presenters import persons as shown
from zhongshu.registers.people import actions as people
from zhongshu.registers.people.queries import looks

FIELDS = ("kind", "number", "name", "phone")


@sensitive_post_parameters(*FIELDS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.holding(looks.FIND)
def find(request: access.Request) -> HttpResponse:
    """Ask for the whole number, or the whole name and phone; what was typed never stands in an address."""
    if request.method != "POST":
        return _page(request)
    given = {name: reading.text(request.POST, name) for name in FIELDS}
    try:
        found = people.find_person(**given, by=request.by, at=request.at)
    except Forbidden:
        raise
    except Refusal as problem:
        return _page(request, problems={problem.field or "number": problem}, status=problem.status)
    if len(found) == 1:
        return redirect("desk:person", found[0].pk)
    return _page(request, found=presenters.found(found), searched=True)


@sensitive_post_parameters("name", "phone")
@require_POST
@access.holding(looks.FIND)
def new(request: access.Request) -> HttpResponse:
    """Open a record for somebody who has none."""
    name, phone = reading.text(request.POST, "name"), reading.text(request.POST, "phone")
    try:
        person = people.open_person(name, phone, by=request.by, at=request.at)
    except Forbidden:
        raise
    except Refusal as problem:
        return _page(request, problems={problem.field: problem}, searched=True, status=problem.status)
    return redirect("desk:person", person.pk)


def _page(
    request: access.Request, *, found: list[shown.Masked] | None = None, searched: bool = False,
    problems: Mapping[str, Any] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "found": found or [], "searched": searched, "problems": problems or {}, "typed": request.POST,
        "kinds": shown.choices(shown.KINDS, request.POST.get("kind", "resident_id")),
        "open": presenters.found(looks.open_with(request.by, request.at)),
    }  # fmt: skip
    return render(request, "desk/persons/find.html", context, status=status)
