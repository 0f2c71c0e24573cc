"""How else one gets in: the sources an account is linked with."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhongshu.base.http import access
from zhongshu.base.http.middleware import said
from zhongshu.base.http.refusals import Conflict
from zhongshu.registers.identity.actions import arriving
from zhongshu.registers.identity.doors import doors
from zhongshu.registers.identity.models import Source
from zhongshu.registers.identity.queries import sources
from zhongshu.registers.people import rules as spelling
from zhongshu.registers.people.models import Account


@require_GET
@access.signed_in
def ways(request: access.Request) -> HttpResponse:
    """The ways into this account from elsewhere, and those it could have."""
    return _page(request)


@require_POST
@access.signed_in_fresh
def unlink(request: access.Request, link: UUID) -> HttpResponse:
    """Let the account come in that way no more."""
    try:
        arriving.unlink(Account.objects.get(pk=request.by.id), link, by=request.by, at=request.at)
    except Conflict as problem:
        return _page(request, problem, status=problem.status)
    return redirect("account:ways")


def _page(request: access.Request, wrong: Conflict | None = None, status: int = 200) -> HttpResponse:
    held = sources.links_of(UUID(request.by.id))
    taken = {link.source_id for link in held}
    phone = next((link for link in held if link.source.kind == Source.Kind.PHONE), None)
    context = {
        "links": [(link, sources.called(link.source), _shown(link.source, link.subject)) for link in held],
        "others": [(one, sources.called(one)) for one in sources.offered() if one.pk not in taken],
        "phone_offered": doors.sender is not None and phone is None,
        "wrong": wrong and said(wrong),
    }
    return render(request, "account/links.html", context, status=status)


def _shown(source: Source, subject: str) -> str:
    """What may be shown of the name there: the telephone, masked; other names mean nothing to people."""
    return spelling.masked_phone(subject) if source.kind == Source.Kind.PHONE else ""
