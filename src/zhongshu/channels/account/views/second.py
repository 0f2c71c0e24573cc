"""The second step of signing in: proving, setting up the second factor, or a new password where the old is too old."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from zhongshu.base.http import access
from zhongshu.base.http.middleware import said
from zhongshu.base.http.refusals import Refusal
from zhongshu.channels.account.views import adding, entering, half, proofs
from zhongshu.channels.account.views.half import Half
from zhongshu.registers.identity import actions as identity
from zhongshu.registers.identity import queries
from zhongshu.registers.people.models import Account


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.anyone
def second(request: access.Request) -> HttpResponse:
    """Ask for the second proof, or have it set up; whoever has given no first one is led to it."""
    begun = half.read(request.session, request.at)
    if begun is None or begun.stale:
        return HttpResponseRedirect(reverse("account:sign_in"))
    account = begun.owner()
    if request.method != "POST":
        return _page(request, account, begun)
    try:
        return _enrolled(request, account, begun) if begun.enrol else _proved(request, account, begun)
    except Refusal as problem:
        return _page(request, account, begun, problem)


def _proved(request: access.Request, account: Account, begun: Half) -> HttpResponse:
    method = proofs.second(request, account, "second")
    return entering.enter(request, account, f"{begun.method}+{method}", begun.onward)


def _enrolled(request: access.Request, account: Account, begun: Half) -> HttpResponse:
    """In, and first to the recovery codes: whoever loses the only factor needs them."""
    method = adding.add(request, account, by=entering.as_actor(account))
    return entering.enter(request, account, f"{begun.method}+{method}", reverse("account:recovery_codes"))


def _page(request: access.Request, account: Account, begun: Half, problem: Refusal | None = None) -> HttpResponse:
    context = {
        "problem": problem and said(problem),
        "enrol": begun.enrol,
        "by_passkey": proofs.by_passkey(queries.factors(account.pk)),
    }
    if begun.enrol:
        context |= adding.offered(request, account)
    return render(request, "account/second.html", context, status=problem.status if problem else 200)


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@access.anyone
def renew(request: access.Request) -> HttpResponse:
    """A new password before going on, where the one given is older than the platform allows."""
    begun = half.read(request.session, request.at)
    if begun is None or not begun.stale:
        return HttpResponseRedirect(reverse("account:sign_in"))
    account, problems = begun.owner(), {}
    if request.method == "POST":
        try:
            identity.passwords.change(
                account, request.POST.get("password", ""), but=None, origin=entering.origin(request),
                by=entering.as_actor(account), at=request.at,
            )  # fmt: skip
            return entering.enter(request, account, begun.method, begun.onward)
        except Refusal as problem:
            problems = {problem.field or "password": problem}
    return render(request, "account/renew.html", {"problems": problems}, status=422 if problems else 200)
