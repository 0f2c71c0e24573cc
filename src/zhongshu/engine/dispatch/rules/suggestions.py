"""What a text is about, by how often its character pairs were seen with each category: naive Bayes over
counts.

The counts are the same kind as those of responsibility (key → category → `Seen`), so they live in the same
sort of table: one key per pair of characters, and one for all texts. Bernoulli model on the pairs present
(McCallum and Nigam 1998). Pairs of one text repeat each other, so n pairs speak only as loud as the square
root of n: without it every score is near 1.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log

from zhongshu.engine.dispatch.rules.evidence import Observations, Seen

ALL = "*"
"""The key that counts every text of a category."""
MOST_PAIRS = 300
SMOOTHING = 0.1
RARE = 2
"""Pairs seen in fewer texts than this are not listened to."""
LEAST = 0.8
"""The score below which a person chooses the category."""
_RUN = re.compile(r"[\u3400-\u9fffa-z]+")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One category, its probability, and the pairs that spoke for it most."""

    category: str
    score: float
    pairs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The best categories in order, and whether a person has to choose."""

    choices: tuple[Suggestion, ...]
    refused: bool


def text_keys(text: str) -> tuple[str, ...]:
    """The pairs of neighbouring characters of a text, each once, in order, at most 300; digits and signs part
    them.
    """
    runs = _RUN.findall(text.lower())
    pairs = dict.fromkeys(run[i : i + 2] for run in runs for i in range(len(run) - 1))
    return tuple(pairs)[:MOST_PAIRS]


def keys(text: str) -> tuple[str, ...]:
    """Every key to read to rank the categories for this text; at most 301."""
    return (ALL, *text_keys(text))


def touched(text: str, category: str) -> tuple[tuple[str, str], ...]:
    """Every (key, category) to upsert when a category was confirmed for this text."""
    return tuple((key, category) for key in keys(text))


def rank(observations: Observations, text: str, day: date, k: int = 3) -> Suggestions:
    """Rank the categories for a text from what was read under `keys(text)`. Equal scores go by name."""
    totals = _weights(observations, ALL, day)
    known = [(p, _weights(observations, p, day)) for p in text_keys(text) if _common(observations, p)]
    if not totals:
        return Suggestions((), refused=True)
    everything, voice = sum(totals.values()), max(len(known), 1) ** -0.5
    logs = {
        category: log(total / everything) + voice * sum(_told(w.get(category, 0.0), total) for _, w in known)
        for category, total in totals.items()
    }
    highest = max(logs.values())
    whole = sum(exp(value - highest) for value in logs.values())
    order = sorted(logs, key=lambda category: (-logs[category], category))[:k]
    choices = tuple(
        Suggestion(c, exp(logs[c] - highest) / whole, _loudest(c, known, totals, everything)) for c in order
    )
    return Suggestions(choices, refused=not known or choices[0].score < LEAST)


class Wording:
    """The same rules over counts in memory, for a replay of the past."""

    def __init__(self) -> None:
        self.observations: dict[str, dict[str, Seen]] = {}

    def learn(self, text: str, category: str, day: date, weight: float = 1.0) -> None:
        """Count a text whose category a person confirmed; one that was wrong has a negative weight."""
        for key, answer in touched(text, category):
            at = self.observations.setdefault(key, {})
            at[answer] = at.get(answer, Seen(0.0, day)).plus(weight, day)

    def rank(self, text: str, day: date, k: int = 3) -> Suggestions:
        """Rank by what was learned so far."""
        return rank(self.observations, text, day, k)


def _common(observations: Observations, pair: str) -> bool:
    return sum(seen.cases for seen in observations.get(pair, {}).values()) >= RARE


def _weights(observations: Observations, key: str, day: date) -> dict[str, float]:
    weights = {category: seen.on(day) for category, seen in observations.get(key, {}).items()}
    return {category: weight for category, weight in weights.items() if weight > 0}


def _told(with_pair: float, total: float) -> float:
    """Log of how likely a text of this category has the pair."""
    return log((with_pair + SMOOTHING) / (total + 2 * SMOOTHING))


def _loudest(
    category: str, known: Sequence[tuple[str, dict[str, float]]], totals: dict[str, float], everything: float
) -> tuple[str, ...]:
    """The three pairs that are the most over-represented in the category."""

    def lift(weights: dict[str, float]) -> float:
        return _told(weights.get(category, 0.0), totals[category]) - _told(sum(weights.values()), everything)

    speaking = [(lift(weights), pair) for pair, weights in known if weights.get(category, 0.0) > 0]
    return tuple(pair for _, pair in sorted(speaking, reverse=True)[:3])
