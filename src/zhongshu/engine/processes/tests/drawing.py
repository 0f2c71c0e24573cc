"""Draws BPMN files for tests: a process from its elements, one element a line, the first on line 5."""

from itertools import pairwise

from zhongshu.engine.processes.rules import bpmn
from zhongshu.engine.processes.rules import net as nets

FIRST_LINE = 5
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" id="file" targetNamespace="urn:test">
<bpmn:process id="pothole" name="道路坑洞" isExecutable="true">
"""
TAIL = "\n</bpmn:process>\n</bpmn:definitions>\n"
START, END = '<bpmn:startEvent id="start"/>', '<bpmn:endEvent id="end"/>'
IN, OUT = START.replace('"start"', '"in"'), END.replace('"end"', '"out"')
"""Where a sub-process begins and ends."""


def drawn(*elements: str) -> bytes:
    """A BPMN file of these elements."""
    return (HEAD + "\n".join(elements) + TAIL).encode()


def net(*elements: str) -> nets.Net:
    """The net of these elements."""
    return bpmn.read(drawn(*elements))


def task(id: str, inside: str = "") -> str:
    return f'<bpmn:userTask id="{id}" name="{id}">{inside}</bpmn:userTask>'


def service(id: str, handler: str = "dispatch.assign") -> str:
    return f'<bpmn:serviceTask id="{id}" implementation="{handler}"/>'


def exclusive(id: str, default: str = "") -> str:
    return f'<bpmn:exclusiveGateway id="{id}"' + (f' default="{default}"' if default else "") + "/>"


def parallel(id: str) -> str:
    return f'<bpmn:parallelGateway id="{id}"/>'


def timer(id: str, host: str, duration: str = "P3D", interrupts: bool = True) -> str:
    return (
        f'<bpmn:boundaryEvent id="{id}" attachedToRef="{host}" cancelActivity="{str(interrupts).lower()}">'
        f"<bpmn:timerEventDefinition><bpmn:timeDuration>{duration}</bpmn:timeDuration>"
        "</bpmn:timerEventDefinition></bpmn:boundaryEvent>"
    )


def event(kind: str, id: str, what: str = "", attributes: str = "") -> str:
    """An event of a kind (`boundaryEvent`) with what it waits for or tells, as `message("m")` makes it."""
    return f'<bpmn:{kind} id="{id}" {attributes}>{what}</bpmn:{kind}>'


def catch(id: str, what: str) -> str:
    return event("intermediateCatchEvent", id, what)


def throw(id: str, what: str = "") -> str:
    return event("intermediateThrowEvent", id, what)


def edge(id: str, host: str, what: str, interrupts: bool = True) -> str:
    """A boundary event."""
    return event("boundaryEvent", id, what, f'attachedToRef="{host}" cancelActivity="{str(interrupts).lower()}"')


def message(name: str) -> str:
    return f'<bpmn:messageEventDefinition messageRef="{name}"/>'


def signal(name: str) -> str:
    return f'<bpmn:signalEventDefinition signalRef="{name}"/>'


def error(code: str = "") -> str:
    return f'<bpmn:errorEventDefinition errorRef="{code}"/>'


def escalation(code: str = "") -> str:
    return f'<bpmn:escalationEventDefinition escalationRef="{code}"/>'


def condition(text: str) -> str:
    return f"<bpmn:conditionalEventDefinition><bpmn:condition>{text}</bpmn:condition></bpmn:conditionalEventDefinition>"


def undo(activity: str = "") -> str:
    """The trigger that asks for something to be undone."""
    return "<bpmn:compensateEventDefinition" + (f' activityRef="{activity}"' if activity else "") + "/>"


def undone_by(host: str, handler: str) -> str:
    """A task, its compensation event and the association between them."""
    made = edge(f"{host}-undo", host, undo()) + f'<bpmn:userTask id="{handler}" isForCompensation="true"/>'
    return made + f'<bpmn:association id="{host}-tie" sourceRef="{host}-undo" targetRef="{handler}"/>'


def link(name: str) -> str:
    return f'<bpmn:linkEventDefinition name="{name}"/>'


def clock(text: str, kind: str = "timeDuration") -> str:
    return f"<bpmn:timerEventDefinition><bpmn:{kind}>{text}</bpmn:{kind}></bpmn:timerEventDefinition>"


def inclusive(id: str, default: str = "") -> str:
    return f'<bpmn:inclusiveGateway id="{id}"' + (f' default="{default}"' if default else "") + "/>"


def first_event(id: str) -> str:
    return f'<bpmn:eventBasedGateway id="{id}"/>'


def scope(id: str, *inside: str, attributes: str = "") -> str:
    """A sub-process, on one line."""
    return f'<bpmn:subProcess id="{id}" {attributes}>{"".join(inside)}</bpmn:subProcess>'


def answer(id: str, what: str, *inside: str, interrupts: bool = True) -> str:
    """An event sub-process whose start `id-start` leads to the first, and whose end `id-end` follows the last."""
    head = f'<bpmn:startEvent id="{id}-start" isInterrupting="{str(interrupts).lower()}">{what}</bpmn:startEvent>'
    tail = f'<bpmn:endEvent id="{id}-end"/>'
    return scope(id, head, *inside, tail, attributes='triggeredByEvent="true"')


def call(id: str, process: str) -> str:
    return f'<bpmn:callActivity id="{id}" calledElement="{process}"/>'


def loop(inside: str, attributes: str = "") -> str:
    """What makes a task a loop."""
    tag = "bpmn:standardLoopCharacteristics"
    condition = f"<bpmn:loopCondition>{inside}</bpmn:loopCondition>" if inside else ""
    return f"<{tag} {attributes}>{condition}</{tag}>"


def flow(source: str, target: str, condition: str = "", id: str = "") -> str:
    inside = f"<bpmn:conditionExpression>{condition}</bpmn:conditionExpression>" if condition else ""
    id = id or f"{source}-{target}"
    return f'<bpmn:sequenceFlow id="{id}" sourceRef="{source}" targetRef="{target}">{inside}</bpmn:sequenceFlow>'


def path(*ids: str) -> str:
    """Flows from each element to the next, on one line."""
    return "".join(flow(source, target) for source, target in pairwise(ids))


def instances(inside: str, attributes: str = "") -> str:
    """What makes a task multi-instance."""
    tag = "bpmn:multiInstanceLoopCharacteristics"
    return f"<{tag} {attributes}>{inside}</{tag}>"


def each_of(items: str, until: str = "", sequential: bool = False) -> str:
    """A task's instances, one for each `body` of a list."""
    condition = f"<bpmn:completionCondition>{until}</bpmn:completionCondition>" if until else ""
    return instances(
        f'<bpmn:loopDataInputRef>{items}</bpmn:loopDataInputRef><bpmn:inputDataItem name="body"/>{condition}',
        f'isSequential="{str(sequential).lower()}"',
    )


def times(number: str) -> str:
    """A count of instances."""
    return f"<bpmn:loopCardinality>{number}</bpmn:loopCardinality>"
