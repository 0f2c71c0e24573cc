"""Where other systems speak with us: what we say of ourselves, tokens, and notices that somebody signed out.

These doors speak the standard's words, so refusals are its JSON (RFC 6749, 5.2; RFC 6750, 3), in English.
"""

import base64
import binascii
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import unquote_plus

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhongshu.base.http import access, limits
from zhongshu.base.http.limits import Limit
from zhongshu.base.http.origin import address
from zhongshu.base.http.refusals import Refusal, TooMany, Unavailable
from zhongshu.registers.identity.actions import leaving, permits
from zhongshu.registers.identity.models import Client, Source
from zhongshu.registers.identity.queries import clients, sources
from zhongshu.registers.identity.rules.clients import SCOPES
from zhongshu.registers.identity.rules.protocol import Wrong

WRONG_SECRETS = Limit("identity.wrong_secret", 20, 900)
NOTICES = Limit("identity.notices", 600, 60)

View = Callable[..., HttpResponse]


def _in_protocol(view: View) -> View:
    """Answers what is wrong as the standard says; nothing here is ever kept by a cache."""

    @wraps(view)
    def answer(request: access.Request, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Wrong as wrong:
            said = {"error": wrong.code, "error_description": wrong.why}
            response = JsonResponse(said, status=wrong.status)
            if wrong.status == 401:
                scheme = "Bearer" if wrong.code == "invalid_token" else "Basic"
                response["WWW-Authenticate"] = f'{scheme} realm="zhongshu", error="{wrong.code}"'
        response["Cache-Control"] = "no-store"
        return response

    return answer


@require_GET
@access.anyone
def about(request: access.Request) -> HttpResponse:
    """What we say of ourselves (OpenID Connect Discovery 1.0, 3)."""
    issuer = clients.issuer()
    places = {
        "authorization_endpoint": "account:authorize", "token_endpoint": "identity:token",
        "userinfo_endpoint": "identity:userinfo", "jwks_uri": "identity:keys",
        "end_session_endpoint": "account:log_out",
    }  # fmt: skip
    said = {
        "issuer": issuer,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["RS256", "ES256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
        "code_challenge_methods_supported": ["S256"],
        "scopes_supported": list(SCOPES),
        "claims_supported": [
            "sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "at_hash", "sid", "name", "account_kind",
            "real_name_level", "phone_number", "phone_number_verified", "org", "roles",
        ],
        "authorization_response_iss_parameter_supported": True,
        "backchannel_logout_supported": True,
        "backchannel_logout_session_supported": True,
        "request_parameter_supported": False,
        "request_uri_parameter_supported": False,
        "claims_parameter_supported": False,
    }  # fmt: skip
    return JsonResponse(said | {name: f"{issuer}{reverse(place)}" for name, place in places.items()})


@require_GET
@access.anyone
def keys(request: access.Request) -> HttpResponse:
    """The public keys of what we sign; a new one stands here a day before it signs."""
    return JsonResponse({"keys": clients.shown_keys(request.at)}, headers={"Cache-Control": "public, max-age=3600"})


@csrf_exempt
@require_POST
@access.anyone
@_in_protocol
def token(request: access.Request) -> HttpResponse:
    """Changes a code or a refresh token for tokens; who may, its client proves."""
    given = request.POST
    client = _client(request)
    match given.get("grant_type"):
        case "authorization_code":
            code, back, verifier = (given.get(name, "") for name in ("code", "redirect_uri", "code_verifier"))
            return JsonResponse(permits.redeem(client, code, back, verifier, request.at))
        case "refresh_token":
            return JsonResponse(permits.renew(client, given.get("refresh_token", ""), request.at))
    raise Wrong("unsupported_grant_type", "grant_type must be authorization_code or refresh_token")


@csrf_exempt
@require_http_methods(["GET", "POST"])
@access.anyone
@_in_protocol
def userinfo(request: access.Request) -> HttpResponse:
    """What the bearer of an access token may know of its person."""
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise Wrong("invalid_token", "send the access token as Authorization: Bearer", 401)
    return JsonResponse(permits.told(bearer.strip(), request.at))


@csrf_exempt
@require_POST
@access.anyone
@_in_protocol
def source_logout(request: access.Request, code: str) -> HttpResponse:
    """A source says that somebody signed out there (OpenID Connect Back-Channel Logout 1.0, 2.5)."""
    try:
        limits.take(NOTICES, address(request), request.at)
        leaving.heard(sources.source(code, Source.Kind.OPENID), request.POST.get("logout_token", ""), request.at)
    except (TooMany, Unavailable) as problem:
        raise Wrong("temporarily_unavailable", "try again later", problem.status) from None
    except Refusal:
        raise Wrong("invalid_request", "the logout token is not valid here") from None
    return HttpResponse(status=200)


def _client(request: access.Request) -> Client:
    """Which system speaks: by HTTP Basic or in the form, not both (RFC 6749, 2.3.1)."""
    given = request.POST
    id_, secret = _basic(request) or (given.get("client_id", ""), given.get("client_secret", ""))
    if "Authorization" in request.headers and ("client_secret" in given or given.get("client_id", id_) != id_):
        raise Wrong("invalid_request", "authenticate by one method only")
    client = clients.client(id_)
    if client is None or not clients.proves(client, secret):
        try:
            limits.take(WRONG_SECRETS, f"{id_}|{address(request)}", request.at)
        except TooMany as problem:
            raise Wrong("temporarily_unavailable", "too many failed attempts", problem.status) from None
        raise Wrong("invalid_client", "the client is unknown or its secret is wrong", 401)
    return client


def _basic(request: access.Request) -> tuple[str, str] | None:
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        id_, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return unquote_plus(id_), unquote_plus(secret)
