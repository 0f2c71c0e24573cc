"""Counts of who handled what where, and the keys they are kept under.

A case touches at most thirteen keys: its category and the coarser ones, each with its place and the coarser
ones. To learn is one upsert per key, to rank is one SELECT of those keys. In SQL an upsert of weight w on day
d is

    last = greatest(t.last, d), cases = t.cases + sign(w),
    n = t.n * 0.5 ^ ((greatest(t.last, d) - t.last) / half_life) + w * 0.5 ^ ((greatest(t.last, d) - d) /
    half_life)

so that the order in which cases arrive does not matter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from zhongshu.engine.dispatch.rules import bodies

DEEPEST = 3
"""How many levels of a category and of a place are used, the finest ones."""
HALF_LIFE = 120.0
"""Days after which a case weighs half."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One count: `n` cases as weighed on day `last`, and `cases` plainly counted (for people to read)."""

    n: float
    last: date
    cases: int = 0

    def on(self, day: date) -> float:
        """What the count weighs on a day; never below zero, never more for looking at it early."""
        return max(self.n * _fade(self.last, day), 0.0)

    def plus(self, weight: float, day: date) -> "Seen":
        """The count after one more case on a day; a negative weight is a case sent back."""
        return self.joined(Seen(weight, day, 1 if weight > 0 else -1))

    def joined(self, other: "Seen") -> "Seen":
        """Two counts as one."""
        latest = max(self.last, other.last)
        n = self.n * _fade(self.last, latest) + other.n * _fade(other.last, latest)
        return Seen(n, latest, self.cases + other.cases)


@dataclass(frozen=True, slots=True)
class Matter:
    """What dispatch goes by: the category and the place, coarse to fine, as learnt keys name them."""

    category: tuple[str, ...]
    place: tuple[str, ...]


Observations = Mapping[str, Mapping[str, Seen]]
"""Key → body (or its role, or a category) → count."""


class Node(NamedTuple):
    """One crossing of category and place; `category` and `place` are how many names of each path it keeps."""

    category: int
    place: int


def clean(path: Sequence[str]) -> tuple[str, ...]:
    """The finest levels of a path that are used, without blanks, unable to break a key."""
    return tuple(name.replace("/", "∕").replace("|", "∣") for name in path if name)[-DEEPEST:]


@cache
def grid(categories: int, places: int) -> tuple[Node, ...]:
    """The crossings kept for paths of these lengths, coarsest first.

    All of them for two levels of place (twelve keys); with a third, a fine place is crossed only with as fine
    a category.
    """
    return tuple(
        Node(category, place)
        for category in range(categories + 1)
        for place in range(places + 1)
        if places < DEEPEST or not category or not place or categories - category <= places - place
    )


@lru_cache(maxsize=16_384)
def crossings(categories: tuple[str, ...], places: tuple[str, ...]) -> Mapping[Node, str]:
    """The text each crossing of two clean paths is kept under: `市政设施/186/665|坪山街道/六联社区`, coarsest first.

    Either side may be empty.
    """
    return {
        node: f"{'/'.join(categories[: node.category])}|{'/'.join(places[: node.place])}"
        for node in grid(len(categories), len(places))
    }


def keys(category_path: Sequence[str], place_path: Sequence[str]) -> tuple[str, ...]:
    """Every key to read to rank a case here, coarsest first; at most thirteen."""
    return tuple(crossings(clean(category_path), clean(place_path)).values())


def touched(category_path: Sequence[str], place_path: Sequence[str], body: str) -> tuple[tuple[str, str], ...]:
    """Every (key, body as counted there) to upsert when a body handled a case here; at most thirteen."""
    places = clean(place_path)
    return tuple(
        (key, bodies.role(body, places, node.place)) for node, key in crossings(clean(category_path), places).items()
    )


def _fade(since: date, day: date) -> float:
    return float(0.5 ** (max((day - since).days, 0) / HALF_LIFE))
