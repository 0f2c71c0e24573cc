"""The dry run of a migration: the running cases by version and shape, and what becomes of each. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec

from zhongshu.engine.processes.rules import moving
from zhongshu.engine.processes.rules.marking import Marking
from zhongshu.engine.processes.rules.net import Net

MOST_SHAPES = 500
"""Shapes that are told apart; the cases of further ones are counted by what becomes of them."""
MOST_EXAMPLES = 3

Outcome = Literal["moves", "asks", "cannot"]
OUTCOMES: tuple[Outcome, ...] = ("moves", "asks", "cannot")


class Shape(msgspec.Struct, frozen=True):
    """Cases that stand alike: how many, some of their numbers, the marking of one, and what becomes of them.

    `questions` are those not answered yet; without a marking (`None`) it stands for all further shapes.
    """

    key: str
    version: int
    outcome: Outcome
    count: int = 0
    cases: tuple[str, ...] = ()
    marking: dict[str, Any] | None = None
    questions: tuple[moving.Question, ...] = ()
    sentence: str = ""
    gaps: dict[str, str] = {}

    def with_case(self, number: str) -> "Shape":
        """The same with one more case."""
        return msgspec.structs.replace(self, count=self.count + 1, cases=(*self.cases, number)[:MOST_EXAMPLES])


class Processes(msgspec.Struct, frozen=True):
    """An old process, the new one, and what its elements are called there."""

    version: int
    old: Net
    new: Net
    names: moving.Names

    def key(self, marking: Marking) -> str:
        """Under which name cases with this marking are counted."""
        return f"{self.version}-{moving.shape(self.old, marking)}"

    def judge(self, marking: Marking, answers: Mapping[str, str]) -> moving.Verdict:
        """What becomes of a case with this marking."""
        return moving.judge(self.old, self.new, marking, self.names, answers)

    def shape(self, marking: Marking, answers: Mapping[str, str]) -> Shape:
        """A shape in which there is no case yet."""
        return judged(Shape(self.key(marking), self.version, "moves", marking=marking.to_json()), self, answers)


def judged(shape: Shape, processes: Processes, answers: Mapping[str, str]) -> Shape:
    """A shape, judged (anew) by what was answered."""
    if shape.marking is None:
        return shape
    said = msgspec.structs.replace(shape, outcome="moves", questions=(), sentence="", gaps={})
    match processes.judge(Marking.from_json(shape.marking), answers):
        case moving.Asks(questions):
            return msgspec.structs.replace(said, outcome="asks", questions=questions)
        case moving.Cannot(sentence, gaps):
            return msgspec.structs.replace(said, outcome="cannot", sentence=sentence, gaps=dict(gaps))
    return said


def counted(shapes: dict[str, Shape], processes: Processes, marking: Marking, number: str) -> None:
    """Count one more case among the shapes; one that is new is judged."""
    key = processes.key(marking)
    if key not in shapes:
        fresh = processes.shape(marking, {})
        if len(shapes) >= MOST_SHAPES:
            key = f"{processes.version}-{fresh.outcome}"
            fresh = Shape(key, processes.version, fresh.outcome)
        shapes.setdefault(key, fresh)
    shapes[key] = shapes[key].with_case(number)


def totals(shapes: Iterable[Shape]) -> dict[Outcome, int]:
    """How many cases move, need a choice, or cannot."""
    found: dict[Outcome, int] = dict.fromkeys(OUTCOMES, 0)
    for shape in shapes:
        found[shape.outcome] += shape.count
    return found


def read(plain: Any) -> dict[str, Shape]:
    """The shapes of a stored dry run, by key."""
    return {shape.key: shape for shape in msgspec.convert(plain, list[Shape])}


def plain(shapes: Mapping[str, Shape]) -> Any:
    """The shapes as they are stored, the most numerous first."""
    return msgspec.to_builtins(sorted(shapes.values(), key=lambda shape: -shape.count))
