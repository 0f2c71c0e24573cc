"""Questions about grants: what somebody holds, what breaks the separation of duties, what waits to be looked at."""

from zhongshu.registers.people.queries.grants.held import above, clashes, every, given, reach_of
from zhongshu.registers.people.queries.grants.lists import PAGE, After, Filter, due, page
from zhongshu.registers.people.queries.grants.violations import violations
from zhongshu.registers.people.queries.grants.why import to_ask

__all__ = [
    "PAGE", "After", "Filter", "above", "clashes", "due", "every", "given", "page", "reach_of", "to_ask", "violations",
]  # fmt: skip
