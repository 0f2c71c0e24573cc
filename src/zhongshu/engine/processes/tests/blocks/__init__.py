"""Random processes in which whatever goes apart comes together again: what the laws are tried on.

A block is a plain nested tuple; a `Menu` makes them, `drawn` puts one on a sheet.
"""

from typing import Any

from zhongshu.engine.processes.tests import drawing as draw
from zhongshu.engine.processes.tests.blocks import gateways, leaves, scopes
from zhongshu.engine.processes.tests.blocks.menu import ALL, Menu
from zhongshu.engine.processes.tests.blocks.sheet import Path, Sheet

__all__ = ["ALL", "Menu", "Path", "Sheet", "drawn"]

DRAW = {**leaves.DRAW, **gateways.DRAW, **scopes.DRAW}


def drawn(block: Any, answer: Any = None) -> Sheet:
    """The process that consists of a task, a block and a task; `answer`: (edge, block) of an event sub-process."""
    sheet = Sheet(DRAW, [draw.START, draw.task("first"), draw.task("last"), draw.END, draw.path("start", "first")])
    sheet.where |= {"start": (), "first": (), "last": (), "end": ()}
    sheet.flow(sheet.block(block, "first", ()), "last")
    sheet.flow("last", "end")
    if answer:
        scopes.answer(sheet, *answer)
    return sheet
