"""The town as a step of the engine asks it, and what was asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from zhongshu.base.calendar.rules import WorkingDays
from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.settings import TaskSettings
from zhongshu.engine.cases.rules.state import Held, OpenTask
from zhongshu.engine.cases.rules.stepping import Failed
from zhongshu.engine.processes.rules.effects import CallService
from zhongshu.engine.studio.rules.trial.city import Town
from zhongshu.engine.studio.rules.trial.paper import Call, Decided
from zhongshu.engine.studio.rules.trial.steps import Outcome


class Unchosen(Invalid):
    """A service task was reached and nobody has said what it answers: `call` is what it would do."""

    def __init__(self, call: Call) -> None:
        super().__init__(
            "流程走到了自动环节 {element}（{handler}），请先选定它的结果，再试一次。",
            element=call.element, handler=call.handler,
        )  # fmt: skip
        self.call = call


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What a step asks, answered from the town and the chosen outcomes; remembers calls and decisions in order."""

    town: Town
    outcomes: Mapping[str, Outcome]
    calls: list[Call] = field(default_factory=list)
    decisions: list[Decided] = field(default_factory=list)

    def days(self) -> WorkingDays:
        """Which days are worked in the town."""
        return self.town.days

    def lineage(self, body: int) -> Sequence[int]:
        """A body's ids from the root down to itself."""
        return self.town.lineage(body)

    def serve(self, held: Held, call: CallService, data: Mapping[str, Any], at: datetime) -> Mapping[str, Any]:
        """The outcome that was chosen for the service task, else the town's; Unchosen where there is neither."""
        chosen, usual = self.outcomes.get(call.element), self.town.services.get(call.handler)
        if chosen is None and usual is None:
            raise Unchosen(Call(call.element, call.handler, data, {}))
        answer, failed = (chosen.answer, chosen.failed) if chosen else (usual or {}, "")
        self.calls.append(Call(call.element, call.handler, data, answer, failed))
        if failed:
            raise Failed(failed)
        return answer

    def decide(self, scenario: Scenario, element: str, decision: str, data: Mapping[str, Any], at: datetime) -> Any:
        """What the decision answers, and keeps why."""
        result = scenario.decide(decision, data, at)
        self.decisions.append(Decided(element, decision, result))
        return result.value

    def deputy(self, held: Held, task: OpenTask, settings: TaskSettings, at: datetime) -> str | None:
        """Nobody in the town is away."""
        return None
