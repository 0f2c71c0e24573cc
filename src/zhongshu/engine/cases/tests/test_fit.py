"""Drawing and settings of a scenario fit each other, or it is said where they do not."""

import pytest

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.cases.rules import fit
from zhongshu.engine.cases.tests.drawn import USUAL, compiled
from zhongshu.engine.processes.tests.drawing import (
    END,
    IN,
    OUT,
    START,
    call,
    drawn,
    event,
    exclusive,
    flow,
    message,
    path,
    task,
)

PLAIN = (START, task("look"), END, path("start", "look", "end"))
LANE = '<bpmn:lane id="s" name="街道"><bpmn:flowNodeRef>look</bpmn:flowNodeRef></bpmn:lane>'
LANES = f'<bpmn:laneSet id="l">{LANE}</bpmn:laneSet>'


def test_a_scenario_that_fits_is_not_talked_about() -> None:
    assert compiled(*PLAIN, tasks={"look": USUAL}).warnings == ()


def test_all_that_does_not_fit_is_told_at_once_with_its_element() -> None:
    rule = '<bpmn:businessRuleTask id="fee" implementation="收费"/>'
    with pytest.raises(fit.Misfit) as refused:
        compiled(
            START, task("look"), task("sign"), rule, END, path("start", "look", "sign", "fee", "end"),
            tasks={"look": "", "gone": USUAL},
        )  # fmt: skip
    errors = [(each.element_id, each.line) for each in refused.value.findings if each.severity == "error"]
    assert errors == [("sign", 7), ("gone", 0), ("look", 0 + 6), ("fee", 8)]
    assert str(refused.value).startswith("场景有 4 处要改。")


def test_a_task_without_a_role_is_its_lane_s() -> None:
    scenario = compiled(LANES, *PLAIN, tasks={"look": ""}, more='[lanes]\n"街道" = "handler"')
    assert scenario.settings.tasks["look"].role == "handler"
    with pytest.raises(Invalid) as refused:
        compiled(LANES, *PLAIN, tasks={"look": ""}, more='[lanes]\n"街道" = "king"')
    assert "king" in str(refused.value)
    with pytest.raises(fit.Misfit):
        compiled(LANES, *PLAIN, tasks={"look": ""}, more='[lanes]\n"社区" = "handler"')


def test_a_task_without_a_deadline_is_a_warning_unless_a_category_gives_one() -> None:
    bare = 'role = "handler"'
    assert [each.element_id for each in compiled(*PLAIN, tasks={"look": bare}).warnings] == ["look"]
    given = '[deadlines]\n1101 = { look = "2 hours" }'
    assert compiled(*PLAIN, tasks={"look": bare}, more=given).warnings == ()


def test_a_name_nothing_gives_a_value_is_a_warning_where_it_is_read() -> None:
    drawing = (
        START, task("look"), exclusive("way", "no"), END, path("start", "look", "way"),
        flow("way", "end", "look.good and weather.dry", id="dry"), flow("way", "end", id="no"),
    )  # fmt: skip
    scenario = compiled(*drawing, tasks={"look": USUAL + '\nassignee = "boss.id"'})
    assert [(each.element_id, each.gaps["name"]) for each in scenario.warnings] == [
        ("dry", "weather"),
        ("look", "boss"),
    ]


def test_sources_begin_at_starts_the_drawing_has() -> None:
    two = (START, event("startEvent", "called", message("call")), task("look"), END, path("start", "look", "end"),
           path("called", "end"))  # fmt: skip
    assert compiled(*two, tasks={"look": USUAL}, more='[starts]\nhotline = "called"').warnings == ()
    with pytest.raises(fit.Misfit) as refused:
        compiled(*two, tasks={"look": USUAL}, more='[starts]\nhotline = "end"')
    assert [each.element_id for each in refused.value.findings] == ["end"]


def test_other_drawings_of_the_folder_may_be_called() -> None:
    inside = drawn(IN, task("read"), OUT, path("in", "read", "out")).decode().replace("pothole", "check")
    scenario = compiled(
        START, call("ask", "check"), END, path("start", "ask", "end"), tasks={"read": USUAL}, **{"check.bpmn": inside}
    )
    assert [each.id for each in scenario.net.tasks()] == ["read"]
