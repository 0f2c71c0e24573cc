"""The figures: how much of what was called the same is (precision), and of what is the same was found (recall)."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zhongshu.engine.cases.rules import duplicates
from zhongshu.main.bench.duplicates import pairs
from zhongshu.main.bench.duplicates.pairs import Pair

MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision and recall of a set of pairs (0 to 1)."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def run(verbose: bool) -> dict[str, Any]:
    """Judge both halves, say the table, and return the figures of all drawn pairs and of the held-out half."""
    halves = {half: pairs.drawn(half) for half in pairs.HALVES}
    drawn = [pair for half in halves.values() for pair in half]
    _say(f"{'':16}{'true':>6}{'false':>6}{'precision':>11}{'recall':>8}{'f1':>7}")
    for name, judged in (halves | {f"every {half}": pairs.every(half) for half in pairs.HALVES}).items():
        _say(_row(name, judged))
    _say(_row("both", drawn))
    for pair in mistakes(drawn)[: MOST_SHOWN if verbose else 0]:
        _say(_told(pair))
    both, held_out = of(drawn), of(halves["held_out"])
    return {
        "pairs": len(drawn), "precision": round(both.precision, 3), "recall": round(both.recall, 3),
        "held_out_precision": round(held_out.precision, 3), "held_out_recall": round(held_out.recall, 3),
    }  # fmt: skip


def of(judged: Sequence[Pair]) -> Figures:
    """The figures of these pairs as if as many were true as false; precision is 1 where nothing was called the same."""
    right, wrong = _called(judged, True), _called(judged, False)
    return Figures(right / (right + wrong) if right + wrong else 1.0, right)


def _called(judged: Sequence[Pair], same: bool) -> float:
    """The share called the same among the true (or the false) pairs."""
    called = [pair.likeness.same for pair in judged if pair.same is same]
    return sum(called) / len(called) if called else 0.0


def mistakes(judged: Sequence[Pair]) -> list[Pair]:
    """What was judged wrongly: first what would lead a reporter astray, each kind the farthest from right first."""
    wrong = (pair for pair in judged if pair.likeness.same is not pair.same)
    return sorted(wrong, key=lambda pair: (not pair.same, _off(pair)), reverse=True)


def _row(name: str, judged: Sequence[Pair]) -> str:
    found, true = of(judged), sum(pair.same for pair in judged)
    return f"{name:16}{true:6}{len(judged) - true:6}{found.precision:11.3f}{found.recall:8.3f}{found.f1:7.3f}"


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _off(pair: Pair) -> float:
    """How far the score lies on the wrong side of where it decides; 0 where one is silent and no score could."""
    likeness = pair.likeness
    return 0.0 if likeness.words is None else abs(likeness.score - duplicates.ENOUGH)


def _told(pair: Pair) -> str:
    kind = "missed" if pair.same else "not the same"
    return f"{kind}, {pair.likeness.metres:.0f} m, {pair.likeness.score:.2f}: {pair.one.text!r} / {pair.other.text!r}"
