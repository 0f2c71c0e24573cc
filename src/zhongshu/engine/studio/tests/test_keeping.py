"""A trial is kept as how it began and what was done, and comes back the same."""

import json
from datetime import timedelta

import pytest

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.cases.tests.drawn import compiled
from zhongshu.engine.cases.tests.test_shipped_scenarios import shipped
from zhongshu.engine.processes.tests.drawing import END, START, path, task
from zhongshu.engine.studio.rules import trial
from zhongshu.engine.studio.tests.trying import MONDAY, TOWN, done, tried

TASKS = {"write": 'role = "handler"', "check": 'role = "supervisor"'}
TWO = compiled(START, task("write"), task("check"), END, path("start", "write", "check", "end"), tasks=TASKS)
ONE = compiled(START, task("write"), END, path("start", "write", "end"), tasks={"write": 'role = "handler"'})


def test_a_trial_comes_back_from_its_plain_form() -> None:
    noise = shipped("noise")
    begun = trial.begin(noise, trial.Begin(MONDAY, {"description": "夜里施工"}, outcomes={"x": trial.Outcome()}), TOWN)
    asked = trial.take(begun, trial.Ask(task="accept", items=[("地址", "写得不清楚")]))
    late = trial.take(asked, trial.Push(to=MONDAY + timedelta(days=9)))
    whistle = {"result": "whistle", "request": "夜查", "first": 102, "second": 103}
    called = trial.take(trial.take(late, trial.Complete(task="accept", answers={"accepted": True})),
                        trial.Complete(task="handle", answers=whistle))  # fmt: skip
    plain = json.loads(json.dumps(trial.to_json(called)))
    played = trial.from_json(noise, TOWN, plain)
    assert (played.trial, played.refusal) == (called, None)
    assert called.open == ("join", "join")


def test_a_trial_is_played_as_far_as_the_changed_scenario_allows() -> None:
    plain = trial.to_json(done(tried(TWO), "write", "check"))
    assert trial.from_json(TWO, TOWN, plain).refusal is None
    played = trial.from_json(ONE, TOWN, plain)
    assert played.trial is not None and played.step == 1
    assert "check 现在没有待办" in str(played.refusal)


@pytest.mark.parametrize(
    "wrong",
    [
        {}, {"begin": {}}, {"begin": {"at": "soon"}}, {"begin": {"at": MONDAY.isoformat()}, "steps": [{"do": "fly"}]},
        {"begin": {"at": MONDAY.isoformat()}, "steps": [{"do": "push"}]},
        {"begin": {"at": MONDAY.isoformat()}, "steps": [{"do": "resume", "why": "x"}]},
        {"begin": {"at": "2026-03-02T09:00:00"}},
        {"begin": {"at": MONDAY.isoformat()}, "steps": [{"do": "resume"}] * 201},
    ],
)  # fmt: skip
def test_what_tells_of_no_trial_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid, match="步骤写得不对"):
        trial.from_json(ONE, TOWN, wrong)
