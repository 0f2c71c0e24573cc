"""What the parts of a process are called in the file, and the few things read of a tag in more than one place."""

from collections.abc import Iterator
from typing import Literal

from lxml import etree

from zhongshu.engine.processes.rules.bpmn import source

Kind = Literal[
    "start", "end", "task", "manual", "service", "rule", "script", "send", "receive", "call", "scope",
    "decision", "several", "parallel", "race", "wait", "tell", "edge", "other",
]  # fmt: skip
"""`decision` takes one way, `several` each whose condition is true, `race` that of the event which comes first; an
`edge` is an event on the border of a task, `tell` sends something."""

KINDS: dict[str, Kind] = {
    "startEvent": "start",
    "endEvent": "end",
    "userTask": "task",
    "manualTask": "manual",
    "serviceTask": "service",
    "businessRuleTask": "rule",
    "scriptTask": "script",
    "sendTask": "send",
    "receiveTask": "receive",
    "callActivity": "call",
    "subProcess": "scope",
    "exclusiveGateway": "decision",
    "inclusiveGateway": "several",
    "parallelGateway": "parallel",
    "eventBasedGateway": "race",
    "intermediateCatchEvent": "wait",
    "intermediateThrowEvent": "tell",
    "boundaryEvent": "edge",
}
TAGS = {kind: tag for tag, kind in KINDS.items()}
OTHERS = frozenset(["task", "complexGateway", "transaction", "adHocSubProcess", "implicitThrowEvent"])
"""Refused when the file is read, but shown, so that one can remove them."""
WORK = frozenset(["task", "manual"])
GATEWAYS = frozenset(["decision", "several", "parallel", "race"])
CHOICES = frozenset(["decision", "several"])
ACTIVITIES = frozenset(["task", "manual", "service", "rule", "send", "receive", "call", "scope"])
FLOW = "sequenceFlow"


def kind(tag: etree._Element) -> Kind | None:
    """What a tag is, if it is something a case can be at."""
    name = source.name(tag)
    return KINDS.get(name) or ("other" if name in OTHERS else None)


def named(tag: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The children of these names."""
    return (part for part in source.children(tag) if source.name(part) in names)


def child(tag: etree._Element | None, *names: str) -> etree._Element | None:
    """The first child of these names, if any."""
    return None if tag is None else next(named(tag, *names), None)


def local(reference: str | None) -> str:
    """The id a QName refers to."""
    return (reference or "").strip().rpartition(":")[2]


def definition(tag: etree._Element) -> etree._Element | None:
    """What an event waits for or tells, if it says so."""
    return next((part for part in source.children(tag) if source.name(part).endswith("EventDefinition")), None)
