"""Everything there is to say about a folder is said at once, each thing with its file and place."""

from pathlib import Path
from typing import Any

import pytest

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.cases.queries.scenarios import files_of
from zhongshu.engine.cases.rules import scenario
from zhongshu.engine.cases.rules.examining import Finding, Unsound, examine, is_sound
from zhongshu.engine.cases.tests import asked
from zhongshu.engine.processes.rules import findings as drawing

ROOT = Path(__file__).parents[5] / "scenarios"
NOISE = files_of(ROOT / "noise")
SERVICES = {"dispatch.assign"}
PAGE = "scenario.toml"


def changed(*changes: tuple[str, str, str]) -> dict[str, str]:
    """The folder of noise, texts in its files replaced."""
    files = dict(NOISE)
    for file, before, after in changes:
        assert before in files[file]
        files[file] = files[file].replace(before, after)
    return files


def said(files: dict[str, str]) -> list[tuple[str, str, str]]:
    return [(each.file, each.place, each.severity) for each in examine(files, SERVICES)]


@pytest.mark.parametrize(
    "folder", sorted(path.parent for path in ROOT.glob("*/scenario.toml")), ids=lambda path: path.name
)
def test_of_a_scenario_that_is_shipped_there_is_nothing_to_say(folder: Path) -> None:
    assert examine(files_of(folder), SERVICES) == ()


def test_what_is_wrong_in_several_files_is_said_at_once() -> None:
    files = changed(
        (PAGE, 'deadline = "30 minutes"', 'deadline = "soon"'),
        (PAGE, 'form = "tasks/close.json"', 'form = "tasks/none.json"'),
        (PAGE, "verify.passed = true", "verify.passed ="),
        (PAGE, 'ended = "closed"', 'ended = "gone"'),
        ("form.json", '"type": "boolean", "title": "现在', '"type": "truth", "title": "现在'),
        ("tasks/join.json", "{", "["),
        ("process.bpmn", '<bpmn:userTask id="verify"', '<bpmn:userTask id="check"'),
    )
    assert {
        (PAGE, "/tasks/accept", "error"), (PAGE, "/tasks/close/form", "error"), (PAGE, "/case/decided", "error"),
        (PAGE, "/case/ended", "error"), ("form.json", "/properties/ongoing/type", "error"),
        ("tasks/join.json", "", "error"),
    } <= set(said(files))  # fmt: skip
    assert any(each.file == "process.bpmn" and each.line for each in examine(files, SERVICES))


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ((PAGE, 'task = "join"', 'task = "verify"'), (PAGE, "/tasks/handle", "error")),
        ((PAGE, '[tasks.verify]', '[tasks.verifies]'), ("process.bpmn", "verify", "error")),
        ((PAGE, 'role = "verifier"', ""), ("process.bpmn", "verify", "error")),
        (("process.bpmn", "dispatch.assign", "no.body"), ("process.bpmn", "dispatch", "error")),
        ((PAGE, 'form = "tasks/close.json"', ""), ("tasks/close.json", "", "warning")),
    ],
)  # fmt: skip
def test_how_the_files_fit_each_other_is_said_at_the_step(change: Any, found: Any) -> None:
    assert found in said(changed(change))


@pytest.mark.parametrize("name", ["by", "behalf", "at"])
def test_a_question_under_whose_name_the_platform_writes_itself_is_refused_with_its_file_and_place(name: str) -> None:
    files = changed(
        ("tasks/close.json", '"properties": {', f'"properties": {{"{name}": {{"type": "string", "title": "问"}},')
    )
    (found,) = examine(files, SERVICES)
    assert (found.file, found.place, found.severity) == ("tasks/close.json", f"/properties/{name}", "error")
    assert f"“{name}”" in str(found) and "请改名" in str(found)
    with pytest.raises(Invalid):
        scenario.compile(1, files)


def test_nor_does_a_question_to_bodies_stand_where_it_is_kept_which_have_answered() -> None:
    asking = {name: text.replace("agree", "answered") for name, text in asked.files().items()}
    (found,) = examine(asking, SERVICES)
    assert (found.file, found.place, found.severity) == ("tasks/ask.json", "/properties/answered", "error")


def test_a_task_does_not_write_over_what_every_case_has() -> None:
    files = {name.replace("verify", "answers"): text.replace("verify", "answers") for name, text in NOISE.items()}
    assert ("process.bpmn", "answers", "error") in said(files)


def test_settings_that_cannot_be_read_are_said_with_line_or_field() -> None:
    torn, strange = changed((PAGE, 'prefix = "ZS"', "prefix = ")), changed((PAGE, "[case]", "[case]\nspeed = 1"))
    (first,), (second,) = (examine(files, SERVICES) for files in (torn, strange))
    assert (first.file, first.line) == (PAGE, 6) and (second.file, second.place) == (PAGE, "/case")


@pytest.mark.parametrize(
    "change", [(PAGE, "x", "y"), ("form.json", "string", "text"), ("process.bpmn", "bpmn:userTask", "a")]
)
def test_what_is_called_sound_compiles_and_what_is_not_does_not(change: tuple[str, str, str]) -> None:
    scenario.compile(1, NOISE)
    files = changed(change)
    assert not is_sound(examine(files, SERVICES))
    with pytest.raises(Invalid):
        scenario.compile(1, files)


def test_what_others_look_at_is_said_with_its_file_once_the_folder_compiles() -> None:
    def look(compiled: scenario.Scenario, files: Any) -> list[drawing.Finding]:
        return [drawing.Finding("letters/a.typ", 3, "{code} 的文书不对。", {"code": compiled.code})]

    (found,) = examine(NOISE, SERVICES, [look])
    assert (found.file, found.line, str(found)) == ("letters/a.typ", 3, "noise 的文书不对。")
    assert all(each.file != "letters/a.typ" for each in examine({**NOISE, "form.json": "{"}, SERVICES, [look]))


def test_a_refusal_counts_what_is_wrong_and_names_the_first() -> None:
    findings = [
        Finding("a.md", "", "warning", "乙"),
        Finding("b.md", "", "error", "甲"),
        Finding("c.md", "", "error", "丙"),
    ]
    assert str(Unsound(findings)) == "有 2 处要改，先改好再办。b.md：甲"
