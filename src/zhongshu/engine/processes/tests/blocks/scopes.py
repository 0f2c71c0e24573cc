"""Blocks that lie in a sub-process, or hang on the edge of an activity."""

from typing import Any

from zhongshu.engine.processes.tests import drawing as draw
from zhongshu.engine.processes.tests.blocks.parts import ODD
from zhongshu.engine.processes.tests.blocks.sheet import Branch, Path, Sheet


def _whole(sheet: Sheet, body: Any, end: str = draw.END) -> tuple[Sheet, str]:
    """What lies in a sub-process: a start, a block, and an end unless it is drawn apart; where the block leaves."""
    inner, n = sheet.inside(), next(sheet.ids)
    inner.put(f"in{n}", draw.START.replace('"start"', f'"in{n}"'))
    leaves = inner.block(body, f"in{n}", ())
    if end:
        inner.put(f"out{n}", end.replace('"end"', f'"out{n}"'))
        inner.flow(leaves, f"out{n}")
    return inner, leaves


def _scope(sheet: Sheet, n: int, entry: str, path: Path, rounds: str, body: Any) -> str:
    inner, _ = _whole(sheet, body)
    return sheet.after(entry, path, f"scope{n}", draw.scope(f"scope{n}", rounds, *inner.lines))


def _called(sheet: Sheet, n: int, entry: str, path: Path, body: Any) -> str:
    inner, _ = _whole(sheet, body)
    lines = "".join(inner.lines)
    sheet.processes.append(f'<bpmn:process id="process{n}" isExecutable="true">{lines}</bpmn:process>')
    return sheet.after(entry, path, f"ask{n}", draw.call(f"ask{n}", f"process{n}"))


def _edge(sheet: Sheet, n: int, entry: str, path: Path, edge: tuple[str, bool], rounds: str, body: Any) -> str:
    host = sheet.block(("task", rounds), entry, path)
    return _event(sheet, n, host, path, edge, body)


def _edged(sheet: Sheet, n: int, entry: str, path: Path, edge: tuple[str, bool], inside: Any, body: Any) -> str:
    host = sheet.block(("scope", "", inside), entry, path)
    return _event(sheet, n, host, path, edge, body)


def _event(sheet: Sheet, n: int, host: str, path: Path, edge: tuple[str, bool], body: Any) -> str:
    """An event on the edge of a host, and where its way comes together with the host's, or its own end."""
    what, interrupts = edge
    way = path if interrupts else (*path, Branch("more", n))
    event = sheet.put(f"edge{n}", draw.edge(f"edge{n}", host, what, interrupts), way)
    merge = sheet.put(f"merge{n}", draw.exclusive(f"merge{n}"), path)
    sheet.flow(host, merge, path)
    ended = merge if interrupts else sheet.put(f"end{n}", draw.END.replace('"end"', f'"end{n}"'), way)
    sheet.flow(sheet.block(body, event, way), ended, way)
    return merge


def _failing(sheet: Sheet, n: int, entry: str, path: Path, inside: Any, handler: Any) -> str:
    """A sub-process that may end in an error, caught on its edge."""
    inner, leaves = _whole(sheet, inside, end="")
    inner.after(leaves, (), f"bad{n}", draw.exclusive(f"bad{n}", f"d{n}"))
    inner.put(f"error{n}", draw.event("endEvent", f"error{n}", draw.error(f"e{n}")))
    inner.put(f"good{n}", draw.END.replace('"end"', f'"good{n}"'))
    inner.flow(f"bad{n}", f"error{n}", condition=ODD)
    inner.flow(f"bad{n}", f"good{n}", id=f"d{n}")
    host = sheet.after(entry, path, f"scope{n}", draw.scope(f"scope{n}", *inner.lines))
    return _event(sheet, n, host, path, (draw.error(f"e{n}"), True), handler)


def _helped(sheet: Sheet, n: int, entry: str, path: Path, inside: Any, handler: Any) -> str:
    """A sub-process that calls for help on the way, and goes on."""
    inner, _ = _whole(sheet, ("sequence", inside, ("tell", draw.escalation(f"h{n}"))))
    host = sheet.after(entry, path, f"scope{n}", draw.scope(f"scope{n}", *inner.lines))
    return _event(sheet, n, host, path, (draw.escalation(f"h{n}"), False), handler)


def _answered(sheet: Sheet, n: int, entry: str, path: Path, edge: tuple[str, bool], inside: Any, handler: Any) -> str:
    """A sub-process with an event sub-process in it."""
    inner, _ = _whole(sheet, inside)
    answer(inner, edge, handler)
    return sheet.after(entry, path, f"scope{n}", draw.scope(f"scope{n}", *inner.lines))


def answer(sheet: Sheet, edge: tuple[str, bool], handler: Any) -> None:
    """Draw an event sub-process that answers what the edge says."""
    what, interrupts = edge
    n, inner = next(sheet.ids), sheet.inside()
    inner.where |= dict.fromkeys([f"answer{n}", f"answer{n}-start", f"answer{n}-end"], ())
    inner.flow(inner.block(handler, f"answer{n}-start", ()), f"answer{n}-end")
    sheet.lines.append(draw.answer(f"answer{n}", what, *inner.lines, interrupts=interrupts))


def _undone(sheet: Sheet, n: int, entry: str, path: Path, first: Any, second: Any) -> str:
    """A sub-process in which what has been done is undone on the way."""
    inner = sheet.inside()
    inner.put(f"in{n}", draw.START.replace('"start"', f'"in{n}"'))
    inner.after(f"in{n}", (), f"done{n}", draw.task(f"done{n}") + draw.undone_by(f"done{n}", f"undo{n}"))
    inner.after(inner.block(first, f"done{n}", ()), (), f"back{n}", draw.throw(f"back{n}", draw.undo()))
    inner.after(inner.block(second, f"back{n}", ()), (), f"out{n}", draw.END.replace('"end"', f'"out{n}"'))
    inner.where[f"undo{n}"] = ()
    return sheet.after(entry, path, f"scope{n}", draw.scope(f"scope{n}", *inner.lines))


def _stopping(sheet: Sheet, n: int, entry: str, path: Path, first: Any, second: Any) -> str:
    """A sub-process of two branches, of which the first ends the other."""
    inner = sheet.inside()
    inner.put(f"in{n}", draw.START.replace('"start"', f'"in{n}"'))
    inner.after(f"in{n}", (), f"fork{n}", draw.parallel(f"fork{n}"))
    for number, (branch, stop) in enumerate(((first, "<bpmn:terminateEventDefinition/>"), (second, ""))):
        way = (Branch("end", n, number),)
        leaves = inner.block(branch, f"fork{n}", way)
        inner.after(leaves, way, f"end{n}-{number}", draw.event("endEvent", f"end{n}-{number}", stop))
    return sheet.after(entry, path, f"scope{n}", draw.scope(f"scope{n}", *inner.lines))


DRAW = {
    "scope": _scope,
    "called": _called,
    "edge": _edge,
    "edged": _edged,
    "failing": _failing,
    "helped": _helped,
    "answered": _answered,
    "stopping": _stopping,
    "undone": _undone,
}
