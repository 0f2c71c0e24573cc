"""Other systems that people sign in to through us: registering and withdrawing them."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from zhongshu.base.http import access, reading
from zhongshu.base.http.refusals import Invalid
from zhongshu.channels.desk.admin.presenters import tabs
from zhongshu.registers.identity.actions import clients as registering
from zhongshu.registers.identity.models import Client
from zhongshu.registers.identity.queries import clients as known


@access.holding("keys.manage", fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def clients(request: access.Request) -> HttpResponse:
    """The systems; a POST registers one, and its secret is shown this once."""
    if request.method != "POST":
        return _page(request)
    try:
        made = _registered(request, request.POST)
    except Invalid as problem:
        return _page(request, problems={problem.field: problem}, typed=request.POST.dict(), status=422)
    answer = _page(request, made=made)
    answer["Cache-Control"] = "no-store"
    return answer


@access.holding("keys.manage", fresh=True)
@require_POST
def withdraw(request: access.Request, client: str) -> HttpResponse:
    """Let a system ask no more; whoever is signed in there through us is told out."""
    registering.withdraw(client, by=request.by, at=request.at)
    return redirect("desk:clients")


def _registered(request: access.Request, typed: QueryDict) -> tuple[Client, str]:
    return registering.register(
        reading.text(typed, "name"), reading.text(typed, "name_en"), reading.text(typed, "redirects").split(),
        scopes=typed.getlist("scopes"), leaves=reading.text(typed, "leaves").split(),
        back_channel=reading.text(typed, "back_channel").strip(), public="public" in typed,
        full_name="full_name" in typed, algorithm="ES256" if typed.get("algorithm") == "ES256" else "RS256",
        by=request.by, at=request.at,
    )  # fmt: skip


def _offered() -> list[tuple[str, str]]:
    """What a system may ask for beside a name of its own for each person."""
    return [
        ("profile", gettext("姓名、账号种类和实名等级")), ("phone", gettext("手机号")),
        ("org", gettext("所在单位和岗位")),
    ]  # fmt: skip


def _page(
    request: access.Request, *, made: tuple[Client, str] | None = None, problems: Mapping[str, Any] | None = None,
    typed: Mapping[str, str] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "tabs": tabs.tabs(request), "clients": known.clients(),
        "made": made, "problems": problems or {}, "typed": typed or {},
        "asked": request.POST.getlist("scopes") if problems else [], "scopes": _offered(),
        "about": f"{known.issuer()}/.well-known/openid-configuration",
    }  # fmt: skip
    return render(request, "desk/admin/clients.html", context, status=status)
