"""What a process may be made of, and how it is made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from zhongshu.engine.processes.tests.blocks.parts import ADDING, AGAIN, ENDING, LIST, ROUNDS, ROW, TELLS, TWICE, WAITS


@dataclass(frozen=True)
class Menu:
    """What blocks are made of: those that hold no others, each with what it may be drawn with; those that hold one;
    those that hold two; and what activities and events among them are drawn with. `inside`: the menu for what lies in
    a block of that kind."""

    leaves: Mapping[str, tuple[str, ...]]
    around: tuple[str, ...]
    between: tuple[str, ...]
    rounds: tuple[str, ...] = ROUNDS
    ending: tuple[str, ...] = ENDING
    adding: tuple[str, ...] = ADDING
    inside: Mapping[str, "Menu"] = field(default_factory=dict)

    def block(self, random: Random, leaves: int) -> Any:
        """A block of so many leaves."""
        if leaves == 1 and (not self.around or random.random() < 0.7):
            kind = random.choice(["task", *self.leaves])
            return (kind, random.choice(self.leaves[kind])) if self.leaves[kind] else (kind,)
        kind = random.choice(self.around if leaves == 1 else (*self.around, *self.between, *self.between))
        first = random.randrange(1, leaves) if kind in self.between else leaves
        within = self.inside.get(kind, self)
        inner = [within.block(random, some) for some in (first, leaves - first) if some]
        return (kind, *self._with(random, kind), *inner)

    def edge(self, random: Random) -> tuple[str, bool]:
        """A trigger, and whether it interrupts."""
        interrupts = not self.adding or random.random() < 0.5
        return random.choice(self.ending if interrupts else self.adding), interrupts

    def _with(self, random: Random, kind: str) -> Iterator[Any]:
        if kind in ("edge", "edged", "answered"):
            yield self.edge(random)
        if kind in ("edge", "scope"):
            yield random.choice(self.rounds)


ALL = Menu(
    leaves={
        "task": ROUNDS,
        "service": ("", LIST, ROW, AGAIN),
        "script": ("", ROW, TWICE),
        "receive": ("", TWICE),
        "wait": WAITS,
        "tell": TELLS,
        "rule": (),
        "link": (),
    },
    around=("loop", "called", "scope", "edge"),
    between=(
        "sequence", "choice", "fork", "either", "parting", "race", "failing", "helped", "stopping", "undone", "edged",
        "answered",
    ),
)  # fmt: skip
