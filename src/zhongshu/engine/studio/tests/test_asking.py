"""The scenario that takes ten minutes to build, tried: twelve bodies are asked, three answer, the day passes."""

from datetime import datetime

import pytest

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.cases.rules import scenario as scenarios
from zhongshu.engine.cases.tests.asked import files
from zhongshu.engine.intake.rules.questionnaire import Unfit
from zhongshu.engine.studio.rules import trial
from zhongshu.engine.studio.rules.trial import Trial
from zhongshu.engine.studio.tests.trying import MONDAY, TOWN

ASKING = scenarios.compile(1, files())
TWELVE = list(range(101, 113))
FRIDAY = datetime.fromisoformat("2026-03-06T18:00:00+08:00")


def started(by: str = "2026-03-06") -> Trial:
    answers = {"subject": "夜间施工怎么管", "bodies": TWELVE, "by": by}
    return trial.begin(ASKING, trial.Begin(MONDAY, answers, "official"), TOWN)


def test_twelve_bodies_are_asked_and_who_asked_collects_what_came_by_friday() -> None:
    asked = started()
    assert (asked.held.title, asked.open) == ("夜间施工怎么管", ("ask",) * 12)
    assert {task.due for task in asked.held.tasks} == {FRIDAY}
    for body in (101, 103, 112):
        asked = trial.take(asked, trial.Complete(task="ask", body=body, answers={"agree": body != 103}))
    later = trial.take(asked, trial.Push(to=FRIDAY))
    assert (later.open, later.held.phase) == (("collect",), "collecting")
    assert later.held.data["ask"]["answered"] == [101, 103, 112]
    (collect,) = later.held.tasks
    starter = TOWN.person(later.held.data["started"]["by"])
    assert starter is not None and (collect.assignee, collect.pool) == (starter.id, -1)
    assert trial.take(later, trial.Complete(task="collect")).held.closed == FRIDAY


def test_a_day_that_is_over_is_refused_beside_its_question() -> None:
    with pytest.raises(Unfit) as refused:
        started(by="2026-02-27")
    assert refused.value.problems.keys() == {"by"}


def test_a_deadline_that_an_answer_set_is_not_lengthened() -> None:
    with pytest.raises(Invalid, match="由填写的日期决定"):
        trial.take(started(), trial.Extend(task="ask", body=101, amount=1))
