"""How large things are drawn, in pixels. Shapes have the sizes most BPMN tools give them."""

import math
import unicodedata
from dataclasses import dataclass

from zhongshu.engine.processes.rules.layout.sketch import Kind, Node

SHAPES: dict[Kind, tuple[float, float]] = {
    "task": (100, 80),
    "event": (36, 36),
    "gateway": (50, 50),
    "data": (36, 50),
    "store": (50, 50),
    "note": (140, 40),
}
LINE, WIDE, NARROW = 14.0, 12.0, 6.5  # of text in 11 px: a line's height, a Chinese and a Latin letter's width
LABEL = 90.0
EVENT = SHAPES["event"][0]
INSET, TITLE = 10.0, 24.0  # between a sub-process's border and what it holds; its name's line


@dataclass(frozen=True, slots=True)
class Extent:
    """How far something reaches from the point where lines meet it."""

    left: float
    right: float
    above: float
    below: float


def text(said: str, most: float = LABEL) -> tuple[float, float]:
    """The width and height of a text set in lines no wider than that; it may have line breaks of its own."""
    long = [
        sum(WIDE if unicodedata.east_asian_width(sign) in "WF" else NARROW for sign in line)
        for line in said.strip().splitlines()
    ]
    lines = sum(1 if each <= most else math.ceil(each / most * 1.1) for each in long)
    return (min(max(long), most) + 2 if long else 0, lines * LINE)


def shape(node: Node, inside: tuple[float, float] | None, guests: list[Node]) -> tuple[float, float]:
    """The width and height of a node that holds a drawing of that size and has these events on its border."""
    width, height = SHAPES[node.kind]
    if inside is not None:
        width, height = max(width, inside[0] + 2 * INSET), max(height, inside[1] + TITLE + INSET + foot(guests))
    if node.kind == "note":
        wide, high = text(node.name, 160)
        width, height = max(60, wide + 12), max(30, high + 12)
    return max(width, sum(step(guest) for guest in guests) + 20), height


def foot(guests: list[Node]) -> float:
    """The room under what a sub-process holds: events on its border reach into it."""
    return INSET + EVENT / 2 if guests else INSET


def step(guest: Node) -> float:
    """How much of its host's border an event takes."""
    return max(EVENT + 10, text(guest.name)[0] + EVENT / 2 + 8)


def labelled(node: Node) -> bool:
    """Whether a node's name stands under it (or over it, if it is raised), so that no line leaves there."""
    return bool(node.name) and node.kind in ("event", "data", "store")


def extent(node: Node, size: tuple[float, float], guests: list[Node], raised: bool) -> Extent:
    """How far a node reaches from its middle, with its name and the events on its border."""
    right, below = size[0] / 2, size[1] / 2
    left, above = right, below
    wide, high = text(node.name)
    if labelled(node):
        left, right, far = max(left, wide / 2), max(right, wide / 2), above + 4 + high
        return Extent(left, right, far, below) if raised else Extent(left, right, above, far)
    if node.kind == "gateway" and node.name:
        return Extent(max(left, wide + 8), right, max(above, high + 20), below)
    if guests:
        below += EVENT / 2 + 2 + max(text(guest.name)[1] for guest in guests)
        right = max(right, text(guests[-1].name)[0] + 8)
    return Extent(left, right, above, below)
