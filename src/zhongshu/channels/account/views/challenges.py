"""The challenge a passkey has to sign: kept in the session, good once and for five minutes."""

from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils.translation import gettext
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from zhongshu.base.http.refusals import Invalid
from zhongshu.registers.identity.actions.passkeys import Asked, Site

KEY = "challenge"
LIFE = timedelta(minutes=5)


def site(request: HttpRequest) -> Site:
    """Where the pages are, as this browser sees them; ALLOWED_HOSTS has checked the name."""
    host = request.get_host()
    return Site(host.rpartition(":")[0] or host, f"{request.scheme}://{host}", gettext("中枢"))


def keep(session: SessionBase, use: str, asked: Asked, at: datetime) -> None:
    """Keep what was asked for `use`; what was asked before is void."""
    session[KEY] = {"use": use, "challenge": bytes_to_base64url(asked.challenge), "at": at.isoformat()}


def take(session: SessionBase, use: str, at: datetime) -> bytes:
    """The challenge asked for this use, which is spent with this."""
    kept = session.pop(KEY, None)
    if not kept or kept["use"] != use or at >= datetime.fromisoformat(kept["at"]) + LIFE:
        raise Invalid("验证请求已过期，请再按一次按钮。", field="credential")
    return base64url_to_bytes(kept["challenge"])
