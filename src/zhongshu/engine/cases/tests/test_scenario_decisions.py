"""A scenario's folder may hold decision files, which its process asks."""

from datetime import datetime
from pathlib import Path

import pytest

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.cases.rules import scenario as scenarios

FOLDER = Path(__file__).parents[5] / "scenarios" / "street-vending"
FILES = {p.relative_to(FOLDER).as_posix(): p.read_text("utf-8") for p in FOLDER.rglob("*") if p.is_file()}
AT = datetime.fromisoformat("2026-03-02T09:30:00+08:00")
MODEL = """<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="urn:city:urgency">
  <inputData id="answers" name="answers"/>
  <decision id="urgency" name="紧急程度">
    <informationRequirement><requiredInput href="#answers"/></informationRequirement>
    <decisionTable hitPolicy="FIRST">
      <input><inputExpression><text>answers.stalls</text></inputExpression></input>
      <output/>
      <rule><inputEntry><text>&gt; 10</text></inputEntry><outputEntry><text>%s</text></outputEntry></rule>
      <rule><inputEntry><text>-</text></inputEntry><outputEntry><text>"一般"</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>"""


def test_a_scenario_decides_by_the_files_in_its_folder():
    scenario = scenarios.compile(1, FILES | {"urgency.dmn": MODEL % '"紧急"'})
    assert "紧急程度" in scenario.decisions
    assert scenario.decide("urgency", {"answers": {"stalls": 12}}, AT).value == "紧急"
    assert scenario.decide("紧急程度", {"answers": {}}, AT).value == "一般"


def test_a_scenario_with_a_decision_that_cannot_be_read_is_refused():
    with pytest.raises(Invalid) as refused:
        scenarios.compile(1, FILES | {"urgency.dmn": MODEL % "紧急 级"})
    assert str(refused.value).startswith("决策文件 urgency.dmn 不能使用。第 8 行的“紧急 级”看不懂。")
