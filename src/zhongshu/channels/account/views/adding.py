"""Setting up a factor on a page: an authenticator app by its QR code, or a passkey."""

from typing import Any

from django.utils.translation import gettext

from zhongshu.base.http import access
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.account.presenters import qr
from zhongshu.channels.account.views import challenges, entering
from zhongshu.registers.identity import actions as identity
from zhongshu.registers.identity.rules import totp
from zhongshu.registers.people.models import Account

SECRET = "totp"
"""Where a session keeps the sealed secret of an app that is being set up."""


def offered(request: access.Request, account: Account) -> dict[str, Any]:
    """The secret to set an app up with: the one shown before, until an app has proved it."""
    sealed = request.session.get(SECRET) or identity.totp.new_secret()
    request.session[SECRET] = sealed
    secret = identity.totp.shown(sealed)
    return {"secret": secret, "code": qr.code(totp.address(secret, account.login, gettext("中枢")))}


def add(request: access.Request, account: Account, *, by: Actor) -> str:
    """Add what the page brings, a passkey or an app; says which."""
    if request.POST.get("credential", ""):
        add_passkey(request, account, by=by)
        return "passkey"
    add_app(request, account, by=by)
    return "totp"


def add_passkey(request: access.Request, account: Account, *, by: Actor) -> None:
    """Add the passkey the browser has just made."""
    challenge, site = challenges.take(request.session, "register", request.at), challenges.site(request)
    answer, name = request.POST.get("credential", "")[:20_000], request.POST.get("name", "")
    origin = entering.origin(request)
    identity.passkeys.add(account, site, challenge, answer, name, origin=origin, by=by, at=request.at)


def add_app(request: access.Request, account: Account, *, by: Actor) -> None:
    """Add the app that shows the code typed."""
    sealed, typed = request.session.get(SECRET, ""), request.POST.get("code", "")[:100]
    origin, name = entering.origin(request), request.POST.get("name", "")
    with identity.trying.proof(account, request.at):
        identity.totp.add(account, sealed, typed, name, origin=origin, by=by, at=request.at)
    request.session.pop(SECRET, None)
