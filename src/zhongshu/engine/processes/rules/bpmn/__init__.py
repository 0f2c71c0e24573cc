"""From a BPMN 2.0 file to a net: read it whole, say all that is wrong at once, execute nothing by guess.

BPMN 2.0.2 (OMG formal/2013-12-09), common executable subset as far as the README of this package lists it.
"""

from dataclasses import dataclass

from lxml import etree

from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.bpmn import checks, elements, refused, source
from zhongshu.engine.processes.rules.bpmn.draft import Draft
from zhongshu.engine.processes.rules.bpmn.findings import Finding, Severity, Unreadable

__all__ = ["Finding", "Reading", "Severity", "Unreadable", "examine", "read"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says: the net if there are no errors, and all findings by line."""

    net: nets.Net | None
    errors: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()


def read(xml: bytes) -> nets.Net:
    """The process in a BPMN file; raises Unreadable with every finding if it cannot be executed as drawn."""
    reading = examine(xml)
    if reading.net is None:
        raise Unreadable((*reading.errors, *reading.warnings))
    return reading.net


def examine(xml: bytes) -> Reading:
    """The process in a BPMN file and everything there is to say about it; never raises."""
    try:
        draft = Draft(source.parse(xml))
    except Unreadable as closed:
        return Reading(None, closed.errors)
    process = _process(draft)
    if process is not None:
        draft.process_id = process.get("id", "")
        draft.lines[draft.process_id] = draft.file.lines[process]
        for tag in draft.known(process, *elements.KNOWN):
            elements.read_element(draft, tag)
        checks.check(draft)
    return _reading(draft, process)


def _process(draft: Draft) -> etree._Element | None:
    """The one executable process of the file."""
    root = draft.file.root
    if source.name(root) != "definitions":
        draft.say(root, "这不是 BPMN 2.0 文件：最外层应当是 definitions。")
        return None
    processes = []
    for tag in draft.known(root, "process", "collaboration", f"{{{source.DIAGRAM}}}BPMNDiagram"):
        if source.name(tag) == "collaboration":
            list(draft.known(tag, "participant"))
        elif source.name(tag) == "process":
            processes.append(tag)
    executable = [tag for tag in processes if tag.get("isExecutable") in ("true", "1")]
    for tag in processes:
        if executable and tag not in executable:
            draft.say(tag, refused.NOT_EXECUTED, severity="warning", tag="process")
    for tag in executable[1:]:
        draft.say(tag, "一个文件只能有一个可执行的流程，请分成几个文件。")
    if not executable:
        draft.say(root, "没有可执行的流程，请在流程设计器里勾选“可执行”（isExecutable）。")
        return None
    if not executable[0].get("id"):
        draft.say(executable[0], "{tag} 没有 id，请在流程设计器里补上。", tag="process")
    return executable[0]


def _reading(draft: Draft, process: etree._Element | None) -> Reading:
    findings = sorted(draft.findings, key=lambda finding: finding.line)
    errors = tuple(finding for finding in findings if finding.severity == "error")
    warnings = tuple(finding for finding in findings if finding.severity == "warning")
    if errors or process is None:
        return Reading(None, errors, warnings)
    net = nets.build(
        process_id=process.get("id", ""),
        name=process.get("name", ""),
        elements=draft.elements.values(),
        flows=draft.flows.values(),
    )
    return Reading(net, errors, warnings)
