"""A folder of scenarios is looked over before anything is loaded."""

import re
from pathlib import Path
from typing import Any

from zhongshu.engine.cases.tests.drawn import USUAL, files
from zhongshu.engine.processes.tests.drawing import END, START, path, service, task
from zhongshu.engine.studio.queries.findings import look_over


def folder(at: Path, code: str, *elements: str, **tasks: str) -> None:
    """Put a scenario into a folder of its own, with a prefix of its own."""
    (at / code).mkdir()
    for name, text in files(*elements, tasks=tasks, code=code).items():
        (at / code / name).write_text(re.sub(r"(?m)^prefix = .*$", f'prefix = "{code[:4].upper()}"', text))


def test_two_folders_of_one_prefix_are_told_of_each_other(city: Any, tmp_path: Path) -> None:
    for code in ("street-works", "street-trees"):
        folder(tmp_path, code, START, task("look"), END, path("start", "look", "end"), look=USUAL)
    found = look_over(tmp_path)
    told = {code: [(each.place, each.gaps["other"]) for each in findings] for code, findings in found.items()}
    assert told == {"street-trees": [("/prefix", "street-works")], "street-works": [("/prefix", "street-trees")]}


def test_each_folder_tells_all_that_is_wrong_and_all_that_looks_odd(city: Any, tmp_path: Path) -> None:
    folder(tmp_path, "good", START, task("look"), END, path("start", "look", "end"), look=USUAL)
    folder(tmp_path, "odd", START, task("look"), END, path("start", "look", "end"), look='role = "handler"')
    folder(tmp_path, "bad", START, task("a"), task("b"), END, path("start", "a", "b", "end"), c=USUAL)
    folder(tmp_path, "drawn", START, "<bpmn:transaction id='t'/>", END, path("start", "t", "end"))
    folder(tmp_path, "served", START, service("s", "no.body"), END, path("start", "s", "end"))
    (tmp_path / "torn").mkdir()
    (tmp_path / "torn" / "scenario.toml").write_text("code = ")
    found = look_over(tmp_path)
    told = {code: [(each.file, each.place, each.severity) for each in findings] for code, findings in found.items()}
    assert told == {
        "good": [], "odd": [("process.bpmn", "look", "warning")],
        "bad": [("process.bpmn", "a", "error"), ("process.bpmn", "b", "error"), ("scenario.toml", "c", "error")],
        "drawn": [("process.bpmn", "t", "error")], "served": [("process.bpmn", "s", "error")],
        "torn": [("scenario.toml", "", "error")],
    }  # fmt: skip
