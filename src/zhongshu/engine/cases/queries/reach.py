"""What lies over a case, and over what a task's role must be held."""

from collections.abc import Sequence

from zhongshu.engine.cases.rules import reach as rules
from zhongshu.registers.people import queries as people


def reach_of(place: int, *bodies: int) -> tuple[int, ...]:
    """Every place and body over a case: the ancestors of its place and those of the bodies it concerns, each once."""
    return rules.over(place, map(people.lineage, bodies))


def reach_of_pool(pool: int, place: int, reach: Sequence[int]) -> Sequence[int]:
    """What the role of a task in a pool must be held over: the line of the body it waits for, else the case's reach."""
    return reach_of(place, -pool) if pool < 0 else reach
