"""A process written without coordinates is drawn by a command; what is drawn already is left alone."""

from pathlib import Path

from zhongshu.main.cli import main

PROCESS = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:t"><process id="p">
  <startEvent id="start"/><userTask id="clear" name="清理"/>
  <sequenceFlow id="to" sourceRef="start" targetRef="clear"/>
</process></definitions>"""


def test_a_file_is_drawn_in_place_once(tmp_path: Path, capsys) -> None:
    file = tmp_path / "process.bpmn"
    file.write_text(PROCESS)
    assert main(["draw", str(file)]) == 0
    drawn = file.read_text()
    assert drawn.count("BPMNShape ") == 2 and drawn.count("BPMNEdge ") == 1 and 'name="清理"' in drawn
    assert main(["draw", str(file)]) == 0
    assert "kept" in capsys.readouterr().out and file.read_text() == drawn
    assert main(["draw", "--anew", str(file), str(tmp_path / "again.bpmn")]) == 0
    assert (tmp_path / "again.bpmn").read_text() == drawn


def test_what_is_no_process_is_left_and_told(tmp_path: Path, capsys) -> None:
    file = tmp_path / "letter.bpmn"
    file.write_text("Dear Sir")
    assert main(["draw", str(file)]) == 1
    assert main(["draw", str(tmp_path / "none.bpmn")]) == 1
    told = capsys.readouterr().err
    assert "letter.bpmn:1" in told and "none.bpmn" in told and file.read_text() == "Dear Sir"
