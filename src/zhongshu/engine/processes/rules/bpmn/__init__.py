"""From a BPMN 2.0 file to a net: read it whole, say all that is wrong at once, execute nothing by guess.

BPMN 2.0.2 (OMG formal/2013-12-09), common executable subset as far as the README of this package lists it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from lxml import etree

from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.bpmn import elements, refused, source
from zhongshu.engine.processes.rules.bpmn.checks import check
from zhongshu.engine.processes.rules.bpmn.draft import Draft
from zhongshu.engine.processes.rules.findings import Finding, Severity, Unreadable

__all__ = ["Finding", "Reading", "Severity", "Unreadable", "examine", "read"]

NO_OTHERS: Mapping[str, nets.Net] = MappingProxyType({})
DEFINED = {"message": "name", "signal": "name", "error": "errorCode", "escalation": "escalationCode"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says: the net if there are no errors, all findings by line, and the line of each element."""

    net: nets.Net | None
    errors: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict, repr=False)


def read(xml: bytes, others: Mapping[str, nets.Net] = NO_OTHERS) -> nets.Net:
    """The process in a BPMN file; raises Unreadable with every finding if it cannot be executed as drawn.

    `others`: the processes by id that it may call beside those of the file.
    """
    reading = examine(xml, others)
    if reading.net is None:
        raise Unreadable((*reading.errors, *reading.warnings))
    return reading.net


def examine(xml: bytes, others: Mapping[str, nets.Net] = NO_OTHERS) -> Reading:
    """The process in a BPMN file and everything there is to say about it; never raises."""
    try:
        draft = Draft(source.parse(xml))
    except Unreadable as closed:
        return Reading(None, closed.errors)
    process = _process(draft)
    if process is not None:
        draft.borrow(others)
        draft.undo()
        check(draft)
    return _reading(draft, process)


def _process(draft: Draft) -> etree._Element | None:
    """Read the one process a file begins with, and those it calls."""
    root = draft.file.root
    if source.name(root) != "definitions":
        draft.say(root, "这不是 BPMN 2.0 文件：最外层应当是 definitions。")
        return None
    processes = []
    known = ("process", "collaboration", *DEFINED, f"{{{source.DIAGRAM}}}BPMNDiagram")
    for tag in draft.known(root, *known):
        name = source.name(tag)
        if name in DEFINED:
            draft.definitions[tag.get("id", "")] = tag.get(DEFINED[name]) or tag.get("name") or tag.get("id") or ""
        elif name == "process":
            processes.append(tag)
    return _read_processes(draft, processes)


def _read_processes(draft: Draft, processes: list[etree._Element]) -> etree._Element | None:
    executable = [tag for tag in processes if tag.get("isExecutable") in ("true", "1")]
    if not executable:
        draft.say(draft.file.root, "没有可执行的流程，请在流程设计器里勾选“可执行”（isExecutable）。")
        return None
    for tag in executable:
        if not tag.get("id"):
            draft.say(tag, "{tag} 没有 id，请在流程设计器里补上。", tag="process")
            return None
    called = {part.get("calledElement", "").rpartition(":")[2] for part in draft.file.root.iter(source.CALL)}
    first, *rest = sorted(executable, key=lambda tag: tag.get("id", "") in called)
    draft.process_id = first.get("id", "")
    for tag in (first, *(each for each in processes if each is not first)):
        if tag in rest and tag.get("id", "") not in called:
            draft.say(tag, "一个文件只能有一个可执行的流程，请分成几个文件。")
        elif tag in executable:
            draft.lines[tag.get("id", "")] = draft.file.lines[tag]
            elements.read_scope(draft, tag)
        else:
            draft.say(tag, refused.NOT_EXECUTED, severity="warning", tag="process")
    return first


def _reading(draft: Draft, process: etree._Element | None) -> Reading:
    findings = sorted(draft.findings, key=lambda finding: finding.line)
    errors = tuple(finding for finding in findings if finding.severity == "error")
    warnings = tuple(finding for finding in findings if finding.severity == "warning")
    if errors or process is None:
        return Reading(None, errors, warnings)
    return Reading(draft.net(process.get("name", "")), errors, warnings, draft.lines)
