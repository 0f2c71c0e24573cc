"""ID tokens of our own that come back as a hint of who wants to sign out."""

from datetime import datetime

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from zhongshu.registers.identity.models import Permit
from zhongshu.registers.identity.queries import clients
from zhongshu.registers.identity.rules import tokens


def permit(hint: str, at: datetime) -> Permit | None:
    """The permit an ID token of ours was made for, expired or not; None when we never made it."""
    try:
        keys = KeySet.import_key_set({"keys": clients.shown_keys(at)})
        said = jwt.decode(hint, keys, algorithms=["RS256", "ES256"]).claims
    except (JoseError, ValueError):
        return None
    if said.get("iss") != clients.issuer() or tokens.LOGOUT in said.get("events", {}):
        return None
    return Permit.objects.select_related("client").filter(pk=str(said["sid"]), client=str(said["aud"])).first()
