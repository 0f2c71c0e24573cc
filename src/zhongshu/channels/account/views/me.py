"""Who one is to the platform: how sure that is, and saying it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from zhongshu.base.http import access, reading
from zhongshu.base.http.refusals import Absent, Refusal
from zhongshu.channels.account import consents
from zhongshu.channels.account.presenters import privacy
from zhongshu.channels.presenters import persons as shown
from zhongshu.registers.people import actions as people
from zhongshu.registers.people.models import Person
from zhongshu.registers.people.queries import persons
from zhongshu.registers.people.rules.persons import Identity
from zhongshu.registers.privacy.actions import notices
from zhongshu.registers.privacy.rules.notices import SENSITIVE

UNTICKED = "请阅读个人信息告知书，同意后再核验。不核验也可以上报问题。"


@sensitive_post_parameters("number", "name")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def me(request: access.Request) -> HttpResponse:
    """How sure it is who one is, and what that opens; a POST says who one is."""
    person = persons.of_account(request.by.id)
    if request.method != "POST":
        return page(request, person)
    given = {name: reading.text(request.POST, name) for name in ("kind", "number", "name")}
    own = _own(person)
    try:
        version = consents.version_ticked(request.POST, UNTICKED)
        with transaction.atomic():
            notices.give(SENSITIVE, version, "identity", by=request.by, at=request.at)
            outcome = people.claim_identity(own.pk, **given, by=request.by, at=request.at)
    except Absent:
        raise
    except Refusal as problem:
        return page(request, person, problems={problem.field or "number": problem}, status=problem.status)
    return HttpResponseRedirect(f"{reverse('account:me')}?outcome={outcome}")


@never_cache
@require_POST
@access.signed_in
def whole(request: access.Request) -> HttpResponse:
    """The same page with one's own data in full, once; that is a look like any other."""
    person = _own(persons.of_account(request.by.id))
    return page(request, person, whole=people.show_identity(person.pk, "", by=request.by, at=request.at))


def page(
    request: access.Request, person: Person | None, *, problems: Mapping[str, Any] | None = None,
    whole: Identity | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The page, also as it comes back when something was not taken."""
    context = {
        "person": person and shown.masked(person), "whole": whole, "problems": problems or {}, "typed": request.POST,
        "outcome": shown.outcome(request.GET.get("outcome", "")),
        "kinds": shown.choices(shown.KINDS, request.POST.get("kind", "resident_id")),
        "titles": {
            "name": gettext("姓名"), "number": gettext("证件号码"), "kind": gettext("证件类型"),
            "consent": gettext("个人信息告知书"),
        },
        "notice": privacy.sensitive(request.at),
    }  # fmt: skip
    return render(request, "account/me.html", context, status=status)


def _own(person: Person | None) -> Person:
    if person is None:
        raise Absent("工作账号不对应个人档案。")
    return person
