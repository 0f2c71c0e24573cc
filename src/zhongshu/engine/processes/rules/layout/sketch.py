"""What is to be drawn: boxes, lines between them, lanes around them; no coordinates yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["task", "event", "gateway", "data", "store", "note"]
Sort = Literal["flow", "tie", "message"]


@dataclass(frozen=True, slots=True)
class Node:
    """One thing with a shape. `lane` is the innermost lane or pool it lies in, if any; `host` the node on whose
    border it sits (boundary events); `inside` what an expanded sub-process holds."""

    id: str
    kind: Kind
    name: str = ""
    lane: str = ""
    host: str = ""
    inside: "Scope | None" = None


@dataclass(frozen=True, slots=True)
class Link:
    """One line: a sequence flow (it decides what comes after what), a tie (association) or a message flow."""

    id: str
    source: str
    target: str
    name: str = ""
    sort: Sort = "flow"


@dataclass(frozen=True, slots=True)
class Lane:
    """A band across the drawing. Lanes may hold lanes; outermost ones may be pools, which stand apart."""

    id: str
    name: str = ""
    lanes: "tuple[Lane, ...]" = ()
    pool: bool = False

    def family(self) -> "Iterator[Lane]":
        """The lane and all in it."""
        yield self
        for lane in self.lanes:
            yield from lane.family()


@dataclass(frozen=True, slots=True)
class Scope:
    """What is laid out together. A link stands in the innermost scope that holds both its ends."""

    nodes: tuple[Node, ...] = ()
    links: tuple[Link, ...] = ()
    lanes: tuple[Lane, ...] = ()
