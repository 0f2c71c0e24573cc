"""What others plug into cases: what a service task does, and what else of a scenario is looked over. Filled in
`main/wiring.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.stepping import Failed
from zhongshu.engine.processes.rules.findings import Finding

__all__ = ["Failed", "Handler", "Look", "Service", "Situation", "handlers", "looks"]


@dataclass(frozen=True, slots=True)
class Situation:
    """A case as a service task meets it."""

    case_id: UUID
    element: str
    category: str
    place: int
    lon: float | None
    lat: float | None
    data: Mapping[str, Any]
    at: datetime


class Handler(Protocol):
    """Does the work of a service task; if it writes, inside the step's transaction.

    What it answers (JSON values) stands in the case's data under the task's name, for the conditions behind it.
    Raises Failed to leave by an error event; it has then written nothing.
    """

    def __call__(self, situation: Situation) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Service:
    """A handler, and whether it writes: a step whose services only read needs no transaction to be whole."""

    handle: Handler
    writes: bool = True


class Look(Protocol):
    """Looks over a part of a scenario's folder that cases do not know, before it is loaded; writes nothing."""

    def __call__(self, scenario: Scenario, files: Mapping[str, str]) -> Iterable[Finding]: ...


handlers: dict[str, Service] = {}
"""Name in the process (`implementation="dispatch.assign"`) → what does it."""

looks: list[Look] = []
"""Who else looks over a folder: what they find wrong keeps it from being loaded."""
