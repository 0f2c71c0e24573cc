"""One-time codes of authenticator apps (RFC 6238): six digits, thirty seconds. Pure."""

from datetime import datetime

import pyotp

STEP = 30
DRIFT = 1
"""Steps before and after the present one that still count: clocks differ, and typing takes time (RFC 6238, 5.2)."""


def step(at: datetime) -> int:
    """The number of the time step a moment lies in."""
    return int(at.timestamp()) // STEP


def accepted_step(secret: str, typed: str, at: datetime, last: int) -> int | None:
    """The time step whose code was typed; None when it is no code of now, or not newer than `last`.

    A code counts once: what was accepted, and all before it, is used up (RFC 6238, 5.2).
    """
    code = "".join(typed.split())
    if not (len(code) == 6 and code.isascii() and code.isdecimal()):
        return None
    here, app = step(at), pyotp.TOTP(secret)
    near = range(max(here - DRIFT, last + 1), here + DRIFT + 1)
    return next((number for number in near if pyotp.utils.strings_equal(app.generate_otp(number), code)), None)


def address(secret: str, login: str, issuer: str) -> str:
    """The `otpauth:` address an app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=issuer)
