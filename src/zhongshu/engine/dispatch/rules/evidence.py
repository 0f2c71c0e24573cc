"""Counts of who handled what where, and the keys they are kept under.

A case touches at most thirteen keys: its category and the coarser ones, each with its place and the coarser
ones. To learn is one upsert per key, to rank is one SELECT of those keys. In SQL an upsert of weight w on day
d is

    last = greatest(t.last, d), cases = t.cases + sign(w),
    n = t.n * 0.5 ^ ((greatest(t.last, d) - t.last) / half_life) + w * 0.5 ^ ((greatest(t.last, d) - d) /
    half_life)

so that the order in which cases arrive does not matter.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True, slots=True)
class Node:
    """One crossing of category and place; `category` and `place` are how many names of each path it keeps."""

    category: int
    place: int


def clean(path: Sequence[str]) -> tuple[str, ...]:
    """The finest levels of a path that are used, without blanks, unable to break a key."""
    return tuple(name.replace("/", "∕").replace("|", "∣") for name in path if name)[-DEEPEST:]


def grid(categories: int, places: int) -> Iterator[Node]:
    """The crossings kept for paths of these lengths, coarsest first.

    All of them for two levels of place (twelve keys); with a third, a fine place is crossed only with as fine
    a category.
    """
    for category in range(categories + 1):
        for place in range(places + 1):
            if places < DEEPEST or not category or not place or categories - category <= places - place:
                yield Node(category, place)


def key(category_path: Sequence[str], place_path: Sequence[str], node: Node) -> str:
    """The text a crossing is kept under: `市政设施/186/665|坪山街道/六联社区`; either side may be empty."""
    return f"{'/'.join(category_path[: node.category])}|{'/'.join(place_path[: node.place])}"


def keys(category_path: Sequence[str], place_path: Sequence[str]) -> tuple[str, ...]:
    """Every key to read to rank a case here, coarsest first; at most thirteen."""
    categories, places = clean(category_path), clean(place_path)
    return tuple(key(categories, places, node) for node in grid(len(categories), len(places)))


def touched(category_path: Sequence[str], place_path: Sequence[str], body: str) -> tuple[tuple[str, str], ...]:
    """Every (key, body as counted there) to upsert when a body handled a case here; at most thirteen."""
    categories, places = clean(category_path), clean(place_path)
    return tuple(
        (key(categories, places, node), bodies.role(body, places, node.place))
        for node in grid(len(categories), len(places))
    )


def _fade(since: date, day: date) -> float:
    return float(0.5 ** (max((day - since).days, 0) / HALF_LIFE))
