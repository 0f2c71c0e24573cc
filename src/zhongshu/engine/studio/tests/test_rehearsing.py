"""An author's examples are played again and tell what has become different."""

import json
from typing import Any

from zhongshu.engine.cases.rules import scenario as scenarios
from zhongshu.engine.cases.tests.test_scenario_decisions import FILES, MODEL
from zhongshu.engine.cases.tests.test_shipped_scenarios import FOLDERS, shipped
from zhongshu.engine.studio.rules import trial

BEGIN = {"at": "2026-03-02T09:00:00+08:00", "answers": {"description": "夜里施工"}}


def steps(*rows: dict[str, Any], **expect: Any) -> dict[str, Any]:
    return {"begin": BEGIN | {"expect": expect}, "steps": list(rows)}


def accept(**expect: Any) -> dict[str, Any]:
    return {"do": "complete", "task": "accept", "answers": {"accepted": True}, "expect": expect}


def different(*rows: dict[str, Any], **expect: Any) -> list[tuple[int, str, Any, Any]]:
    found = trial.replay(shipped("noise"), steps(*rows, **expect))
    return [(one.step, one.what, one.expected, one.found) for one in found]


def test_an_example_that_still_holds_says_nothing() -> None:
    due = {"accept": "2026-03-02T09:30:00+08:00"}
    data = {"accept.accepted": True, "dispatch.body": 101, "nobody.knows": None}
    now = accept(
        open=["handle"],
        phase="handling",
        body=101,
        called=["dispatch"],
        closed=False,
        message="case.advanced",
        data=data,
    )
    assert different(now, open=["accept"], due=due, message="case.opened") == []


def test_each_thing_that_is_different_is_told_with_both_values() -> None:
    assert different(accept(open=["verify"], phase="closing", body=102, data={"accept.accepted": False})) == [
        (1, "open", ["verify"], ["handle"]), (1, "phase", "closing", "handling"), (1, "body", 102, 101),
        (1, "data.accept.accepted", False, True),
    ]  # fmt: skip


def test_a_refusal_may_be_what_is_expected() -> None:
    refused = {"do": "complete", "task": "accept", "answers": {"accepted": False}, "expect": {"problems": ["reason"]}}
    assert different(refused, accept(open=["handle"])) == []
    early = {"do": "reopen", "to": "accept", "reason": "重办", "expect": {"refused": "正在办理"}}
    assert different(early, accept(refused="没有职责")) == [(2, "refused", "没有职责", None)]


def test_a_step_that_is_refused_unexpectedly_is_the_last_thing_told() -> None:
    ((step, what, expected, found),) = different({"do": "resume"}, accept(open=["nothing"]))
    assert (step, what, expected) == (1, "refused", None) and "没有挂起" in found


def test_the_examples_of_a_folder_become_findings_of_their_files() -> None:
    rows = [{"inputs": {"answers": {"stalls": 12}}, "expect": "紧急"}, {"inputs": {"answers": {}}, "expect": "紧急"}]
    files = {
        **FILES, "urgency.dmn": MODEL % '"紧急"', "decisions/urgency.tests.json": json.dumps(rows),
        "decisions/nobody.tests.json": json.dumps(rows), "trials/good.json": json.dumps(steps()),
        "trials/torn.json": "{", "trials/wrong.json": json.dumps(steps(open=["nothing"])), "trials/list.json": "[1]",
    }  # fmt: skip
    found = trial.rehearse(scenarios.compile(1, files), files)
    told = {(each.file, each.severity): str(each) for each in found}
    assert told.keys() == {
        ("trials/torn.json", "error"), ("trials/wrong.json", "error"), ("trials/list.json", "error"),
        ("decisions/urgency.tests.json", "error"), ("decisions/nobody.tests.json", "error"),
    }  # fmt: skip
    assert (
        told["decisions/urgency.tests.json", "error"]
        == "第 2 行应当得到 紧急，实际是 一般。这里没有名为“stalls”的一项。"
    )
    assert "['nothing']" in told["trials/wrong.json", "error"]


def test_an_example_that_cannot_go_on_says_why_and_warns_only_among_a_citys_own_bodies() -> None:
    torn = steps({"do": "resume"})
    files = {"trials/here.json": json.dumps(torn | {"town": "city"}), "trials/town.json": json.dumps(torn)}
    here, town = trial.rehearse(shipped("noise"), files)
    assert (here.severity, town.severity) == ("warning", "error")
    assert "本市的单位里办不下去（第 1 步" in str(here) and "没有挂起" in str(here) and "没有挂起" in str(town)


def test_a_rule_no_row_has_met_is_a_warning() -> None:
    rows = [{"inputs": {"answers": {"stalls": 12}}, "expect": "紧急"}]
    files = {**FILES, "urgency.dmn": MODEL % '"紧急"', "decisions/紧急程度.tests.json": json.dumps(rows)}
    (found,) = trial.rehearse(scenarios.compile(1, files), files)
    assert found.severity == "warning" and "第 2 条规则" in str(found)


def test_the_examples_that_are_shipped_hold() -> None:
    with_examples = 0
    for folder in FOLDERS.values():
        files = {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in folder.rglob("*") if p.is_file()}
        with_examples += any(name.startswith("trials/") for name in files)
        assert trial.rehearse(scenarios.compile(1, files), files) == []
    assert with_examples == 4
