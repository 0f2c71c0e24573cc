"""Which body should take a case, by what is written and by what was learned.

Learned: at every crossing of category and place the share of each body is smoothed towards the coarser
crossings (`(n + PRIOR * coarser) / (N + PRIOR)`, a Dirichlet prior; the coarser share mixes the coarser
category's and the coarser place's). Three shares are then pooled by a weighted geometric mean (a
logarithmic opinion pool): that of the case's own crossing, that of its category anywhere, that of its place
whatever the category. The few numbers were chosen by predicting, then learning, on the first four fifths of a
year of a real district's events.

Written: a row of the responsibility table (`duties.Duty`) holds a share `trust` of the answer, what was
learned the rest.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log

from zhongshu.engine.dispatch.rules import bodies, evidence
from zhongshu.engine.dispatch.rules.duties import Duty, prevailing
from zhongshu.engine.dispatch.rules.evidence import Node, Observations, Seen
from zhongshu.engine.dispatch.rules.reasons import Reason, reasons_for

PRIOR = 2.0
"""How many cases the coarser crossings are worth."""
PLACE_SHARE = 0.7
"""Of a coarser share, what the coarser place gives; the coarser category gives the rest."""
POOL = (0.4, 0.4, 0.2)
"""Weights of the own crossing, the category anywhere, the place whatever the category."""
FLOOR = 1e-4
"""The share of a body not seen at all, so that one silent view does not veto the others."""
MARGIN = 0.4
"""The lead over the runner-up below which a person decides."""
EVIDENCE = 1.0
"""The weight of cases of this category, anywhere, below which a person decides."""

Shares = dict[str, float]


@dataclass(frozen=True, slots=True)
class Choice:
    """One body, its share of belief (0 to 1; all bodies together 1) and why."""

    body: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best bodies in order, the lead of the first (0 to 1); `refused`: a person has to decide."""

    choices: tuple[Choice, ...]
    margin: float
    refused: bool


def rank(
    observations: Observations,
    category_path: Sequence[str],
    place_path: Sequence[str],
    day: date,
    k: int = 3,
    duties: Iterable[Duty] = (),
) -> Ranking:
    """Rank the bodies for a case of this category (coarse to fine) at this place (coarse to fine) on a day.

    `observations` holds what was read under `evidence.keys(...)`; missing keys are no evidence. Equal scores
    go by name.
    """
    categories, places = evidence.clean(category_path), evidence.clean(place_path)
    counts = _counts(observations, categories, places)
    written = prevailing(duties, category_path, place_path)
    weights = {node: {body: seen.on(day) for body, seen in at.items()} for node, at in counts.items()}
    shares = _with_duties(_pooled(weights, len(categories), len(places)), written)
    order = sorted(shares, key=lambda body: (-shares[body], body))
    choices = tuple(
        Choice(body, shares[body], reasons_for(body, counts, categories, places, written)) for body in order[:k]
    )
    lead = _lead([shares[body] for body in order])
    enough = bool(written) or sum(weights[Node(len(categories), 0)].values()) >= EVIDENCE
    return Ranking(choices, lead, refused=lead < MARGIN or not enough)


class Learner:
    """The same rules over counts in memory, for a replay of the past."""

    def __init__(self) -> None:
        self.observations: dict[str, dict[str, Seen]] = {}

    def learn(
        self,
        category_path: Sequence[str],
        place_path: Sequence[str],
        body: str,
        day: date,
        weight: float = 1.0,
    ) -> None:
        """Count a case that a body handled; a case it sent back has a negative weight."""
        for key, as_counted in evidence.touched(category_path, place_path, body):
            at = self.observations.setdefault(key, {})
            at[as_counted] = at.get(as_counted, Seen(0.0, day)).plus(weight, day)

    def rank(
        self,
        category_path: Sequence[str],
        place_path: Sequence[str],
        day: date,
        k: int = 3,
        duties: Iterable[Duty] = (),
    ) -> Ranking:
        """Rank by what was learned so far."""
        return rank(self.observations, category_path, place_path, day, k, duties)


def _counts(
    observations: Observations, categories: tuple[str, ...], places: tuple[str, ...]
) -> dict[Node, dict[str, Seen]]:
    """The counts of every crossing, roles replaced by the body that has them here.

    Which that is, the place's own counts tell: they hold full names, the most frequent last.
    """
    read = {node: observations.get(key, {}) for node, key in evidence.crossings(categories, places).items()}
    known: dict[str, str] = {}
    for depth in range(1, len(places) + 1):
        at = read[Node(0, depth)]
        for body in sorted(at, key=lambda body: (at[body].n, body)):
            named = bodies.named(body, places, {})
            known |= {bodies.role(named, places, kept): body for kept in range(depth)}
    return {node: _by_name(at, places, known) for node, at in read.items()}


def _by_name(at: Mapping[str, Seen], places: Sequence[str], known: Mapping[str, str]) -> dict[str, Seen]:
    """One key's counts by body; roles that turn out to be one body are one count."""
    found: dict[str, Seen] = {}
    for role, seen in at.items():
        body = bodies.named(role, places, known)
        found[body] = found[body].joined(seen) if body in found else seen
    return found


def _pooled(weights: Mapping[Node, Mapping[str, float]], categories: int, places: int) -> Shares:
    """The weighted geometric mean of the three views, scaled to sum to one."""
    smooth: dict[Node, Shares] = {}
    for node in weights:
        smooth[node] = _smoothed(weights[node], _coarser(node, smooth, places))
    views = smooth[Node(categories, places)], smooth[Node(categories, 0)], smooth[Node(0, places)]
    known = sorted({body for view in views for body in view})
    logs = {b: sum(w * log(v.get(b, 0.0) + FLOOR) for w, v in zip(POOL, views, strict=True)) for b in known}
    total = sum(exp(value) for value in logs.values())
    return {body: exp(value) / total for body, value in logs.items()}


def _smoothed(here: Mapping[str, float], coarser: Shares) -> Shares:
    total = sum(here.values())
    prior = PRIOR if coarser else 0.0
    if total + prior == 0.0:
        return coarser
    return {b: (here.get(b, 0.0) + prior * coarser.get(b, 0.0)) / (total + prior) for b in {*here, *coarser}}


def _coarser(node: Node, smooth: Mapping[Node, Shares], places: int) -> Shares:
    """What the next coarser crossings say: the place's and the category's, mixed."""
    by_place = smooth[Node(node.category, node.place - 1)] if node.place else {}
    by_category = _coarser_category(node, smooth) if node.category else {}
    if not by_place or not by_category:
        return by_place or by_category
    return {
        b: PLACE_SHARE * by_place.get(b, 0.0) + (1 - PLACE_SHARE) * by_category.get(b, 0.0)
        for b in {*by_place, *by_category}
    }


def _coarser_category(node: Node, smooth: Mapping[Node, Shares]) -> Shares:
    """The next coarser category at this place, or at the nearest coarser place it is crossed with."""
    return next(
        smooth[Node(node.category - 1, place)]
        for place in range(node.place, -1, -1)
        if Node(node.category - 1, place) in smooth
    )


def _with_duties(learned: Shares, written: Sequence[Duty]) -> Shares:
    """What is written takes its trust of the whole, shared by equal rows; what was learned the rest."""
    if not written:
        return learned
    trust = max(duty.trust for duty in written) if learned else 1.0
    shares = {body: (1 - trust) * share for body, share in learned.items()}
    for duty in written:
        shares[duty.body] = shares.get(duty.body, 0.0) + trust / len(written)
    return shares


def _lead(scores: Sequence[float]) -> float:
    """How far the first score is ahead of the second; nothing if there is none."""
    first, second = (*scores[:2], 0.0, 0.0)[:2]
    return first - second
