"""Verbs on proofs, sessions and devices; each module is read by its name: `identity.sessions.begin(…)`."""

from zhongshu.registers.identity.actions import (
    devices,
    factors,
    passkeys,
    passwords,
    recovery,
    sessions,
    totp,
    trying,
)
from zhongshu.registers.identity.actions.devices import bind_device, enrol_code, revoke_device
from zhongshu.registers.identity.actions.sessions import end_sessions

__all__ = [
    "bind_device", "devices", "end_sessions", "enrol_code", "factors", "passkeys", "passwords", "recovery",
    "revoke_device", "sessions", "totp", "trying",
]  # fmt: skip
