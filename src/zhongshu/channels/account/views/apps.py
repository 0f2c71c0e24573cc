"""The systems somebody lets know them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhongshu.base.http import access
from zhongshu.channels.account.presenters import apps as shown
from zhongshu.registers.identity.actions import permits
from zhongshu.registers.identity.queries import clients


@require_GET
@access.signed_in
def apps(request: access.Request) -> HttpResponse:
    """Which systems know one by name, and what of one."""
    held = clients.consents_of(UUID(request.by.id))
    rows = [(one, shown.called(one.client), shown.asks(one.client, one.scopes)) for one in held]
    return render(request, "account/apps.html", {"rows": rows})


@require_POST
@access.signed_in
def revoke(request: access.Request, client: str) -> HttpResponse:
    """Take it back: the system's tokens end at once."""
    permits.revoke(client, UUID(request.by.id), by=request.by, at=request.at)
    return redirect("account:apps")
