"""The same process run by SpiffWorkflow, as somebody else's reading of the standard."""

import re
from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.specs.event_definitions import SignalEventDefinition
from SpiffWorkflow.bpmn.util import BpmnEvent
from SpiffWorkflow.util.task import TaskState

Place = tuple[tuple[str, int | None], ...]
"""Where something is: its element, and those around it from the inside out, each with the number of its instance."""

DEFINED = {
    "messageRef": '<bpmn:message id="{0}" name="{0}"/>',
    "signalRef": '<bpmn:signal id="{0}" name="{0}"/>',
    "errorRef": '<bpmn:error id="{0}" name="{0}" errorCode="{0}"/>',
    "escalationRef": '<bpmn:escalation id="{0}" name="{0}" escalationCode="{0}"/>',
}


class Facts(PythonScriptEngine):
    """Conditions read one set of booleans, whatever branch they are in; numbers and durations say themselves."""

    def __init__(self, facts: dict[str, Any]) -> None:
        super().__init__()
        self.facts = facts

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        text = expression.strip('"')
        return int(text) if text.isdigit() else self.facts.get(text, text)

    def execute(self, task: Any, script: str, external_context: Any = None) -> bool:
        return True


class Other:
    """A case as SpiffWorkflow has it."""

    def __init__(self, xml: bytes, facts: dict[str, Any]) -> None:
        parser = BpmnParser()
        parser.add_bpmn_xml(etree.fromstring(defined(xml)))
        spec, inner = parser.get_spec("pothole"), parser.get_subprocess_specs("pothole")
        self.workflow = BpmnWorkflow(spec, inner, script_engine=Facts(facts))
        self.workflow.do_engine_steps()

    def open(self) -> list[Place]:
        """Where work is open."""
        return sorted(map(self.place, self._ready()), key=str)

    @property
    def ended(self) -> bool:
        """Whether nothing is left to do."""
        return bool(self.workflow.completed)

    def do(self, place: Place) -> None:
        """Complete the work that is open there."""
        next(task for task in self._ready() if self.place(task) == place).run()
        self.workflow.do_engine_steps()

    def occur(self, place: Place, event: str) -> None:
        """Let the event come that is waited for there, at the event itself or at the gateway before it."""
        waiting = self.workflow.get_tasks(state=TaskState.WAITING)
        task = next(task for task in waiting if self.place(task) == place)
        found = task.task_spec.event_definition
        for index, output in enumerate(task.task_spec.outputs):
            if output.name == event:
                found = found.event_definitions[index]
        task.task_spec.catch(task, BpmnEvent(found))
        task.task_spec._update(task)
        self.workflow.do_engine_steps()

    def signal(self, name: str) -> None:
        """Let all who wait for a signal hear it."""
        self.workflow.catch(BpmnEvent(SignalEventDefinition(name)))
        self.workflow.do_engine_steps()

    def place(self, task: Any) -> Place:
        """Where a task is."""
        name, inner = task.task_spec.name.removesuffix(" [child]"), task.internal_data
        index = inner.get("key_or_index", inner.get("item", inner.get("iteration")))
        above = task.workflow.parent_task_id
        around = self.place(self.workflow.get_task_from_id(above)) if above else ()
        return ((name, index), *around)

    def _ready(self) -> list[Any]:
        return [task for task in self.workflow.get_tasks(state=TaskState.READY) if task.task_spec.manual]


def defined(xml: bytes) -> bytes:
    """The file with what it refers to by name defined in it, as SpiffWorkflow asks for."""
    text = xml.decode()
    lines = [
        line.format(name)
        for attribute, line in DEFINED.items()
        for name in sorted(set(re.findall(f'{attribute}="(.+?)"', text)))
    ]
    return text.replace("<bpmn:process ", "".join(lines) + "<bpmn:process ", 1).encode()
