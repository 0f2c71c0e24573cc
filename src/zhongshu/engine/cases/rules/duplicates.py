"""Whether two reports tell of the same thing. Pure.

Only reports of one category within fifty metres are compared (一事一件). Words count more than metres, because one
junction has many things wrong with it; where one side said nothing, nearness alone decides.
"""

import re
from collections import Counter
from dataclasses import dataclass

from zhongshu.registers.places.rules import distance

REACH = 50.0
"""Metres within which a report of the same category may be the same thing."""
WORDS = 0.65
"""Share of the words in the likeness of two reports that both say something; the rest is nearness."""
ENOUGH = 0.36
"""Likeness from which two reports are called the same."""
SILENT_METRES = 25.0
"""Metres within which a report without words is called the same."""
FEWEST = 4
"""Characters below which a text says nothing."""

_NOISE = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two reports are: metres apart, common words (None where one is silent), both as one score (0 to 1)."""

    metres: float
    words: float | None
    score: float

    @property
    def same(self) -> bool:
        """Whether they are called the same thing."""
        if self.metres > REACH:
            return False
        return self.metres <= SILENT_METRES if self.words is None else self.score >= ENOUGH


def likeness(one: tuple[float, float], text: str, other: tuple[float, float], said: str) -> Likeness:
    """Compare two reports of one category, each by its point (longitude, latitude in degrees) and its text."""
    metres = distance.metres(*one, *other)
    near = max(1.0 - metres / REACH, 0.0)
    words = common(text, said)
    return Likeness(metres, words, near if words is None else WORDS * words + (1 - WORDS) * near)


def common(text: str, said: str) -> float | None:
    """The share of character pairs two texts have in common (Dice, 0 to 1); None where one says nothing.

    Pairs of characters need no dictionary and do not mind the order of clauses.
    """
    ours, theirs = _pairs(text), _pairs(said)
    if not ours or not theirs:
        return None
    return 2 * (ours & theirs).total() / (ours.total() + theirs.total())


def _pairs(text: str) -> Counter[str]:
    plain = _NOISE.sub("", text.lower())
    return Counter(plain[i : i + 2] for i in range(len(plain) - 1)) if len(plain) >= FEWEST else Counter()
