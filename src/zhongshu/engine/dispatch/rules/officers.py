"""Which officer is best placed for a case: everything that speaks for or against is put in seconds and added
up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from zhongshu.engine.dispatch.rules.travel import Point, RoadGraph, Trip

PATROL = 4.0
"""Metres a second of an officer under way, on an electric bicycle in streets."""
STALE_AFTER = timedelta(hours=2)
"""A position older than this says nothing of where somebody is."""
WANDER = 0.5
"""Seconds of doubt for each second since the position: one may have come nearer as well as gone further."""
LOAD_SECONDS = 600.0
"""What each case already in hand costs."""
MOST_AT_ONCE = 5
"""How many open tasks an officer is given by rule."""
UNSKILLED_SECONDS = 900.0
"""What each wished-for skill that is lacking costs."""

OFF_SHIFT = "不在班。"
NO_POSITION = "没有上报位置。"
STALE_POSITION = "位置已过时（{minutes} 分钟前）。"
LACKS_SKILL = "不具备所需技能：{skills}。"
FULL = "在办已满（{load} 件）。"

TRAVEL = "路程约 {minutes} 分钟。"
STRAIGHT = "路程约 {minutes} 分钟（按直线估算）。"
DOUBT = "位置是 {minutes} 分钟前的。"
LOAD = "在办 {load} 件。"
UNSKILLED = "缺少期望的技能：{skills}。"


class Candidate(NamedTuple):
    """An officer as known at the moment.

    `seconds` is the travel time to the case (None: no position), `estimated` if only by the straight line;
    `seen_at` is when the position was reported.
    """

    officer: str
    seconds: float | None
    seen_at: datetime | None
    on_shift: bool = True
    skills: frozenset[str] = frozenset()
    load: int = 0
    capacity: int = MOST_AT_ONCE
    estimated: bool = False


class Standing(NamedTuple):
    """An officer on shift, and where (`point`, None: unknown) and when they last said they were."""

    officer: str
    point: Point | None
    seen_at: datetime | None
    skills: frozenset[str] = frozenset()
    load: int = 0


def approaching(
    standing: Iterable[Standing], spot: Point | None, roads: RoadGraph, speed: float = PATROL
) -> tuple[Candidate, ...]:
    """The candidates for a case at `spot`, each with the travel time by the roads.

    Where the case has no spot nobody is nearer than another: all who have a position travel for zero seconds.
    """
    everybody = tuple(standing)
    points = [s.point for s in everybody if s.point is not None]
    trips = iter(roads.seconds(points, spot, speed) if spot is not None and points else [Trip(0, 0)] * len(points))
    found = []
    for one in everybody:
        trip = next(trips) if one.point is not None else None
        seconds, guessed = (trip.seconds, bool(trip.estimated)) if trip else (None, False)
        found.append(Candidate(one.officer, seconds, one.seen_at, True, one.skills, one.load, estimated=guessed))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Because:
    """One ground: a translation key, what fills it, and the seconds it costs."""

    sentence: str
    gaps: Mapping[str, object]
    seconds: float = 0.0

    def __str__(self) -> str:
        return self.sentence.format(**self.gaps)


@dataclass(frozen=True, slots=True)
class OfficerChoice:
    """One officer with the cost and where it comes from; the reasons' seconds add up to it."""

    officer: str
    cost_seconds: float
    reasons: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class OfficerRanking:
    """The best who can go, best first (the others are runners-up), and all who cannot, each with why."""

    choices: tuple[OfficerChoice, ...]
    excluded: tuple[tuple[str, Because], ...]

    @property
    def best(self) -> OfficerChoice | None:
        """Who should go; None when nobody can."""
        return self.choices[0] if self.choices else None


def cost(
    candidate: Candidate, at: datetime, wished: frozenset[str] = frozenset(), required: frozenset[str] = frozenset()
) -> float | None:
    """The seconds that speak against an officer, as in `rank`; None when they cannot go."""
    return None if _excluded(candidate, at, required) else sum(_costs(candidate, at, wished))


def rank(
    candidates: Iterable[Candidate],
    at: datetime,
    required: frozenset[str] = frozenset(),
    wished: frozenset[str] = frozenset(),
    k: int = 3,
) -> OfficerRanking:
    """The `k` best officers for one case at a moment, each with reasons; equal costs go by name.

    Who is off shift, full, without a fresh position or without a `required` skill is excluded; a missing
    `wished` skill costs.
    """
    able: list[tuple[float, str, Candidate]] = []
    excluded: list[tuple[str, Because]] = []
    for candidate in candidates:
        if (why_not := _excluded(candidate, at, required)) is not None:
            excluded.append((candidate.officer, why_not))
        else:
            able.append((sum(_costs(candidate, at, wished)), candidate.officer, candidate))
    best = sorted(able, key=lambda one: one[:2])[:k]
    choices = tuple(OfficerChoice(officer, cost, tuple(_reasons(one, at, wished))) for cost, officer, one in best)
    return OfficerRanking(choices, tuple(sorted(excluded, key=lambda pair: pair[0])))


def _excluded(candidate: Candidate, at: datetime, required: frozenset[str]) -> Because | None:
    """Why this officer cannot go, if so."""
    if not candidate.on_shift:
        return Because(OFF_SHIFT, {})
    if candidate.seconds is None or candidate.seen_at is None:
        return Because(NO_POSITION, {})
    if at - candidate.seen_at > STALE_AFTER:
        return Because(STALE_POSITION, {"minutes": _minutes((at - candidate.seen_at).total_seconds())})
    if lacking := required - candidate.skills:
        return Because(LACKS_SKILL, {"skills": "、".join(sorted(lacking))})
    if candidate.load >= candidate.capacity:
        return Because(FULL, {"load": candidate.load})
    return None


def _costs(candidate: Candidate, at: datetime, wished: frozenset[str]) -> tuple[float, float, float, float]:
    """Seconds of the way, of doubt about the position, of the load, of skills that lack."""
    assert candidate.seconds is not None and candidate.seen_at is not None
    doubt = WANDER * max((at - candidate.seen_at).total_seconds(), 0.0)
    lacking = len(wished - candidate.skills)
    return candidate.seconds, doubt, LOAD_SECONDS * candidate.load, UNSKILLED_SECONDS * lacking


def _reasons(candidate: Candidate, at: datetime, wished: frozenset[str]) -> Iterable[Because]:
    """The costs in words; what costs nothing is not mentioned, but the way always is."""
    way, doubt, load, unskilled = _costs(candidate, at, wished)
    yield Because(STRAIGHT if candidate.estimated else TRAVEL, {"minutes": _minutes(way)}, way)
    if doubt:
        yield Because(DOUBT, {"minutes": _minutes(doubt / WANDER)}, doubt)
    if load:
        yield Because(LOAD, {"load": candidate.load}, load)
    if unskilled:
        yield Because(UNSKILLED, {"skills": "、".join(sorted(wished - candidate.skills))}, unskilled)


def _minutes(seconds: float) -> int:
    return round(seconds / 60)
