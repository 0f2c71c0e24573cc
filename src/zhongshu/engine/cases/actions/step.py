"""One step of a case, taken in the city: `rules/stepping.py` with the tables around it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from zhongshu.base.calendar import queries as calendar
from zhongshu.base.calendar.rules import Term
from zhongshu.engine.cases import doors
from zhongshu.engine.cases.actions import rows
from zhongshu.engine.cases.queries import deputies
from zhongshu.engine.cases.queries.reach import reach_of
from zhongshu.engine.cases.rules import stepping
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.state import Change, Held, OpenTask, Signer
from zhongshu.engine.cases.rules.stepping import responsible
from zhongshu.engine.processes.rules.effects import CallService
from zhongshu.engine.processes.rules.happenings import Happening
from zhongshu.registers.people import queries as people

__all__ = ["reach_now", "reach_of", "reach_of_task", "responsible", "rings", "take"]


class _City:
    """What a step asks of the city, as its tables have it."""

    days = staticmethod(calendar.working_days)
    lineage = staticmethod(people.lineage)
    deputy = staticmethod(deputies.able)

    @staticmethod
    def decide(scenario: Scenario, element: str, decision: str, data: Mapping[str, Any], at: datetime) -> Any:
        """What the decision answers; nobody asks why here."""
        return scenario.decide(decision, data, at).value

    @staticmethod
    def serve(held: Held, call: CallService, data: Mapping[str, Any], at: datetime) -> Mapping[str, Any]:
        """What the handler answers; one that writes does so under the case's lock."""
        situation = doors.Situation(held.id, call.element, held.category, held.place, held.lon, held.lat, data, at)
        service = doors.handlers[call.handler]
        if service.writes:
            rows.under_lock(held)
        return service.handle(situation)


def take(
    scenario: Scenario,
    held: Held,
    data: dict[str, Any],
    happening: Happening,
    at: datetime,
    signer: Signer | None = None,
) -> Change:
    """Let `happening` come to a case whose data is now `data`: run the process until only people are awaited.

    Service tasks are answered on the way, those that write in the caller's transaction. `signer`: who a signature
    that is added is asked of.
    """
    return stepping.take(scenario, held, data, happening, at, _City(), signer)


def rings(wait: timedelta | Term | datetime, at: datetime) -> datetime:
    """When a timer started at `at` rings."""
    return stepping.rings(wait, at, calendar.working_days())


def reach_now(held: Held) -> tuple[int, ...]:
    """The reach of a case as the tree of bodies has it now."""
    return reach_of(held.place, *sorted(stepping.concerned(held.tasks, held.body, held.data)))


def reach_of_task(held: Held, task: OpenTask) -> Sequence[int]:
    """What a task's role must be held over: the line of the body it waits for, else all that is over the case."""
    return stepping.reach_of_task(held, task, people.lineage)
