"""A file that is loaded is kept: what any tool put into it is written back."""

from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from zhongshu.engine.processes.rules import bpmn
from zhongshu.engine.processes.rules.bpmn import document, infoset, source
from zhongshu.engine.processes.tests import drawing as draw

SAMPLE = settings(max_examples=150, deadline=None, derandomize=True)
FILE = """<?xml version="1.0" encoding="{encoding}" standalone="yes"?>
<?tool keep="yes"?>
<!-- before -->
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"
    xmlns:tool="urn:tool" targetNamespace="urn:t" tool:version="3">
  <itemDefinition id="item" structureRef="xsd:string"/>
  <process id="p" isExecutable="true">
    <documentation><![CDATA[a < b]]>&#13; é</documentation>
    <extensionElements><tool:a xmlns:late="urn:late" late:x="&#10;1" kind="late:thing"> kept <tool:b/> too
      <!-- inside --></tool:a><other xmlns=""/></extensionElements>
    <startEvent id="start"/><b:endEvent id="end"/>
    <sequenceFlow id="on" sourceRef="start" targetRef="end">
      <conditionExpression xsi:type="b:tFormalExpression"> x = 1 </conditionExpression></sequenceFlow>
  </process>
  <di:BPMNDiagram xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" id="one"><di:BPMNPlane bpmnElement="b:p"/></di:BPMNDiagram>
  <di:BPMNDiagram xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" id="two"/>
</definitions>
<!-- after -->"""  # noqa: E501


def said(xml: bytes) -> tuple[object, ...]:
    return infoset.of(document.load(xml).root)


@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1", "UTF-16"])
def test_nothing_is_lost_on_the_way_through_in_whatever_encoding_it_came(encoding: str) -> None:
    text = FILE.format(encoding=encoding)
    written = document.write(document.load(text.encode(encoding)))
    assert written.startswith(b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>")
    assert said(written) == said(text.encode(encoding))
    plain = text.partition("?>")[2].lstrip()
    assert ElementTree.canonicalize(written.decode(), with_comments=True) == ElementTree.canonicalize(
        plain, with_comments=True
    )


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("<!-- inside -->", ""),
        ("<!-- after -->", ""),
        ('keep="yes"', 'keep="no"'),
        ('standalone="yes"', 'standalone="no"'),
        ("a < b", "a  < b"),
        (" kept ", "kept"),
        ('late="urn:late"', 'late="urn:other"'),
        ('xmlns:xsd="http://www.w3.org/2001/XMLSchema"', 'xmlns:xsd="urn:xsd"'),
        ('type="b:t', 'type="xsd:t'),
        ('id="two"', 'id="two" tool:x=""'),
        ('<startEvent id="start"/><b:endEvent id="end"/>', '<b:endEvent id="end"/><startEvent id="start"/>'),
    ],
)
def test_whatever_is_lost_or_changed_is_seen(mine: str, theirs: str) -> None:
    changed = FILE.replace(mine, theirs)
    assert changed != FILE
    assert said(changed.format(encoding="UTF-8").encode()) != said(FILE.format(encoding="UTF-8").encode())


def test_the_same_thing_written_in_another_way_is_the_same() -> None:
    one = '<definitions xmlns="{0}" xmlns:xsi="{1}" id="d" name="n"><process xsi:type="tProcess" id="p"/></definitions>'
    two = "<b:definitions xmlns:b='{0}' xmlns:i='{1}' name='n' id='d'>\n <b:process id='p' i:type='b:tProcess'/></b:definitions>"  # noqa: E501
    spaces = source.MODEL, "http://www.w3.org/2001/XMLSchema-instance"
    assert said(one.format(*spaces).encode()) == said(two.format(*spaces).encode())


def test_an_edit_changes_one_thing_and_leaves_the_document_it_was_given() -> None:
    before = document.load(draw.drawn(draw.START, draw.task("clear"), draw.END))
    untouched = document.write(before)
    named = document.rename(before, "clear", "清理 & 复原")
    marked = document.mark(named, "clear", "form", "clear.json")
    assert document.write(before) == untouched
    element = marked.element("clear")
    assert element is not None
    assert dict(element.attrib) == {"id": "clear", "name": "清理 & 复原", "{urn:zhongshu:bpmn}form": "clear.json"}
    assert b'xmlns:zhongshu="urn:zhongshu:bpmn"' in document.write(marked)
    assert said(document.write(document.mark(marked, "clear", "form", ""))) == said(document.write(named))
    with pytest.raises(KeyError):
        document.rename(before, "nobody", "x")


def test_diagrams_are_replaced_and_stand_before_relationships() -> None:
    xml = FILE.format(encoding="UTF-8").replace("</definitions>", "<relationship type='t'/></definitions>").encode()
    diagram = etree.Element(f"{{{source.DIAGRAM}}}BPMNDiagram", id="new")
    redrawn = document.draw(document.load(xml), [diagram]).root
    assert [source.name(each).rpartition("}")[2] for each in source.children(redrawn)] == [
        "itemDefinition",
        "process",
        "BPMNDiagram",
        "relationship",
    ]


WHOLE = FILE.format(encoding="UTF-8").encode()


@example(b"")
@example(b"\x00" * 1000)
@example(b"<a>" * 100_000)
@example(b"<definitions xmlns='urn:" + b"x" * 3_000_000 + b"'/>")
@example(b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>')
@example(FILE.format(encoding="UTF-16").encode("utf-16-be"))
@example(FILE.format(encoding="GB18030").encode("gb18030"))
@example(FILE.format(encoding="US-ASCII").encode())
@example(FILE.format(encoding="no-such").encode())
@example(WHOLE.replace(b'"1.0"', b'"1.1"', 1))
@example(WHOLE.replace(b' standalone="yes"', b"", 1))
@example(WHOLE.replace(b"xmlns:tool", b"xmlns:loot"))
@example(WHOLE.replace(b"urn:tool", b"http://www.w3.org/2000/xmlns/"))
@example(WHOLE.replace(b'tool:version="3"', b'xml:id="1 2" tool:version="3"'))
@example(WHOLE.replace(b'id="end"', b'id="end" id="again"'))
@example(WHOLE.replace(b"b:endEvent", b"b:end:Event"))
@example(WHOLE.replace(b"&#13;", b"&#xFFFE;"))
@example(WHOLE.replace(b"urn:late", b""))
@given(
    st.one_of(
        st.binary(max_size=200),
        st.builds(WHOLE.__getitem__, st.builds(slice, st.integers(0, len(WHOLE)))),
        st.builds(
            lambda at, sign: WHOLE[:at] + bytes([sign]) + WHOLE[at + 1 :],
            st.integers(0, len(WHOLE) - 1),
            st.integers(0, 255),
        ),
        st.builds(lambda at, by: WHOLE[:at] + by + WHOLE[at:], st.integers(0, len(WHOLE)), st.binary(max_size=5)),
    )
)
@SAMPLE
def test_whatever_the_bytes_they_are_kept_or_refused_with_a_line(xml: bytes) -> None:
    bpmn.examine(xml)
    try:
        loaded = document.load(xml)
    except bpmn.Unreadable as unreadable:
        assert unreadable.errors[0].line >= 1 and str(unreadable.errors[0])
        return
    assert said(document.write(loaded)) == infoset.of(loaded.root)
