"""A standard OpenID provider: authorization code with PKCE (OpenID Connect Core 1.0, RFC 7636, RFC 9207)."""

import logging
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

from zhongshu.base.http.refusals import Unauthenticated, Unavailable
from zhongshu.registers.identity.models import Source
from zhongshu.registers.identity.queries import discovery, sources
from zhongshu.registers.identity.rules import claims, pkce, tokens
from zhongshu.registers.identity.rules.attempts import Attempt
from zhongshu.registers.identity.rules.claims import Claims

log = logging.getLogger(__name__)


class OpenId:
    """Speaks with any provider that describes itself at `/.well-known/openid-configuration`."""

    def authorize_url(self, source: Source, attempt: Attempt, state: str, back: str) -> str:
        """The provider's sign-in page for this attempt."""
        about = discovery.provider(source.issuer).about
        asked = {
            "response_type": "code", "client_id": source.client, "redirect_uri": back, "scope": source.scopes,
            "state": state, "nonce": attempt.nonce, "code_challenge": pkce.challenge(attempt.verifier),
            "code_challenge_method": "S256",
        }  # fmt: skip
        return _with(about["authorization_endpoint"], asked)

    def exchange(self, source: Source, attempt: Attempt, answer: dict[str, str], back: str, at: datetime) -> Claims:
        """Who came: the code is changed for an ID token, which is checked; userinfo adds what the token leaves out."""
        about = discovery.provider(source.issuer).about
        _from(answer, about)
        said = self._tokens(source, about, answer["code"], attempt.verifier, back)
        token, access = str(said["id_token"]), str(said.get("access_token", ""))
        expected = tokens.Expected(source.issuer, source.client, attempt.nonce, access)
        found = tokens.id_token(token, discovery.keys(source.issuer, tokens.key_id(token)), expected, at)
        if any(theirs not in found for theirs in source.claims.values()):
            found = _more(about, access, found["sub"]) | found
        return claims.read(found, source.claims, source.trusted)

    def leave_url(self, source: Source, back: str) -> str:
        """The provider's sign-out page (RP-Initiated Logout 1.0). No token was kept, so it asks the person itself."""
        place = discovery.provider(source.issuer).about.get("end_session_endpoint", "")
        return _with(place, {"client_id": source.client, "post_logout_redirect_uri": back}) if place else ""

    def _tokens(self, source: Source, about: dict[str, Any], code: str, verifier: str, back: str) -> dict[str, Any]:
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
        secret = sources.secret(source)
        takes = about.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if secret and "client_secret_basic" in takes:
            shown: Any = (quote(source.client, safe=""), quote(secret, safe=""))
        else:
            shown = None
            form |= {"client_id": source.client} | ({"client_secret": secret} if secret else {})
        said = discovery.fetched("POST", about["token_endpoint"], data=form, auth=shown)
        if "id_token" not in said:
            log.warning("%s gave no token: %s", source.code, str(said.get("error", ""))[:60])
            raise Unauthenticated("登录来源没有认可这次登录，请重新登录。")
        return said


def _from(answer: dict[str, str], about: dict[str, Any]) -> None:
    """The answer is this provider's own and says yes (RFC 9207: a code of another must not be brought to it)."""
    named = answer.get("iss")
    if (named is None and about.get("authorization_response_iss_parameter_supported")) or named not in (
        None,
        about["issuer"],
    ):
        raise Unauthenticated("返回的登录结果与发起的不一致，已拒绝。请回到登录页重新登录。")
    if answer.get("error") in ("login_required", "access_denied", "interaction_required", "consent_required"):
        raise Unauthenticated("您没有在登录来源完成登录。可以重新登录，或用其他方式登录。")
    if answer.get("error") or not answer.get("code"):
        raise Unavailable("登录来源暂时不能登录，请稍后再试，或用其他方式登录。", retry_after=30)


def _more(about: dict[str, Any], access: str, subject: str) -> dict[str, Any]:
    """What userinfo says of the same person; of another one it is not believed (Core, 5.3.2)."""
    if not access or "userinfo_endpoint" not in about:
        return {}
    said = discovery.fetched("GET", about["userinfo_endpoint"], headers={"Authorization": f"Bearer {access}"})
    if "error" in said:
        return {}
    if said.get("sub") != subject:
        raise Unauthenticated("登录来源的凭证前后不符，已拒绝。请重新登录。")
    return said


def _with(address: str, asked: dict[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"
