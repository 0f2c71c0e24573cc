"""Letters looked at before there is a case: by their author, and when a folder is loaded. Nothing is kept."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.cases.rules import letters as settings
from zhongshu.engine.cases.rules import scenario as scenarios
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.letters import typesetting
from zhongshu.engine.letters.rules import example, numbers, sources
from zhongshu.engine.letters.typesetting import Unprintable
from zhongshu.engine.processes.rules.findings import Finding

_PAGE = "scenario.toml"
_TEMPLATE = Path(__file__).parents[1] / "template.typ"


def template() -> str:
    """What the template of a new letter says to begin with."""
    return _TEMPLATE.read_text("utf-8")


def preview(files: Mapping[str, str], name: str, data: Mapping[str, Any] | None = None) -> bytes | tuple[Finding, ...]:
    """A letter of a folder (name → text) as PDF, with an example's data where none is given; else what is wrong in it.

    Raises Invalid where the folder itself does not fit, or does not name this letter.
    """
    found = scenarios.compile(0, files)
    if name not in found.settings.letters:
        raise Invalid("场景里没有名为 {letter} 的文书。", field="letter", letter=name)
    if wrong := tuple(sources.reaching(files)):
        return wrong
    try:
        return typesetting.typeset(files, settings.file(name), data or example.data(found, name))
    except Unprintable as problem:
        return (problem.finding,)


def look(scenario: Scenario, files: Mapping[str, str]) -> list[Finding]:
    """What is wrong with the letters of a folder to be loaded: numbers, and each template set with an example."""
    letters = scenario.settings.letters
    if not letters:
        return []
    found = [finding for name in letters for finding in _number(letters[name].number)] + sources.reaching(files)
    if not typesetting.has_fonts():
        return [*found, Finding(_PAGE, 0, "没有安装中文字体，文书的模板没有检查。", {}, "warning")]
    return found or [finding for name in letters for finding in _set(scenario, files, name)]


def _number(pattern: str) -> list[Finding]:
    try:
        numbers.check(pattern)
    except Invalid as problem:
        return [Finding(_PAGE, 0, problem.sentence, problem.gaps)]
    return []


def _set(scenario: Scenario, files: Mapping[str, str], name: str) -> tuple[Finding, ...]:
    templates = tuple(sorted(sources.templates(files).items()))
    return _judged(templates, settings.file(name), json.dumps(example.data(scenario, name)))


@lru_cache(maxsize=64)
def _judged(templates: tuple[tuple[str, str], ...], letter: str, data: str) -> tuple[Finding, ...]:
    """Setting takes a process of its own: an author who saves a question does not wait for letters set before."""
    try:
        typesetting.typeset(dict(templates), letter, json.loads(data))
    except Unprintable as problem:
        return (problem.finding,)
    return ()
