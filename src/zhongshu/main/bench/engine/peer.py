"""The other side, in a process of its own: the same permits walked by SpiffWorkflow, stored after every step.

As quick as it goes: the drawing is parsed once and not stored with the permits; the state is JSON in one row, read
under its lock and written back in the same transaction, by prepared statements; conditions are looked up, not
compiled; waiting timers are looked at only by who looks for due ones. No rights, no journal, no work list.

    python -m zhongshu.main.bench.engine.peer URL

answers each line of its input, a number of permits, with the seconds of CPU that walking them took.
"""

import sys
import time
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import psycopg
import uuid_utils.compat
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.config import DEFAULT_CONFIG
from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnWorkflowConverter, WorkflowConverter
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from zhongshu.main.bench import cpu
from zhongshu.main.bench.engine import walks
from zhongshu.main.bench.engine.walks import Step

# Not jsonb, which sorts keys: a task's data is restored from its parent's, that must have come before.
TABLE = "CREATE TABLE IF NOT EXISTS bench_permit (id uuid PRIMARY KEY, state json NOT NULL, closed boolean NOT NULL)"


class Conditions(PythonScriptEngine):
    """What the drawing says, without a compiler: `task.field` is looked up, a duration says itself."""

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        if "." not in expression:
            return expression
        asked = (part.split(".") for part in expression.split(" and "))
        return all(task.data.get(element, {}).get(name) for element, name in asked)


class Permits:
    """Permits in one table, each a row with its state."""

    def __init__(self, url: str) -> None:
        self.connection = psycopg.connect(url, autocommit=True, prepare_threshold=3)
        with self.connection.transaction():
            self.connection.execute(TABLE)
        self.conditions = Conditions()
        parser = BpmnParser()
        parser.add_bpmn_file(str(walks.NET))
        self.spec = parser.get_spec("permit")
        self.serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(self._config()))

    def _config(self) -> dict[Any, Any]:
        """Theirs, but the drawing is not stored with each permit: that is kept parsed."""
        spec = self.spec

        class WithoutSpec(BpmnWorkflowConverter):
            def to_dict(self, workflow: Any) -> dict[str, Any]:
                found = WorkflowConverter.to_dict(self, workflow)
                events = self.registry.convert(workflow.bpmn_events)
                return {**found, "subprocesses": self.mapping_to_dict(workflow.subprocesses), "bpmn_events": events}

            def from_dict(self, dct: dict[str, Any]) -> Any:
                return super().from_dict({**dct, "spec": spec})

        return {**DEFAULT_CONFIG, BpmnWorkflow: WithoutSpec}

    def opened(self) -> UUID:
        """A new permit, stored."""
        permit, workflow = uuid_utils.compat.uuid7(), BpmnWorkflow(self.spec, script_engine=self.conditions)
        workflow.task_tree.data["answers"] = walks.APPLICATION
        workflow.do_engine_steps()
        with self.connection.transaction():
            self.connection.execute(
                "INSERT INTO bench_permit VALUES (%s, %s, false)", [permit, self.serializer.serialize_json(workflow)]
            )
        return permit

    def do(self, permit: UUID, step: Step) -> None:
        """Complete a task: locked read, advance, write; one transaction."""
        element, outcome = step
        with self.connection.transaction():
            found = self.connection.execute("SELECT state::text FROM bench_permit WHERE id = %s FOR UPDATE", [permit])
            ((state,),) = found.fetchall()
            workflow = self.serializer.deserialize_json(state)
            workflow.script_engine = self.conditions
            (task,) = workflow.get_tasks(state=TaskState.READY, spec_name=element)
            task.data[element] = outcome
            task.run()
            workflow.do_engine_steps()
            self.connection.execute(
                "UPDATE bench_permit SET state = %s, closed = %s WHERE id = %s",
                [self.serializer.serialize_json(workflow), workflow.completed, permit],
            )

    def walked(self, count: int) -> float:
        """Seconds of CPU, of this process and its backend, that so many permits take from application to delivery."""
        permits = [self.opened() for _ in range(count)]
        before = self._seconds()
        for permit in permits:
            for step in walks.walk():
                self.do(permit, step)
        return self._seconds() - before

    def _seconds(self) -> float:
        return time.process_time() + cpu.seconds([self.connection.info.backend_pid])


def main(url: str, asked: Iterable[str]) -> None:
    """Answer each line asked, a number of permits, with the seconds they took."""
    permits = Permits(url)
    for count in asked:
        print(permits.walked(int(count)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.stdin)
