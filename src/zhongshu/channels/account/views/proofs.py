"""Proofs somebody gives on a page: a code of an app, a recovery code, a passkey, the password."""

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Unauthenticated
from zhongshu.channels.account.views import challenges, entering
from zhongshu.registers.identity import actions as identity
from zhongshu.registers.identity.queries import Factor
from zhongshu.registers.people.models import Account


def by_passkey(held: list[Factor]) -> bool:
    """Whether a passkey is among the factors, and its button worth showing."""
    return any(factor.kind == "passkey" for factor in held)


def second(request: access.Request, account: Account, use: str) -> str:
    """What has proved the account beside its password: totp, passkey or recovery; Unauthenticated when nothing did."""
    origin, by, at = entering.origin(request), entering.as_actor(account), request.at
    typed = request.POST.get("code", "")[:100]
    with identity.trying.proof(account, at):
        if answer := request.POST.get("credential", ""):
            challenge = challenges.take(request.session, use, at)
            site = challenges.site(request)
            identity.passkeys.prove(site, challenge, answer[:10_000], account=account, origin=origin, at=at)
            return "passkey"
        if identity.totp.prove(account, typed, origin=origin, by=by, at=at):
            return "totp"
        if identity.recovery.prove(account, typed, origin=origin, by=by, at=at):
            return "recovery"
        identity.trying.tell_failed(account, origin, at)
        raise Unauthenticated("验证码不对，或已经用过。动态口令每三十秒换一个，请输入最新的。", field="code")


def password(request: access.Request, account: Account) -> None:
    """Refuse unless the account's password was given."""
    with identity.trying.proof(account, request.at):
        if not account.check_password(request.POST.get("password", "")[:1000]):
            identity.trying.tell_failed(account, entering.origin(request), request.at)
            raise Unauthenticated("密码不对，请核对后再试。", field="password")
