"""Codes written into a folder that belong to another city, and numbers that only look like codes."""

from dataclasses import replace
from typing import Any

import pytest

from zhongshu.engine.cases.tests.drawn import USUAL, files
from zhongshu.engine.processes.tests.drawing import END, START, instances, path, task
from zhongshu.engine.studio.rules.foreign import Here, look

HERE = Here("3303", {3303, 330302, 330302001}, {31: "市城管局", 32: "市水务局"})
PAGE = "scenario.toml"


def said(**changed: Any) -> list[tuple[str, str, str, Any]]:
    """What is found in a small scenario: file, place, severity, and the code or body."""
    responsible, asked, inside = (changed.get(key, "") for key in ("responsible", "asked", "inside"))
    folder = files(START, task("look", inside), END, path("start", "look", "end"), tasks={"look": USUAL})
    folder[PAGE] = folder[PAGE].replace('"null"', f"'{responsible or 'null'}'")
    if asked:
        folder["form.json"] = f'{{"type": "object", "properties": {{"q": {asked}}}}}'
    folder |= {"d.dmn": changed["table"]} if "table" in changed else {}
    found = look(folder, HERE)
    return [(each.file, each.place, each.severity, each.gaps.get("code") or each.gaps.get("body")) for each in found]


LISTED = instances('<bpmn:loopDataInputRef>[31, 99]</bpmn:loopDataInputRef><bpmn:inputDataItem name="body"/>')
TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:d">
<decision id="x" name="x"><decisionTable><input><inputExpression><text>place</text></inputExpression></input><output/>
<rule id="r"><inputEntry id="cell"><text>"330106"</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>
</decisionTable></decision></definitions>"""


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({"responsible": "99"}, (PAGE, "/case/responsible", "error", 99)),
        ({"responsible": "if a then look.body else 99"}, (PAGE, "/case/responsible", "error", 99)),
        ({"responsible": "31"}, (PAGE, "/case/responsible", "warning", 31)),
        ({"responsible": "if own_body = 99 then 31 else 31"}, (PAGE, "/case/responsible", "error", 99)),
        ({"responsible": 'if answers.where = "330106" then null else null'},
         (PAGE, "/case/responsible", "error", "330106")),
        ({"responsible": "if place in (330106) then null else null"}, (PAGE, "/case/responsible", "error", "330106")),
        ({"responsible": 'if x = "330302999" then null else null'}, (PAGE, "/case/responsible", "error", "330302999")),
        ({"asked": '{"type": "string", "enum": ["330106003"]}'},
         ("form.json", "/properties/q/enum", "error", "330106003")),
        ({"asked": '{"type": "integer", "enum": [99], "x-ui": {"widget": "body"}}'},
         ("form.json", "/properties/q/enum", "error", 99)),
        ({"asked": '{"type": "string", "x-ui": {"visible": "a.body = 99"}}'},
         ("form.json", "/properties/q/x-ui/visible", "error", 99)),
        ({"inside": LISTED}, ("process.bpmn", "look", "error", 99)),
        ({"table": TABLE}, ("d.dmn", "cell", "error", "330106")),
    ],
)  # fmt: skip
def test_what_is_of_another_city_is_found_where_it_stands(changed: dict[str, str], found: Any) -> None:
    assert found in said(**changed)


def test_a_term_of_a_category_that_is_not_here_is_found_once_there_are_categories() -> None:
    folder = files(START, task("look"), END, path("start", "look", "end"), tasks={"look": USUAL})
    folder[PAGE] += '[deadlines]\n1302 = {look = "1 hours"}\n9977 = {look = "1 hours"}\n'
    assert list(look(folder, HERE)) == []
    (found,) = look(folder, replace(HERE, categories={"13", "1302"}))
    assert (found.file, found.place, found.severity) == (PAGE, "/deadlines/9977", "error")


@pytest.mark.parametrize(
    "responsible",
    [
        'if x = "330302" or x = "33" or x = "330000" then null else null',
        'if x = "100000" or x = "13800138000" or x = "99" then null else null',
        "if answers.amount = 330106 or count(bodies) = 99 then null else null",
        "look.body",
        "if answers.n > 99 then 31 + 1 else null",
    ],
)
def test_what_is_of_here_or_no_code_is_let_through(responsible: str) -> None:
    assert said(responsible=responsible) == []
