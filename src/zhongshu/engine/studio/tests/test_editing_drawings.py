"""Drawings kept with their settings, and what of a case's answers an author can pick."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.http.refusals import Absent, Invalid
from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.processes.rules import editing
from zhongshu.engine.processes.rules.bpmn import document
from zhongshu.engine.studio.rules.editing import answers, drawings, pages, waits

PATTERNS = Path(drawings.__file__).parents[2] / "patterns"
CALLED = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x">
  <bpmn:process id="inner" isExecutable="true"><bpmn:startEvent id="in"/><bpmn:userTask id="inner_task" name="核实"/>
    <bpmn:endEvent id="out"/><bpmn:sequenceFlow id="a" sourceRef="in" targetRef="inner_task"/>
    <bpmn:sequenceFlow id="b" sourceRef="inner_task" targetRef="out"/></bpmn:process>
</bpmn:definitions>
"""


def folder(name="joint-review"):
    found = PATTERNS / name
    return {str(path.relative_to(found)): path.read_text() for path in found.rglob("*") if path.is_file()}


def calling(files):
    """The folder with a task that calls another drawing in the place of its first one."""
    process = files["process.bpmn"].replace(
        "</bpmn:process>", '<bpmn:callActivity id="c" calledElement="inner"/></bpmn:process>'
    )
    return {**files, "process.bpmn": process, "a-inner.bpmn": CALLED}


@pytest.mark.parametrize("name", ["approval", "asking", "inspection", "joint-review", "notice"])
def test_a_drawing_that_was_not_changed_is_kept_with_its_settings_as_they_are(name):
    files = folder(name)
    kept = drawings.kept(files, "process.bpmn", drawings.opened(files, "process.bpmn"))
    assert kept.keys() == {"process.bpmn"}
    assert drawings.written(files, "process.bpmn", files["process.bpmn"]) == {"process.bpmn": files["process.bpmn"]}


def test_the_first_drawing_is_that_of_the_settings_and_called_ones_count_with_their_tasks():
    files = calling(folder())
    assert drawings.names(files) == ["process.bpmn", "a-inner.bpmn"]
    assert drawings.tasks(files)[-1] == "inner_task"
    assert drawings.calls(files)["inner"] == "a-inner.bpmn"
    renamed = editing.rename(drawings.opened(files, "a-inner.bpmn"), "inner_task", "再核实").document
    kept = drawings.kept(files, "a-inner.bpmn", renamed, {"inner_task": "Check again"})
    assert pages.read(kept["scenario.toml"])["tasks"]["inner_task"]["name_en"] == "Check again"


def test_what_nobody_calls_has_no_settings():
    files = {**folder(), "a-inner.bpmn": CALLED}
    assert "inner_task" not in drawings.tasks(files)


def test_settings_that_cannot_be_read_do_not_keep_a_drawing_from_being_saved():
    files = {**folder(), "scenario.toml": "name = "}
    assert drawings.main(files) == "process.bpmn"
    assert drawings.kept(files, "process.bpmn", drawings.opened(files, "process.bpmn")).keys() == {"process.bpmn"}
    assert answers.known(files) == ()


def test_a_drawing_without_shapes_is_laid_out():
    kept = drawings.written({}, "a-inner.bpmn", CALLED)
    assert "BPMNShape" in kept["a-inner.bpmn"]
    assert document.load(kept["a-inner.bpmn"].encode()).element("inner_task") is not None


def test_a_file_that_is_not_there_or_no_drawing_is_refused():
    with pytest.raises(Absent):
        drawings.opened(folder(), "form.json")
    with pytest.raises(Invalid):
        drawings.written(folder(), "process.bpmn", "no drawing")


def test_a_step_is_named_after_its_english_name():
    assert drawings.id_for("Collect answers", ()) == "collect_answers"
    assert drawings.id_for("3 Collect", {"collect"}) == "collect_2"
    assert drawings.id_for("收集", ()) == ""
    assert drawings.id_for("Started", drawings.taken(folder())) == "started_2", "expressions read another thing so"


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.text(max_size=80), st.sets(st.sampled_from(["a", "step", "step_2"])))
def test_an_id_is_one_the_drawing_takes_and_nobody_has(english, taken):
    made = drawings.id_for(english, taken)
    assert made == "" or (editing.add_task(document.load(CALLED.encode()), "in", "x", id=made) and made not in taken)


def test_conditions_to_pick_are_sound_and_read_what_is_asked():
    found = answers.known(folder())
    ready = {each.feel: each for each in answers.ready(found)}
    assert ready['conclude.result = "again"'].option.label == "再审一轮"
    assert "confirm.passed = true" in ready
    for said in ready:
        assert feel.compile(said).names <= {"answers", "review", "conclude", "confirm"}
    assert [each.name for each in answers.lists(found)] == ["answers.bodies"]
    assert [each.name for each in answers.days(found)] == ["answers.by", "conclude.day"]


def test_a_list_of_choices_is_asked_whether_it_contains_one():
    form = '{"properties": {"kinds": {"type": "array", "items": {"type": "string", "enum": ["a\\"b"]}}}}'
    (one,) = answers.ready(answers.known({"scenario.toml": 'form = "f.json"', "f.json": form}))
    assert one.feel == 'list contains(answers.kinds, "a\\"b")'
    assert feel.compile(one.feel)


def test_enough_is_written_and_read():
    assert answers.count_of(answers.enough(3)) == "3"
    assert answers.count_of("nrOfCompletedInstances >= 3 or a.b") == ""


WAITS = st.one_of(
    st.builds(waits.Wait, st.integers(1, 9_999).map(str), st.sampled_from(waits.UNITS)),
    st.sampled_from(["answers.by", "plan.day"]).map(lambda name: waits.Wait(until=name)),
    st.sampled_from(["R3/PT1H", "P3W2", 'duration("P1D")', "2026-11-23"]).map(lambda text: waits.Wait(feel=text)),
)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(WAITS, st.booleans())
def test_a_wait_is_read_as_it_was_written(wait, moment):
    assert waits.read(waits.written(wait, moment=moment)) == wait


def test_a_length_of_another_tool_is_told_in_our_units():
    assert waits.read("PT30M") == waits.Wait("30", "minutes")
    assert waits.read("P3D") == waits.Wait("72", "hours")
    assert waits.read("PT45S") == waits.Wait(feel="PT45S")


@pytest.mark.parametrize(
    "wait", [waits.Wait(), waits.Wait("0"), waits.Wait("-1"), waits.Wait("五"), waits.Wait("1", "years")]
)
def test_a_wait_nobody_can_wait_is_refused(wait):
    with pytest.raises(Invalid):
        waits.written(wait)
