"""Blocks that go apart and come together at gateways."""

from collections.abc import Callable
from typing import Any

from zhongshu.engine.processes.tests import drawing as draw
from zhongshu.engine.processes.tests.blocks.parts import CLOCK, HOT, MESSAGE, ODD
from zhongshu.engine.processes.tests.blocks.sheet import Branch, Path, Sheet


def _sequence(sheet: Sheet, n: int, entry: str, path: Path, first: Any, second: Any) -> str:
    return sheet.block(second, sheet.block(first, entry, path), path)


def _choice(sheet: Sheet, n: int, entry: str, path: Path, first: Any, second: Any) -> str:
    split = sheet.after(entry, path, f"split{n}", draw.exclusive(f"split{n}", f"d{n}"))
    merge = sheet.put(f"merge{n}", draw.exclusive(f"merge{n}"), path)
    for branch, condition, id in ((first, ODD, ""), (second, "", f"d{n}")):
        way = sheet.gate(path)
        sheet.flow(split, way, path, condition, id)
        sheet.flow(sheet.block(branch, way, path), merge, path)
    return merge


def _fork(sheet: Sheet, n: int, entry: str, path: Path, *branches: Any) -> str:
    fork = sheet.after(entry, path, f"fork{n}", draw.parallel(f"fork{n}"))
    join = sheet.put(f"join{n}", draw.parallel(f"join{n}"), path)
    for number, branch in enumerate(branches):
        way = (*path, Branch("all", n, number))
        sheet.flow(sheet.block(branch, fork, way), join, way)
    return join


def _either(sheet: Sheet, n: int, entry: str, path: Path, *branches: Any) -> str:
    split = sheet.after(entry, path, f"which{n}", draw.inclusive(f"which{n}", f"d{n}"))
    return _some(sheet, n, split, path, branches)


def _parting(sheet: Sheet, n: int, entry: str, path: Path, *branches: Any) -> str:
    drawn = draw.task(f"part{n}").replace("<bpmn:userTask", f'<bpmn:userTask default="d{n}"')
    return _some(sheet, n, sheet.after(entry, path, f"part{n}", drawn), path, branches)


def _some(sheet: Sheet, n: int, split: str, path: Path, branches: Any) -> str:
    """Branches of which those whose condition is true are taken, else a third that is empty."""
    join = sheet.put(f"all{n}", draw.inclusive(f"all{n}"), path)
    for number, (branch, condition) in enumerate(zip(branches, (ODD, HOT), strict=True)):
        way = (*path, Branch("some", n, number))
        gate = sheet.gate(way)
        sheet.flow(split, gate, way, condition)
        sheet.flow(sheet.block(branch, gate, way), join, way)
    sheet.flow(split, join, (*path, Branch("some", n, 2)), id=f"d{n}")
    return join


def _race(sheet: Sheet, n: int, entry: str, path: Path, first: Any, second: Any) -> str:
    gate = sheet.after(entry, path, f"race{n}", draw.first_event(f"race{n}"))
    merge = sheet.put(f"merge{n}", draw.exclusive(f"merge{n}"), path)
    for branch, what in ((first, MESSAGE), (second, CLOCK)):
        caught = sheet.block(("wait", what), gate, path)
        sheet.flow(sheet.block(branch, caught, path), merge, path)
    return merge


def _mixed(sheet: Sheet, n: int, entry: str, path: Path, ways: tuple[str, str], first: Any, second: Any) -> str:
    """Branches that go apart by a gateway of one kind and come together by one of another."""
    split, join = ways
    gate = sheet.after(entry, path, f"split{n}", GATEWAYS[split](f"split{n}", f"d{n}"))
    meet = sheet.put(f"meet{n}", GATEWAYS[join](f"meet{n}", ""), path)
    for branch, what, condition in ((first, MESSAGE, ODD), (second, CLOCK, "")):
        way = f"way{next(sheet.ids)}"
        sheet.put(way, draw.catch(way, what) if split == "race" else draw.exclusive(way), path)
        conditional = split in ("exclusive", "inclusive")
        sheet.flow(gate, way, path, condition if conditional else "", "" if condition else f"d{n}")
        sheet.flow(sheet.block(branch, way, path), meet, path)
    return meet


GATEWAYS: dict[str, Callable[[str, str], str]] = {
    "exclusive": draw.exclusive,
    "inclusive": draw.inclusive,
    "parallel": lambda id, default: draw.parallel(id),
    "race": lambda id, default: draw.first_event(id),
}


def _loop(sheet: Sheet, n: int, entry: str, path: Path, body: Any) -> str:
    again = sheet.after(entry, path, f"again{n}", draw.exclusive(f"again{n}"))
    task = sheet.block(("task", ""), again, path)
    check = sheet.after(sheet.block(body, task, path), path, f"check{n}", draw.exclusive(f"check{n}", f"d{n}"))
    out = sheet.put(f"out{n}", draw.exclusive(f"out{n}"), path)
    sheet.flow(check, again, path, ODD)
    sheet.flow(check, out, path, id=f"d{n}")
    return out


DRAW = {
    "sequence": _sequence,
    "choice": _choice,
    "fork": _fork,
    "either": _either,
    "parting": _parting,
    "race": _race,
    "mixed": _mixed,
    "loop": _loop,
}
