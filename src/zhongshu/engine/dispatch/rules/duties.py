"""The responsibility table: who is written down for which category at which place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Duty:
    """One row: this body answers for the categories under `category` at the places under `place`.

    Both are coarse to fine; empty is all.
    `trust` is the share of the answer the row holds against what was learned: 1 beats all counts, 0.5 is half
    of the answer. Outside 0 to 1 it is a `ValueError`. A higher `priority` prevails over a lower, whatever
    they cover.
    """

    body: str
    category: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    trust: float = 0.9
    priority: int = 0

    def __post_init__(self) -> None:
        if not 0.0 <= self.trust <= 1.0:
            raise ValueError("The trust in a duty is from 0 to 1.")

    def covers(self, category_path: Sequence[str], place_path: Sequence[str]) -> bool:
        """Whether the case lies under this row's category and place."""
        return (
            tuple(category_path[: len(self.category)]) == self.category
            and tuple(place_path[: len(self.place)]) == self.place
        )


def prevailing(duties: Iterable[Duty], category_path: Sequence[str], place_path: Sequence[str]) -> tuple[Duty, ...]:
    """The rows that decide: of those that cover the case the highest priority, then the most specific.

    More than one is left only when the table names several bodies for exactly this; they share the trust.
    """
    covering = [duty for duty in duties if duty.covers(category_path, place_path)]
    if not covering:
        return ()
    best = max(map(_standing, covering))
    return tuple(duty for duty in covering if _standing(duty) == best)


def _standing(duty: Duty) -> tuple[int, int, int]:
    return duty.priority, len(duty.category), len(duty.place)
