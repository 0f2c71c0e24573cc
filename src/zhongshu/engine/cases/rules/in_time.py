"""A form whose answer sets a deadline that is over already is not taken. Pure."""

from datetime import datetime

from zhongshu.engine.cases.rules import dues
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.state import Change, Held
from zhongshu.engine.intake.rules.questionnaire import Unfit


def refuse_past(scenario: Scenario, held: Held, change: Change, where: str, at: datetime) -> None:
    """Refuse, beside the question, the form at `where` (`answers`, or a task) by which a step began something too late.

    What is due by an earlier form, or by no form at all, is late and goes on.
    """
    began = [(task.element, task.due) for task in change.opened]
    if where == "answers":
        began.append(("case", held.due))
    named = ((scenario.settings.by_answer(element, held.category), due) for element, due in began)
    reckoned = [(expression, due) for expression, due in named if expression is not None]
    if problems := dues.past(reckoned, where, at):
        raise Unfit(problems)
