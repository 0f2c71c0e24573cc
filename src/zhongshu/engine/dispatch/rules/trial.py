"""A change of the responsibility table tried on events of the past: who would have got what.

Each event is ranked twice by the rules that dispatch goes by: with the table as it is and with the table as it would
be. What was learnt is the same both times, so that the difference is the change's alone. Beside it stands who has the
event in fact, which people may have decided.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from zhongshu.engine.dispatch.rules.evidence import Matter, Observations
from zhongshu.engine.dispatch.rules.simulation.past import Told
from zhongshu.engine.dispatch.rules.table import Bodies, Row, Table, rank
from zhongshu.registers.places.rules import codes

MOST_EXAMPLES = 10


@dataclass(frozen=True, slots=True)
class Event:
    """A case of the past: where and about what it was, and the body that has it (None: none yet)."""

    number: str
    category: str
    place: int
    body: int | None


@dataclass(frozen=True, slots=True)
class Ground:
    """What both rankings go by: names of categories and places by crossing, counts, bodies, and the moment."""

    matters: Mapping[tuple[str, int], Matter]
    observations: Observations
    bodies: Bodies
    at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """How many events a body has, would get by the table as it is, and by the table as it would be.

    `body` None: left to a person (of `actual`: with no body yet).
    """

    body: int | None
    actual: int
    before: int
    after: int

    @property
    def difference(self) -> int:
        """How many more events the change brings; below zero, fewer."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Example:
    """An event that would have changed hands."""

    number: str
    category: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a body's events would wait for its own officers, before the change and after it.

    `why` there are no figures (empty: there are): too `few` events, no `roster` in the last week, no `roads`.
    """

    body: int
    before: Told | None = None
    after: Told | None = None
    why: Literal["", "few", "roster", "roads"] = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it: how many events were tried, how many would change hands, by body, and some of them.

    `pace` is how long they would wait, of the bodies for which most changes.
    """

    events: int
    moved: int
    lines: tuple[Line, ...]
    examples: tuple[Example, ...]
    pace: tuple[Pace, ...] = ()


class Decided(NamedTuple):
    """Whose an event would be by each table (None: a person decides)."""

    event: Event
    before: int | None
    after: int | None


def decided(events: Iterable[Event], before: Table, after: Table, ground: Ground) -> list[Decided]:
    """Rank every event with both tables."""
    deciders = _Decider(before, ground), _Decider(after, ground)
    return [Decided(event, deciders[0].body(event), deciders[1].body(event)) for event in events]


def summed(found: Sequence[Decided]) -> Trial:
    """The trial of events that were decided. Lines go by the size of the difference, examples are the first to move."""
    moved = [Example(e.number, e.category, was, will) for e, was, will in found if was != will]
    return Trial(
        len(found),
        len(moved),
        _lines(Counter(e.body for e, _, _ in found), Counter(w for _, w, _ in found), Counter(w for _, _, w in found)),
        tuple(moved[:MOST_EXAMPLES]),
    )


def try_out(events: Iterable[Event], before: Table, after: Table, ground: Ground) -> Trial:
    """Who would have got what, by both tables."""
    return summed(decided(events, before, after, ground))


def _lines(actual: Counter[int | None], before: Counter[int | None], after: Counter[int | None]) -> tuple[Line, ...]:
    lines = [Line(body, actual[body], before[body], after[body]) for body in {*actual, *before, *after}]
    return tuple(sorted(lines, key=lambda line: (-abs(line.difference), -line.after, line.body or 0)))


class _Decider:
    """Who gets an event by one table; what is the same for many events is ranked once."""

    def __init__(self, table: Table, ground: Ground) -> None:
        self.table, self.ground = table, ground
        self.known: dict[tuple[Matter, tuple[Row, ...]], int | None] = {}

    def body(self, event: Event) -> int | None:
        """The body, None when it is left to a person."""
        ground = self.ground
        rows = self.table.deciding(event.category, codes.ancestors(event.place), ground.at, ground.bodies.living)
        asked = ground.matters[event.category, event.place], rows
        if asked not in self.known:
            self.known[asked] = self._ranked(*asked)
        return self.known[asked]

    def _ranked(self, matter: Matter, rows: tuple[Row, ...]) -> int | None:
        ground = self.ground
        ranking = rank(ground.observations, matter, rows, ground.bodies, ground.at.date(), k=1)
        return None if ranking.refused else ground.bodies.by_name[ranking.choices[0].body]
