"""A file without a diagram gets one; a file with one keeps it."""

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from zhongshu.engine.processes.rules import bpmn
from zhongshu.engine.processes.rules.bpmn import diagrams, document, infoset, outline, source
from zhongshu.engine.processes.tests import blocks

CITY = f"""<b:definitions xmlns:b="{source.MODEL}" xmlns:x="urn:x" targetNamespace="urn:t">
  <b:collaboration id="both">
    <b:participant id="city" name="城管" processRef="p"/>
    <b:participant id="people" name="市民"/>
    <b:messageFlow id="told" sourceRef="people" targetRef="start"/>
    <b:messageFlow id="answered" sourceRef="inner" targetRef="people"/>
    <b:messageFlow id="asked" sourceRef="ask" targetRef="start"/>
  </b:collaboration>
  <b:process id="p">
    <b:laneSet id="set">
      <b:lane id="street" name="街道"><b:flowNodeRef>start</b:flowNodeRef><b:childLaneSet id="deeper">
        <b:lane id="cell"><b:flowNodeRef>clear</b:flowNodeRef><b:flowNodeRef>late</b:flowNodeRef></b:lane>
      </b:childLaneSet></b:lane>
      <b:lane id="empty"/>
    </b:laneSet>
    <b:dataObject id="photo"/><b:dataObjectReference id="shown" name="照片" dataObjectRef="photo"/>
    <b:startEvent id="start" name="上报"/>
    <b:subProcess id="clear" name="清理"><b:startEvent id="begin"/><b:task id="inner">
        <b:dataInputAssociation id="looks"><b:sourceRef>photo</b:sourceRef><b:targetRef>unseen</b:targetRef></b:dataInputAssociation>
      </b:task><b:sequenceFlow id="go" sourceRef="begin" targetRef="inner"/></b:subProcess>
    <b:boundaryEvent id="late" attachedToRef="clear"/><b:endEvent id="end"/><b:endEvent id="expired"/>
    <b:subProcess id="nothing"/><b:exclusiveGateway id="good"/>
    <b:sequenceFlow id="f1" name="受理" sourceRef="start" targetRef="clear"/>
    <b:sequenceFlow id="f2" sourceRef="clear" targetRef="good"/>
    <b:sequenceFlow id="f3" sourceRef="good" targetRef="clear"/><b:sequenceFlow id="f4" sourceRef="good" targetRef="end"/>
    <b:sequenceFlow id="f5" sourceRef="late" targetRef="expired"/>
    <b:sequenceFlow id="dangling" sourceRef="late" targetRef="nowhere"/>
    <b:textAnnotation id="note"><b:text>当日办结</b:text></b:textAnnotation>
    <b:association id="noted" sourceRef="x:note" targetRef="f1"/>
  </b:process>
  <b:process id="called"><b:userTask id="ask"/></b:process>
  <b:process id="other"><b:userTask id="apart"/><b:userTask id="apart_di"/></b:process>
</b:definitions>""".encode()  # noqa: E501


def planes(kept: document.Document) -> list[etree._Element]:
    return list(kept.root.iter(f"{{{source.DIAGRAM}}}BPMNPlane"))


def drawn(plane: etree._Element) -> set[str]:
    return {each.get("bpmnElement", "") for each in plane}


def test_each_thing_one_can_see_is_drawn_on_the_plane_it_belongs_to() -> None:
    made = diagrams.complete(document.load(CITY))
    both, other = planes(made)
    assert (both.get("bpmnElement"), other.get("bpmnElement")) == ("both", "other")
    lines = {"told", "answered", "asked", "go", "f1", "f2", "f3", "f4", "f5", "noted", "looks"}
    bands = {"city", "people", "street", "cell", "empty"}
    nodes = {"shown", "start", "clear", "begin", "inner", "late", "end", "expired", "nothing", "good", "note", "ask"}
    assert drawn(both) == lines | bands | nodes
    assert drawn(other) == {"apart", "apart_di"}
    shapes = {each.get("bpmnElement"): each for each in both}
    assert shapes["clear"].get("isExpanded") == "true" and shapes["nothing"].get("isExpanded") == "false"
    assert shapes["city"].get("isHorizontal") == shapes["cell"].get("isHorizontal") == "true"
    assert shapes["f1"].find(f"{{{source.DIAGRAM}}}BPMNLabel") is not None


def test_what_the_file_said_before_it_still_says_and_no_id_is_used_twice() -> None:
    before, made = document.load(CITY), diagrams.complete(document.load(CITY))
    again = document.load(document.write(made))
    assert infoset.of(document.draw(again, []).root) == infoset.of(before.root)
    ids = [id for tag in again.root.iter(etree.Element) if (id := tag.get("id"))]
    assert len(ids) == len(set(ids))
    assert diagrams.complete(again) is again


def test_a_file_that_shows_anything_is_left_as_it_is_until_it_is_redrawn() -> None:
    made = diagrams.complete(document.load(CITY))
    for shape in planes(made)[0][1:]:
        planes(made)[0].remove(shape)
    assert diagrams.complete(made) is made
    assert drawn(planes(diagrams.redraw(made))[0]) == drawn(planes(diagrams.complete(document.load(CITY)))[0])


def test_a_file_of_nothing_gets_no_diagram() -> None:
    empty = document.load(f'<definitions xmlns="{source.MODEL}"><process id="p"/></definitions>'.encode())
    assert planes(diagrams.complete(empty)) == []


# Links, calls and compensation are drawn by more, or by less, than the elements and flows of their net.
ONE_PAGE = replace(
    blocks.ALL,
    leaves={kind: what for kind, what in blocks.ALL.leaves.items() if kind != "link"},
    around=("loop", "scope", "edge"),
    between=tuple(kind for kind in blocks.ALL.between if kind != "undone"),
)


@given(st.integers(0, 2**32))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_every_well_built_process_is_drawn_whole_and_runs_as_before(seed: int) -> None:
    sheet = blocks.drawn(ONE_PAGE.block(Random(seed), 5))
    kept = document.load(sheet.xml())
    made = diagrams.complete(kept)
    net = bpmn.read(sheet.xml())
    assert drawn(planes(made)[0]) == {*net.elements, *net.flows}
    again = bpmn.read(document.write(made))
    assert (again.elements, again.flows, again.scope) == (net.elements, net.flows, net.scope)
    assert len(outline.pages(kept.root)) == 1
