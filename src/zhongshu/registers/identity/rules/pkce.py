"""Proof key for code exchange (RFC 7636), method S256 alone. Pure."""

import base64
import hashlib
import hmac
import re

_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")


def challenge(verifier: str) -> str:
    """What is sent ahead of a verifier."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def is_challenge(text: str) -> bool:
    """Whether this can be the S256 challenge of any verifier."""
    return _CHALLENGE.fullmatch(text) is not None


def proves(verifier: str, sent: str) -> bool:
    """Whether the verifier is the one whose challenge was sent."""
    return _VERIFIER.fullmatch(verifier) is not None and hmac.compare_digest(challenge(verifier), sent)
