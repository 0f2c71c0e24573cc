"""Paper to draw on: it grows, and notes the branches in which each element and flow lies."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, NamedTuple

from zhongshu.engine.processes.tests import drawing as draw


class Branch(NamedTuple):
    """One of the ways that go on beside each other.

    `all` of them are taken (a fork), or `some` (an inclusive choice), or each may `end` alone, or it is `more` than
    what goes on anyway (the way out of an event that interrupts nothing).
    """

    kind: str
    of: int
    number: int = 0


Path = tuple[Branch, ...]
"""The branches something lies in within its scope, from the outermost inwards."""


@dataclass
class Sheet:
    """A drawing that grows.

    `draws` tells how each kind of block is drawn: a function of the sheet, a fresh number, the element before, the
    path and the parts of the block, which returns where the block leaves. `where` tells the path of each element and
    flow, `processes` those that are called.
    """

    draws: Mapping[str, Callable[..., str]]
    lines: list[str] = field(default_factory=list)
    ids: Iterator[int] = field(default_factory=count)
    where: dict[str, Path] = field(default_factory=dict)
    processes: list[str] = field(default_factory=list)

    def put(self, id: str, drawn: str, path: Path = ()) -> str:
        """Draw an element; its id."""
        self.lines.append(drawn)
        self.where[id] = path
        return id

    def flow(self, source: str, target: str, path: Path = (), condition: str = "", id: str = "") -> None:
        """Draw a flow; `path` is where it arrives from."""
        id = id or f"f{next(self.ids)}"
        self.lines.append(draw.flow(source, target, condition, id))
        self.where[id] = path

    def after(self, entry: str, path: Path, id: str, drawn: str) -> str:
        """Draw an element and the flow that leads to it; its id."""
        self.put(id, drawn, path)
        self.flow(entry, id, path)
        return id

    def gate(self, path: Path) -> str:
        """A gateway that only passes on, so that no two flows of one split lead to the same element."""
        id = f"way{next(self.ids)}"
        return self.put(id, draw.exclusive(id), path)

    def block(self, block: Any, entry: str, path: Path) -> str:
        """Draw a block after an element; the element where it leaves."""
        kind, *parts = block
        return self.draws[kind](self, next(self.ids), entry, path, *parts)

    def inside(self) -> "Sheet":
        """An empty sheet for what lies in a sub-process."""
        return Sheet(self.draws, [], self.ids, self.where, self.processes)

    def xml(self) -> bytes:
        """The whole as a file."""
        tail = "</bpmn:process>" + "".join(self.processes)
        return draw.drawn(*self.lines).replace(b"\n</bpmn:process>", tail.encode())
