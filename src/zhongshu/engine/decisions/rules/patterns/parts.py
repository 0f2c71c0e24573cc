"""What a pattern is made of."""

from dataclasses import dataclass

from zhongshu.engine.decisions.rules.patterns.characters import Takes


class Part:
    """Any part of a pattern."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class One(Part):
    """One character of a set."""

    takes: Takes


@dataclass(frozen=True, slots=True)
class Edge(Part):
    """The start (`^`) or the end (`$`) of the text, or of a line."""

    sign: str


@dataclass(frozen=True, slots=True)
class Again(Part):
    """What a group took, once more."""

    group: int


@dataclass(frozen=True, slots=True)
class Sequence(Part):
    """Parts one after the other."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Choice(Part):
    """One of several parts, the earlier first."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Repeat(Part):
    """A part so many times: as often as it can if greedy."""

    part: Part
    least: int
    most: int | None
    greedy: bool


@dataclass(frozen=True, slots=True)
class Group(Part):
    """A part whose text is kept under a number."""

    number: int
    part: Part
