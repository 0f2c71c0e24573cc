"""Questions about proofs, sessions and devices."""

from zhongshu.registers.identity.queries.devices import devices
from zhongshu.registers.identity.queries.events import events
from zhongshu.registers.identity.queries.factors import Factor, factors, has_factor, recovery_codes_left
from zhongshu.registers.identity.queries.passwords import is_stale
from zhongshu.registers.identity.queries.sessions import digest, is_fresh, of_session, required, session_id, sessions

__all__ = [
    "Factor", "devices", "digest", "events", "factors", "has_factor", "is_fresh", "is_stale", "of_session",
    "recovery_codes_left", "required", "session_id", "sessions",
]  # fmt: skip
