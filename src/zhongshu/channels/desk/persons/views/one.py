"""One person's record, for a clerk who has them at the counter or a matter of theirs on the desk."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from zhongshu.base.http import access, reading
from zhongshu.base.http.refusals import Conflict, Invalid, Refusal, TooLarge, TooMany
from zhongshu.base.permissions import rules as permissions
from zhongshu.channels.desk.persons import presenters
from zhongshu.channels.presenters import persons as shown
from zhongshu.engine.cases.queries import ties
from zhongshu.registers.documents import actions as documents
from zhongshu.registers.people import actions as people
from zhongshu.registers.people.actions.looks import admitted
from zhongshu.registers.people.queries import looks, persons
from zhongshu.registers.people.rules import numbers
from zhongshu.registers.people.rules.persons import Identity, Purpose


@never_cache
@require_safe
@access.holding(looks.FIND)
def person(request: access.Request, person: UUID) -> HttpResponse:
    """The record, masked. One that is not the clerk's to see is absent, and the attempt is recorded."""
    return _page(request, person)


@sensitive_post_parameters("number", "name")
@require_POST
@access.holding(looks.VERIFY)
def verify(request: access.Request, person: UUID) -> HttpResponse:
    """Keep that the person showed a document, with a picture of it if one was taken."""
    kind, number, name, seen = (reading.text(request.POST, field) for field in ("kind", "number", "name", "seen"))

    def met() -> str:
        admitted(person, by=request.by, at=request.at)
        numbers.spelled(kind, number, request.at.date())
        photo = _photo(request)
        return people.verify_in_person(
            person, kind, number, name, seen, photo=photo, by=request.by, at=request.at
        ).value

    return _done(request, person, "number", met)


@never_cache
@require_POST
@access.holding(looks.FIND)
def show(request: access.Request, person: UUID) -> HttpResponse:
    """The same page with name, number and phone in full, once, for the purpose given."""
    purpose, words = reading.text(request.POST, "purpose"), reading.text(request.POST, "words")
    try:
        whole = people.show_identity(person, purpose, words, by=request.by, at=request.at)
    except (Invalid, TooMany) as problem:
        return _page(request, person, problems={problem.field or "words": problem}, status=problem.status)
    return _page(request, person, whole=whole)


@require_POST
@access.holding(looks.FIND)
def merge(request: access.Request, person: UUID) -> HttpResponse:
    """Propose that another record is the same person's."""

    def propose() -> str:
        reason = reading.text(request.POST, "reason")
        people.propose_merge(person, _other(request), reason, by=request.by, at=request.at)
        return "asked"

    return _done(request, person, "reason", propose)


@require_POST
@access.holding(looks.VERIFY)
def confirm(request: access.Request, person: UUID, role: UUID) -> HttpResponse:
    """Keep that the person showed the licence of the firm they represent."""

    def seen() -> str:
        name, how = reading.text(request.POST, "firm"), reading.text(request.POST, "seen")
        people.confirm_representative(role, name, how, by=request.by, at=request.at)
        return "confirmed"

    return _done(request, person, "firm", seen)


def _done(request: access.Request, person: UUID, field: str, act: Callable[[], str]) -> HttpResponse:
    """The page with what was wrong, or onward to it with what was done."""
    try:
        outcome = act()
    except (Invalid, Conflict, TooLarge) as problem:
        wrong = "reason" if field == "reason" and problem.field in ("", "words") else problem.field or field
        return _page(request, person, problems={wrong: problem}, status=problem.status)
    answer = redirect("desk:person", person)
    answer["Location"] += f"?outcome={outcome}"
    return answer


def _photo(request: access.Request) -> UUID | None:
    """The picture sent with the form, kept; None when there is none."""
    sent = request.FILES.get("photo")
    if sent is None:
        return None
    try:
        return documents.keep_photo(sent.read(), sent.name or "", by=request.by, at=request.at).pk
    except Refusal as problem:
        problem.field = "photo"
        raise


def _other(request: access.Request) -> UUID:
    try:
        return UUID(request.POST.get("other", ""))
    except ValueError:
        raise Invalid("请选择另一份档案。", field="other") from None


def _page(
    request: access.Request, person: UUID, *, problems: Mapping[str, Any] | None = None,
    whole: Identity | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    found = admitted(person, by=request.by, at=request.at)
    accounts = persons.accounts_of(person)
    twins, others = presenters.others(person, request.by, request.at)
    purposes = {code: word for code, word in shown.PURPOSES.items() if code != Purpose.OWN}
    context = {
        "person": shown.masked(found), "whole": whole, "accounts": accounts,
        "roles": presenters.roles(person, request.at),
        "cases": ties.told_by([account.pk for account in accounts], by=request.by, at=request.at),
        "twins": twins, "others": others,
        "may_verify": permissions.holds_anywhere(request.by, looks.VERIFY, request.at),
        "kinds": shown.choices(shown.KINDS, request.POST.get("kind", "resident_id")),
        "purposes": shown.choices(purposes, request.POST.get("purpose", "")),
        "seen": shown.choices(shown.SEEN, request.POST.get("seen", "")),
        "problems": problems or {}, "typed": request.POST, "done": request.GET.get("outcome", ""),
        "outcome": shown.outcome(request.GET.get("outcome", "")),
    }  # fmt: skip
    return render(request, "desk/persons/person.html", context, status=status)
