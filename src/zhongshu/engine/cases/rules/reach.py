"""What lies over a case: every place and body, as one row of numbers. Pure."""

from collections.abc import Iterable, Sequence

from zhongshu.base.permissions.rules import body_key
from zhongshu.registers.places.rules import codes


def over(place: int, lineages: Iterable[Sequence[int]]) -> tuple[int, ...]:
    """The ancestors of a place and those of bodies, given from the root down to each body itself; each once."""
    above = (body_key(ancestor) for lineage in lineages for ancestor in lineage)
    return (*codes.ancestors(place), *dict.fromkeys(above))
