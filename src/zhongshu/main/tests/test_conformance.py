"""Small kits, written here in the form of the public ones, are asked and counted."""

import base64
import json
import os

from zhongshu.base.journal.rules import merkle
from zhongshu.main.cli import main

MODEL = """
<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="m" namespace="urn:m">
  <inputData id="x" name="x"><variable name="x" typeRef="number"/></inputData>
  <businessKnowledgeModel id="out" name="out"><variable name="out"/>
    <encapsulatedLogic kind="Java"><context/></encapsulatedLogic></businessKnowledgeModel>
  <decision id="half" name="half"><variable name="half"/>
    <informationRequirement><requiredInput href="#x"/></informationRequirement>
    <literalExpression><text>x / 2</text></literalExpression></decision>
  <decision id="far" name="far"><variable name="far"/>
    <knowledgeRequirement><requiredKnowledge href="#out"/></knowledgeRequirement>
    <literalExpression><text>out()</text></literalExpression></decision>
</definitions>
"""
CASES = """
<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
           xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <modelName>m.dmn</modelName>
  <testCase id="right"><inputNode name="x"><value xsi:type="xsd:decimal">3</value></inputNode>
    <resultNode name="half"><expected><value xsi:type="xsd:decimal">1.5</value></expected></resultNode></testCase>
  <testCase id="wrong"><inputNode name="x"><value xsi:type="xsd:decimal">3</value></inputNode>
    <resultNode name="half"><expected><value xsi:type="xsd:decimal">2</value></expected></resultNode></testCase>
  <testCase id="null"><inputNode name="x"><value xsi:type="xsd:string">a</value></inputNode>
    <resultNode name="half" errorResult="true"><expected><value xsi:nil="true"/></expected></resultNode></testCase>
  <testCase id="java"><resultNode name="far"><expected><value xsi:type="xsd:decimal">1</value></expected></resultNode>
  </testCase>
</testCases>
"""


def test_a_kit_is_asked_and_each_failure_is_told_with_its_file(tmp_path, capsys):
    folder = tmp_path / "compliance-level-3" / "0001-half"
    folder.mkdir(parents=True)
    (folder / "m.dmn").write_text(MODEL)
    (folder / "m-test-01.xml").write_text(CASES)
    assert main(["conformance", "dmn", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "compliance-level-3/0001-half/m-test-01.xml wrong half: 2 ≠ 1.5"
    assert json.loads(lines[-1]) == {
        "level2_passed": 0,
        "level2_total": 0,
        "level3_values_passed": 1,
        "level3_values_total": 2,
        "level3_nulls_passed": 1,
        "level3_nulls_total": 1,
        "refused": 1,
    }


def test_a_folder_that_is_not_there_is_said_so(tmp_path, capsys):
    assert main(["conformance", "dmn", str(tmp_path / "none")]) == 1
    assert "No such folder" in capsys.readouterr().err


PROCESS = """
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:t"><process id="p" {kind}>
  <startEvent id="start"/><userTask id="clear" name="清理"/><endEvent id="end"/>
  <sequenceFlow id="to" sourceRef="start" targetRef="clear"/><sequenceFlow id="on" sourceRef="clear" targetRef="end"/>
</process></definitions>
"""


def test_every_file_of_a_folder_is_executable_or_refused_or_broken_and_says_why(tmp_path, capsys):
    (tmp_path / "deeper.bpmn").mkdir()
    (tmp_path / "deeper.bpmn" / "good.BPMN20.xml").write_text(PROCESS.format(kind='isExecutable="true"'))
    (tmp_path / "drawing.bpmn").write_text(PROCESS.format(kind=""))
    (tmp_path / "letter.bpmn2").write_text("not XML at all")
    (tmp_path / "lost.bpmn").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.bpmn")
    (tmp_path / "notes.txt").write_text("not asked")
    assert main(["conformance", "bpmn", str(tmp_path)]) == 0
    *lines, last = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("good.BPMN20.xml: executable, written back equal.")
    assert lines[1].endswith("drawing.bpmn: refused, written back equal.")
    assert "drawing.bpmn:2" in lines[2] and "isExecutable" in lines[2]
    assert [line.split("  ")[1] for line in lines if line.endswith("broken.")] == [
        f"{name}: broken." for name in ("letter.bpmn2", "lost.bpmn", "pipe.bpmn")
    ]
    assert json.loads(last) == {"files": 5, "executable": 1, "refused": 1, "broken": 3, "written_back_equal": 2}


def test_a_proof_that_holds_and_should_not_is_told(tmp_path, capsys):
    """Two leaves; the second case says that a true proof is forged."""
    leaves = [merkle.leaf_hash(name) for name in (b"a", b"b")]
    root = merkle.root(leaves)
    said = [base64.b64encode(data).decode() for data in (*leaves, root)]
    inclusion = {"leafIdx": 0, "treeSize": 2, "root": said[2], "leafHash": said[0], "proof": [said[1]], "desc": "a"}
    consistency = {"size1": 1, "size2": 2, "root1": said[0], "root2": said[2], "proof": [said[1]], "desc": "b"}
    for name, case in (("inclusion", inclusion | {"wantErr": False}), ("consistency", consistency | {"wantErr": True})):
        (tmp_path / "kit" / name).mkdir(parents=True)
        (tmp_path / "kit" / name / "case.json").write_text(json.dumps(case))
    (tmp_path / "kit" / "subtreeinclusion").mkdir()
    (tmp_path / "kit" / "subtreeinclusion" / "case.json").write_text("{}")
    assert main(["conformance", "merkle", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "kit/consistency/case.json: b: True ≠ False"
    assert json.loads(lines[-1]) == {"passed": 1, "total": 2}
