"""A place as its page shows it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from zhongshu.channels.desk.places.presenters import drawing
from zhongshu.channels.desk.places.presenters.drawing import Drawing, Outline
from zhongshu.channels.presenters import names
from zhongshu.registers.places import queries as known
from zhongshu.registers.places.queries.browsing import Looked, Part
from zhongshu.registers.places.rules import codes

_LEVELS = {
    codes.Level.PROVINCE: "省级", codes.Level.CITY: "地级", codes.Level.DISTRICT: "县级",
    codes.Level.STREET: "街道（乡镇）", codes.Level.COMMUNITY: "社区（村）", codes.Level.CELL: "单元网格",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """A place on the way down to another."""

    name: str
    address: str


def level(code: str) -> str:
    """What kind of place a code names."""
    return gettext(_LEVELS[codes.level_of(code)])


def way(code: str) -> list[Step]:
    """The places above one, from the widest."""
    tree = known.tree()
    above = ((held, tree.called(held)) for held in codes.ancestors(code)[:-1])
    return [Step(names.joined([name]), reverse("desk:place", args=[held])) for held, name in above if name]


def standing(parts: Iterable[Part]) -> list[Part]:
    """The parts that are there."""
    return [part for part in parts if part.ended is None]


def ended(parts: Iterable[Part]) -> list[Part]:
    """The parts that are no more."""
    return [part for part in parts if part.ended is not None]


def map_of(found: Looked) -> Drawing | None:
    """The place's outline under those of its parts."""
    own = [Outline(found.place.outline, "is-whole")] if found.place and found.place.outline else []
    return drawing.drawn([*own, *_outlines(standing(found.parts))])


def _outlines(parts: Sequence[Part]) -> list[Outline]:
    return [
        Outline(part.outline, "is-part", names.local(part), reverse("desk:place", args=[part.code]))
        for part in parts if part.outline
    ]  # fmt: skip
