"""In which datum a file seems to be, from what it says, where it comes from, and where it would land."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from zhongshu.registers.places.rules.datum import Datum, Point, from_wgs84, to_wgs84
from zhongshu.registers.places.rules.distance import metres
from zhongshu.registers.places.rules.files import File

NOTICEABLE = 50.0
"""Metres: a file this far off its register is worth a word; hand-drawn edges move less."""
BETTER = 3.0
"""How many times nearer another datum has to bring it."""
ENOUGH = 200
"""Places compared at most."""


@dataclass(frozen=True, slots=True)
class Hint:
    """The datum a file seems to be in, and why: it says so, public maps are so, or it then `fits` what is here.

    `off` and `then` are metres: how far the file lies off the register as ordered, and in the datum of the hint.
    """

    datum: Datum
    why: Literal["says", "public", "fits"]
    off: float = 0.0
    then: float = 0.0


def hint(file: File, chosen: Datum, pairs: Sequence[tuple[Point, Point]]) -> Hint | None:
    """What speaks against the chosen datum, the strongest first; None when nothing does.

    `pairs`: a point of the file as read in the chosen datum, and the same place as the register has it (WGS-84).
    """
    if file.says and file.says is not chosen:
        return Hint(file.says, "says")
    if found := fitting(chosen, pairs):
        return found
    if chosen is Datum.WGS84 and not pairs and any("acroutes" in f.properties for f in file.features[:3]):
        return Hint(Datum.GCJ02, "public")  # the mark of files drawn from the public map of AMap (DataV.GeoAtlas)
    return None


def fitting(chosen: Datum, pairs: Sequence[tuple[Point, Point]]) -> Hint | None:
    """A datum in which the same places lie much nearer to where they are known to be."""
    if not pairs:
        return None
    some = pairs[:: len(pairs) // ENOUGH + 1]
    off = {datum: _off(some, chosen, datum) for datum in Datum}
    best = min(Datum, key=lambda datum: off[datum])
    if off[chosen] < NOTICEABLE or off[best] * BETTER > off[chosen]:
        return None
    return Hint(best, "fits", round(off[chosen]), round(off[best]))


def _off(pairs: Iterable[tuple[Point, Point]], chosen: Datum, other: Datum) -> float:
    return median(
        metres(*to_wgs84(*from_wgs84(*read, chosen), other), *known) for read, known in pairs
    )  # fmt: skip
