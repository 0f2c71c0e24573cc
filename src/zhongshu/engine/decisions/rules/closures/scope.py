"""What one evaluation knows, and how much it may still do."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhongshu.engine.decisions.rules.values import clean

MOST_WORK = 200_000
MOST_NOTES = 50
MOST_MET = 1_000


class Exhausted(Exception):
    """An evaluation went through more list items than one expression may."""


@dataclass(frozen=True, slots=True)
class Note:
    """Why something is null: a sentence with {gaps} and what fills them."""

    sentence: str
    gaps: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return self.sentence.format(**dict(self.gaps))


@dataclass(frozen=True, slots=True)
class Met:
    """Which rules of a decision table its answer was made of, counted from 1, of how many.

    `table` is the name of what the table decides, `line` where it stands in its file.
    """

    table: str
    line: int
    rules: tuple[int, ...]
    of: int


class Scope:
    """What one evaluation knows: data, the names bound inside it, the moment it is told, and the work left.

    What nobody sets stays as the class has it: one is made for every condition that is asked.
    """

    bound: dict[str, Any] = {}  # never written to, only replaced
    work: int = MOST_WORK
    at: datetime | None = None
    notes: list[Note] | None = None
    met: list[Met] | None = None

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data

    def holds(self, name: str) -> bool:
        """Whether there is anything by that name."""
        return name in self.bound or name in self.data

    def value(self, name: str) -> Any:
        """What is known by that name; null if nothing is."""
        return clean(self.bound[name] if name in self.bound else self.data.get(name))

    def spend(self, work: int) -> None:
        """Takes work off what is left. Raises Exhausted."""
        self.work -= work
        if self.work < 0:
            raise Exhausted

    def note(self, sentence: str, **gaps: str) -> None:
        """Keeps why something is null, if anybody asked."""
        if self.notes is not None and len(self.notes) < MOST_NOTES:
            self.notes.append(Note(sentence, tuple(gaps.items())))

    def meets(self, met: Met) -> None:
        """Keeps which rules a table met, if anybody asked."""
        if self.met is not None and len(self.met) < MOST_MET:
            self.met.append(met)

    @contextmanager
    def elsewhere(self, data: Mapping[str, Any], bound: dict[str, Any]) -> Iterator[None]:
        """Other data and names while a function works that was defined among them."""
        here = self.data, self.bound
        self.data, self.bound = data, bound
        try:
            yield
        finally:
            self.data, self.bound = here
