"""Questions about responsibility, duty and what was learnt. The editors' own: `rows`, `trials`, `rosters`."""

from zhongshu.engine.dispatch.queries.nearest import nearest, point
from zhongshu.engine.dispatch.queries.officers import HANDLER, on_shift, positions, roads
from zhongshu.engine.dispatch.queries.rosters import FIELD_ROLES
from zhongshu.engine.dispatch.queries.sendable import sendable
from zhongshu.engine.dispatch.queries.suggesting import Suggested, suggest_category
from zhongshu.engine.dispatch.queries.written import bodies, matter, rank_bodies, seen, table

__all__ = [
    "FIELD_ROLES", "HANDLER", "Suggested", "bodies", "matter", "nearest", "on_shift", "point", "positions",
    "rank_bodies", "roads", "seen", "sendable", "suggest_category", "table",
]  # fmt: skip
