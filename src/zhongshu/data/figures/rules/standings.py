"""Who stands where: a share each, ranked only where there is enough to tell. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from zhongshu.data.figures.rules.measures import Measure


@dataclass(frozen=True, slots=True)
class Standing:
    """One body, place or officer: its figure, what that is made of, its rank (1 is best).

    `value` and `rank` are None where `base` is under the measure's minimum: too few to tell.
    """

    ancestor: int
    value: float | None
    top: int
    base: int
    rank: int | None


@dataclass(frozen=True, slots=True)
class Standings:
    """The whole, and its parts: ranked ones best first, then those of which too little is known."""

    whole: Standing
    parts: tuple[Standing, ...]


def rank(measure: Measure, whole: int, counted: Mapping[int, Mapping[str, int]], parts: list[int]) -> Standings:
    """The standing of each part by what was counted under it; equals share a rank."""
    found = [_standing(measure, part, counted.get(part, {})) for part in parts]
    sign = -1 if measure.better == "higher" else 1
    known = sorted((s for s in found if s.value is not None), key=lambda s: (sign * (s.value or 0), -s.base))
    values = [s.value for s in known]
    ranked = [Standing(s.ancestor, s.value, s.top, s.base, values.index(s.value) + 1) for s in known]
    unknown = sorted((s for s in found if s.value is None), key=lambda s: -s.base)
    return Standings(_standing(measure, whole, counted.get(whole, {})), (*ranked, *unknown))


def _standing(measure: Measure, ancestor: int, counted: Mapping[str, int]) -> Standing:
    top = sum(sign * counted.get(name, 0) for name, sign in measure.counts.items())
    base = measure.base(counted)
    value = measure.value(counted) if base >= measure.minimum else None
    return Standing(ancestor, value, top, base, None)
