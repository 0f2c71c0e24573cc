"""Texts made to keep a pattern, an expression or a template busy."""

import ast
import re
import re._parser as reader  # type: ignore[import-not-found]
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template import engines

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.intake.rules import questionnaire
from zhongshu.main.tests import tree

VERBS = {f"re.{verb}" for verb in ("compile", "match", "fullmatch", "search", "sub", "split", "findall", "finditer")}
MANY = 64
"""A repeat of more than so many is as good as without end."""
SEPARATED = {
    "registers/places/rules/sheet.py": "blanks, which no number holds, stand between the parts",
    "engine/processes/rules/bpmn/activities.py": "a dot, which no part holds, begins each",
    "engine/decisions/rules/lexer.py": "its parts begin with different signs, and a text has 4,000 letters at most",
    "engine/studio/rules/folders.py": "a hyphen, which no part holds, begins each",
    "main/ground/postgres/binaries.py": "reads the names of our own programs",
}


def _patterns() -> Iterator[tuple[str, str]]:
    """Every pattern written in the product, with its file."""
    for path in tree.modules():
        calls = [node for node in ast.walk(tree.parsed(path)) if isinstance(node, ast.Call)] if _uses(path) else []
        for node in calls:
            if tree.dotted(node.func) in VERBS and node.args and isinstance(node.args[0], ast.Constant):
                written = node.args[0].value
                yield tree.name(path), written if isinstance(written, str) else written.decode("latin-1")


def _uses(path: Path) -> bool:
    return "import re\n" in path.read_text()


def _runs_within_a_run(parsed: Any, inside: bool = False) -> bool:
    """Whether a long repeat holds another: then a text can be split between them in ever more ways."""
    for kind, told in parsed:
        within, long = [], False
        if str(kind) in {"MAX_REPEAT", "MIN_REPEAT"}:
            least, most, repeated = told
            within, long = [repeated], int(most) > MANY and least != most
        elif str(kind) == "SUBPATTERN":
            within = [told[3]]
        elif str(kind) == "BRANCH":
            within = told[1]
        if (inside and long) or any(_runs_within_a_run(each, inside or long) for each in within):
            return True
    return False


def test_no_pattern_of_ours_holds_a_run_within_a_run() -> None:
    found = dict.fromkeys(file for file, written in _patterns() if _runs_within_a_run(reader.parse(written, re.X)))
    assert found.keys() == SEPARATED.keys()
    assert len(list(_patterns())) > 40


@pytest.mark.parametrize("written", ["(a+)+$", "(?:a|b*)*c", "((x{9,999}){3,})y"])
def test_the_reader_of_patterns_sees_one_that_runs_away(written: str) -> None:
    assert _runs_within_a_run(reader.parse(written))


@pytest.mark.parametrize("written", ["^(a+)+$", "^(a|a)*$", "^(.*)(.*)(.*)x$", "^(a?){99}a{99}$"])
def test_a_pattern_that_would_run_away_elsewhere_is_answered_here(written: str) -> None:
    asked = questionnaire.read({"type": "object", "properties": {"a": {"type": "string", "pattern": written}}})
    assert "a" in questionnaire.check(asked, {"a": "a" * 198 + "!"}).problems


@pytest.mark.parametrize("written", [r"^(a)\1$", "^(?=a)a$", "^(?<=a)$", "^((a{99}){99}){99}$", "^" + "a" * 200 + "$"])
def test_a_pattern_that_has_to_go_back_over_its_text_is_none(written: str) -> None:
    with pytest.raises(Invalid, match="/properties/a/pattern"):
        questionnaire.read({"type": "object", "properties": {"a": {"type": "string", "pattern": written}}})


@pytest.mark.parametrize(
    "text",
    ["city.settings", "a.__class__.__base__", "a.__init__.__globals__", "{x: a}.x.__dict__", "string(a)", "a._state"],
)
def test_an_expression_reaches_the_data_it_is_given_and_nothing_of_us(text: str) -> None:
    from django.conf import settings

    assert feel.compile(text).evaluate({"a": settings, "city": None}) in (None, "null")


@pytest.mark.parametrize("typed", ["{{ settings.SECRET_KEY }}", "{% load static %}", "{% debug %}", "${7*7}", "#{7*7}"])
def test_what_looks_like_a_template_is_shown_as_it_was_typed(city: Any, client: Any, typed: str) -> None:
    shown = client.get("/track/", {"number": typed}).content.decode()
    escaped = engines["django"].from_string("{{ typed }}").render({"typed": typed[:40]})
    assert f'value="{escaped}"' in shown
