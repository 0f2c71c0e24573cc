"""What waits for a dispatcher, with what the machine would suggest."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.desk.inbox.presenters import Item, items
from zhongshu.channels.desk.presenters import ranking
from zhongshu.channels.desk.presenters.ranking import Suggestion
from zhongshu.engine.cases.queries import scenarios, served, worklist
from zhongshu.engine.cases.queries.served import Served
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.intake.rules.questionnaire import Field

ROLE = "dispatcher"
NOTHING = Served({}, None)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A task in which a body is to be chosen: the question it is asked by, the others, and the suggestions.

    `returned` is the body that has sent the case back, if one has.
    """

    item: Item
    scenario: Scenario
    field: Field
    others: tuple[Field, ...]
    suggestions: tuple[Suggestion, ...]
    returned: str


def waiting(actor: Actor, at: datetime) -> list[Waiting]:
    """The dispatching tasks offered to the actor or already theirs, earliest due first, with their suggestions."""
    mine = [row for row in worklist.mine(actor) if row.role == ROLE]
    found = items([*mine, *worklist.offered(actor, ROLE, at)], at)
    asked = [(item, _form(item)) for item in found]
    answers = _answers(found)
    return [_waiting(item, fields, answers.get(item.row.case_id, NOTHING)) for item, fields in asked if fields]


def _form(item: Item) -> tuple[Scenario, Field] | None:
    """The task's scenario and its question for a body; None when it asks for none."""
    scenario = scenarios.version(item.row.scenario, item.row.version)
    form = scenario.forms.get(item.row.element)
    field = next((f for f in (form.fields if form else ()) if f.widget == "body"), None)
    return (scenario, field) if field else None


def _answers(found: list[Item]) -> dict[UUID, Served]:
    """What automatic dispatch left on each case: one statement for each name that dispatch goes by."""
    by_element: dict[str, list[UUID]] = defaultdict(list)
    for item in found:
        for element in ranking.elements(scenarios.version(item.row.scenario, item.row.version)):
            by_element[element].append(item.row.case_id)
    return {
        case: answer
        for element, cases in by_element.items()
        for case, answer in served.answers_of(cases, element).items()
    }


def _waiting(item: Item, asked: tuple[Scenario, Field], left: Served) -> Waiting:
    scenario, field = asked
    others = tuple(f for f in scenario.forms[item.row.element].fields if f is not field)
    return Waiting(item, scenario, field, others, ranking.bodies(left.answer, item.row.place), str(left.body or ""))
