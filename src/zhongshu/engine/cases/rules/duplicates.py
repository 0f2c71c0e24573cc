"""Whether two reports tell of the same thing. Pure.

Only reports of one category within fifty metres are compared (一事一件). Words count more than metres, because one
junction has many things wrong with it; for the same reason nearness alone never makes two reports the same.
`./run bench duplicates` measures it; the constants are chosen on one half of its reports.
"""

import re
from dataclasses import dataclass

from zhongshu.registers.places.rules import distance

REACH = 50.0
"""Metres within which a report of the same category may be the same thing."""
WORDS = 0.75
"""Share of the words in the likeness of two reports that both say something; the rest is nearness."""
ENOUGH = 0.36
"""Likeness from which two reports are called the same."""
FEWEST = 2
"""Telling words below which a text says nothing."""

_PARTICLES = "的得了着过啊呀吗嘛呢吧么"
_PRONOUNS = "我你您他她它们咱人这那什个"
_NUMBERS = "一二两三四五六七八九十几多大小好"
_HELPING_VERBS = "是有在能会要请到去来说让给把被从为"
_ADVERBS = "就都也很太已再还又不没和与及等"
_PLACES_AND_DAYS = "上下里外天号"
_ENGLISH = frozenset({
    *("a", "an", "and", "are", "at", "by", "for", "from", "has", "have", "in", "is"),
    *("it", "no", "not", "of", "on", "so", "that", "the", "there", "this", "to"),
})  # fmt: skip
_SILENT = _ENGLISH.union(_PARTICLES, _PRONOUNS, _NUMBERS, _HELPING_VERBS, _ADVERBS, _PLACES_AND_DAYS)
_NAME = re.compile(r"(?:^|(?<=[\W与和在于]))[\u3400-\u9fff]{2,4}?(?:大道|路|街|巷|弄|小区|新村|公寓|花园|家园|苑)")
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\d_\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two reports are: metres apart, common words (None where one is silent), both as one score (0 to 1)."""

    metres: float
    words: float | None
    score: float

    @property
    def same(self) -> bool:
        """Whether they are called the same thing: never where one is silent."""
        return self.words is not None and self.metres <= REACH and self.score >= ENOUGH


def likeness(one: tuple[float, float], text: str, other: tuple[float, float], said: str) -> Likeness:
    """Compare two reports of one category, each by its point (longitude, latitude in degrees) and its text."""
    metres = distance.metres(*one, *other)
    near = max(1.0 - metres / REACH, 0.0)
    words = common(text, said)
    return Likeness(metres, words, near if words is None else WORDS * words + (1 - WORDS) * near)


def common(text: str, said: str) -> float | None:
    """The share of telling words two texts have in common (Dice, 0 to 1); None where one says nothing."""
    ours, theirs = telling(text), telling(said)
    if min(len(ours), len(theirs)) < FEWEST:
        return None
    return 2 * len(ours & theirs) / (len(ours) + len(theirs))


def telling(text: str) -> frozenset[str]:
    """What of a text may tell one thing from another: its characters (its words, in a script that has spaces).

    Single characters need no dictionary, and two people who say 沙发 and 旧沙发床垫 share them. Left out are those that
    every text has, numbers, and the names of streets and estates: they tell where, and both are known to be near.
    """
    return frozenset(_WORD.findall(_NAME.sub(" ", text.lower()))) - _SILENT
