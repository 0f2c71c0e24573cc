"""Blocks that hold no others."""

from zhongshu.engine.processes.tests import drawing as draw
from zhongshu.engine.processes.tests.blocks.sheet import Path, Sheet


def _task(sheet: Sheet, n: int, entry: str, path: Path, rounds: str) -> str:
    return sheet.after(entry, path, f"task{n}", draw.task(f"task{n}", rounds))


def _service(sheet: Sheet, n: int, entry: str, path: Path, rounds: str) -> str:
    drawn = draw.service(f"call{n}").replace("/>", f">{rounds}</bpmn:serviceTask>")
    return sheet.after(entry, path, f"call{n}", drawn)


def _rule(sheet: Sheet, n: int, entry: str, path: Path) -> str:
    return sheet.after(entry, path, f"rule{n}", f'<bpmn:businessRuleTask id="rule{n}" implementation="fee"/>')


def _script(sheet: Sheet, n: int, entry: str, path: Path, rounds: str) -> str:
    drawn = f'<bpmn:scriptTask id="script{n}">{rounds}<bpmn:script>{n}</bpmn:script></bpmn:scriptTask>'
    return sheet.after(entry, path, f"script{n}", drawn)


def _receive(sheet: Sheet, n: int, entry: str, path: Path, rounds: str) -> str:
    drawn = f'<bpmn:receiveTask id="get{n}" messageRef="m">{rounds}</bpmn:receiveTask>'
    return sheet.after(entry, path, f"get{n}", drawn)


def _wait(sheet: Sheet, n: int, entry: str, path: Path, what: str) -> str:
    return sheet.after(entry, path, f"wait{n}", draw.catch(f"wait{n}", what))


def _tell(sheet: Sheet, n: int, entry: str, path: Path, what: str) -> str:
    return sheet.after(entry, path, f"tell{n}", draw.throw(f"tell{n}", what))


def _link(sheet: Sheet, n: int, entry: str, path: Path) -> str:
    sheet.after(entry, path, f"away{n}", draw.throw(f"away{n}", draw.link(f"page {n}")))
    return sheet.put(f"here{n}", draw.catch(f"here{n}", draw.link(f"page {n}")), path)


DRAW = {
    "task": _task,
    "service": _service,
    "rule": _rule,
    "script": _script,
    "receive": _receive,
    "wait": _wait,
    "tell": _tell,
    "link": _link,
}
