"""One's own data: what is kept, a copy, correction, deletion, and what one agreed to."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhongshu.base.http import access, limits, reading
from zhongshu.base.http.limits import Limit
from zhongshu.base.http.origin import address
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid, Refusal
from zhongshu.channels.account.presenters import privacy as presenter
from zhongshu.channels.presenters import names
from zhongshu.registers.privacy.actions import copying, notices, requests
from zhongshu.registers.privacy.queries import certificates
from zhongshu.registers.privacy.queries import notices as texts
from zhongshu.registers.privacy.queries import requests as queries
from zhongshu.registers.privacy.rules.notices import PURPOSES

COPIES = Limit("privacy.copy", 5, 86_400)
LOOKS = Limit("privacy.certificate", 60, 60)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.signed_in
def own(request: access.Request) -> HttpResponse:
    """What is kept of the visitor and why; a POST asks for something about it."""
    if request.method != "POST":
        return _page(request, None)
    kind = reading.text(request.POST, "kind")
    typed = {name: reading.text(request.POST, name)[:1000] for name in ("field", "value", "reason")}
    try:
        if kind == "export":
            limits.take(COPIES, request.by.id, request.at)
        requests.ask(kind, typed, by=request.by, at=request.at)
    except (Invalid, Conflict, Forbidden) as problem:
        return _page(request, problem)
    return redirect(reverse("account:privacy") + "#requests")


def _page(request: access.Request, problem: Refusal | None) -> HttpResponse:
    context = {
        "kinds": presenter.kinds(request.by, request.at), "asked": presenter.asked(request.by, request.at),
        "agreed": presenter.agreed(request.by), "again": texts.to_ask_again(request.by.id, request.at),
        "fields": presenter.fields(), "may_ask": request.by.kind in queries.ASKING,
        "problem": problem, "problems": {"privacy": problem} if problem else {},
        "kind": request.POST.get("kind", ""), "typed": request.POST,
    }  # fmt: skip
    return render(request, "account/privacy/page.html", context, status=problem.status if problem else 200)


@require_POST
@access.signed_in
def withdraw_request(request: access.Request, asked: UUID) -> HttpResponse:
    """Take a request back."""
    requests.withdraw(asked, by=request.by, at=request.at)
    return redirect(reverse("account:privacy") + "#requests")


@never_cache
@require_POST
@access.signed_in_fresh
def copy(request: access.Request, asked: UUID) -> HttpResponse:
    """The copy that was made, as a file."""
    data = copying.fetch(asked, by=request.by, at=request.at)
    name = f'attachment; filename="my-data-{request.at:%Y%m%d}.zip"'
    return HttpResponse(data, content_type="application/zip", headers={"Content-Disposition": name})


@require_POST
@access.signed_in
def withdraw_consent(request: access.Request, consent: UUID) -> HttpResponse:
    """Take a consent back."""
    notices.withdraw(consent, by=request.by, at=request.at)
    return redirect(reverse("account:privacy") + "#consents")


@require_http_methods(["GET", "HEAD", "POST"])
@access.anyone
def notice(request: access.Request, code: str) -> HttpResponse:
    """A notice as it is in force; who is signed in agrees to it with a POST."""
    if code not in PURPOSES:
        raise Absent("没有这个告知书。")
    shown = presenter.text(texts.current(code, request.at))
    if request.method == "POST":
        return _agree(request, shown)
    agreed = shown.consent and texts.agreed(request.by.id, code, request.at)
    onward = reading.own_page(request, request.GET.get("next", "")) if "next" in request.GET else ""
    return render(request, "account/privacy/notice.html", {"notice": shown, "agreed": agreed, "onward": onward})


def _agree(request: access.Request, shown: presenter.Text) -> HttpResponse:
    if request.by.kind == "device" or not request.user.is_authenticated:
        raise Forbidden("请先登录，再表示同意。")
    try:
        version = int(request.POST.get("version", "")[:9])
    except ValueError:
        raise Invalid("请阅读告知书后再选择。") from None
    notices.give(shown.code, version, "account", by=request.by, at=request.at)
    onward = request.POST.get("next", "")
    return redirect(reading.own_page(request, onward) if onward else reverse("account:privacy") + "#consents")


@require_safe
@access.anyone
def certificate(request: access.Request, id: UUID) -> HttpResponse:
    """A certificate of destruction, checked; anybody who has its number may look. `?form=json`: for programs."""
    limits.take(LOOKS, address(request), request.at)
    found = certificates.one(id)
    if request.GET.get("form") == "json":
        return JsonResponse({"said": found.text, "signature": found.signature, "genuine": found.genuine})
    kinds = [(names.holding(code), counts) for code, counts in found.said.counts.items()]
    return render(request, "account/privacy/certificate.html", {"one": found, "kinds": kinds})
