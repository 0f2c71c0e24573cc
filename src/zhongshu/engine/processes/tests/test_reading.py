"""What a BPMN file may hold, and what is said about one that holds more."""

from datetime import timedelta

import pytest

from zhongshu.engine.processes.rules import bpmn
from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.bpmn import durations
from zhongshu.engine.processes.tests.drawing import (
    END,
    FIRST_LINE,
    START,
    drawn,
    each_of,
    exclusive,
    flow,
    instances,
    parallel,
    path,
    service,
    task,
    timer,
    times,
)

PLAIN = (START, task("repair"), END, path("start", "repair", "end"))


def errors(*elements: str) -> list[tuple[str, int]]:
    """The element and line of each error in a file of these elements; the first element is on line 0."""
    with pytest.raises(bpmn.Unreadable) as refused:
        bpmn.read(drawn(*elements))
    assert all(any("\u4e00" <= sign <= "\u9fff" for sign in str(each)) for each in refused.value.findings)
    return [(each.element_id, each.line - FIRST_LINE) for each in refused.value.errors]


def test_a_file_from_another_tool_with_other_prefixes_is_read_alike() -> None:
    xml = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
        xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
        xmlns:tool="urn:tool" targetNamespace="urn:test">
      <!-- drawn by hand -->
      <message id="m" name="unused"/>
      <collaboration id="pool"><participant id="city" processRef="p"/></collaboration>
      <process id="p" name="坑洞" isExecutable="true" tool:version="3">
        <documentation>怎样修坑</documentation>
        <extensionElements><tool:form id="repair"><tool:field id="repair"/></tool:form></extensionElements>
        <laneSet id="lanes"><lane id="lane"><flowNodeRef>repair</flowNodeRef></lane></laneSet>
        <startEvent id="start"><outgoing>f1</outgoing></startEvent>
        <manualTask id="repair" name="修复"><documentation>带上安全帽</documentation></manualTask>
        <endEvent id="end"/>
        <sequenceFlow id="f1" sourceRef="start" targetRef="repair"/>
        <sequenceFlow id="f2" sourceRef="repair" targetRef="end"/>
        <textAnnotation id="note"><text>注意安全</text></textAnnotation>
        <association id="line" sourceRef="repair" targetRef="note"/>
      </process>
      <di:BPMNDiagram id="diagram"><di:BPMNPlane id="plane"><di:BPMNShape id="s" bpmnElement="repair">
        <dc:Bounds x="0" y="0" width="10" height="10"/></di:BPMNShape></di:BPMNPlane></di:BPMNDiagram>
    </definitions>"""
    reading = bpmn.examine(xml.encode())
    assert reading.errors == ()
    assert reading.warnings == ()
    assert reading.net is not None
    assert (reading.net.process_id, reading.net.name) == ("p", "坑洞")
    assert reading.net.tasks() == (nets.Task("repair", "修复", manual=True),)


def test_a_net_knows_its_neighbours_and_cannot_be_changed() -> None:
    net = bpmn.read(drawn(*PLAIN, timer("late", "repair"), path("late", "end")))
    assert [each.source for each in net.incoming["end"]] == ["repair", "late"]
    assert [each.id for each in net.boundaries["repair"]] == ["late"]
    with pytest.raises(TypeError):
        net.elements["end"] = net.start  # type: ignore[index]


@pytest.mark.parametrize(
    "tag",
    ["complexGateway", "task", "transaction", "adHocSubProcess", "choreographyTask"],
)
def test_each_construct_we_do_not_execute_is_refused_once_at_its_line(tag: str) -> None:
    assert errors(START, END, "", f'<bpmn:{tag} id="x"/>', path("start", "x", "end")) == [("x", 3)]


@pytest.mark.parametrize(
    ("element", "line"),
    [
        ('<bpmn:startEvent id="x">\n<bpmn:errorEventDefinition id="m"/></bpmn:startEvent>', 1),
        ('<bpmn:endEvent id="x">\n\n<bpmn:cancelEventDefinition/></bpmn:endEvent>', 2),
        ('<bpmn:userTask id="x">\n<bpmn:standardLoopCharacteristics/></bpmn:userTask>', 1),
        ('<bpmn:userTask id="x">\n<bpmn:potentialOwner/></bpmn:userTask>', 1),
        ('<bpmn:userTask id="x">\n<zz:form xmlns:zz="urn:zz"/></bpmn:userTask>', 1),
        ('<bpmn:userTask\n\n  isForCompensation="true"\n  id="x"/>', 0),
        ('<bpmn:userTask id="x" startQuantity="2"/>', 0),
        (task("x", "\n" + instances("")), 1),
        (task("x", instances("\n" + times("1 +"))), 1),
        (task("x", instances(times("2") + "\n<bpmn:outputDataItem/>")), 1),
        (task("x", instances(times("2"), 'isSequential="perhaps"')), 0),
        (task("x", instances("<bpmn:loopDataInputRef>bodies</bpmn:loopDataInputRef>")), 0),
        (task("x", instances(times("2"), 'behavior="One"')), 0),
        ('<bpmn:serviceTask id="x"/>', 0),
        ('<bpmn:serviceTask id="x" implementation="##WebService"/>', 0),
        ('<bpmn:serviceTask id="x" implementation="a.b" operationRef="o"/>', 0),
    ],
)  # fmt: skip
def test_a_part_we_do_not_execute_is_refused_at_the_line_where_its_tag_begins(element: str, line: int) -> None:
    surroundings = {
        "startEvent": (task("t"), END, path("x", "t", "end")),
        "endEvent": (START, task("t"), path("start", "t", "x")),
    }.get(element.split()[0][6:], (START, END, path("start", "x", "end")))
    assert errors(element, *surroundings) == [("x", line)]


@pytest.mark.parametrize(
    "event",
    [
        "<bpmn:timerEventDefinition><bpmn:timeDate>1 +</bpmn:timeDate></bpmn:timerEventDefinition>",
        "<bpmn:timerEventDefinition><bpmn:timeCycle>PT1H</bpmn:timeCycle></bpmn:timerEventDefinition>",
        "<bpmn:linkEventDefinition/>",
        "<bpmn:timerEventDefinition/>",
        "<bpmn:timerEventDefinition><bpmn:timeDuration>P1M</bpmn:timeDuration></bpmn:timerEventDefinition>",
        "<bpmn:messageEventDefinition/>",
        "",
    ],
)
def test_a_boundary_event_says_what_it_waits_for_or_is_refused(event: str) -> None:
    boundary = f'<bpmn:boundaryEvent id="x" attachedToRef="repair">{event}</bpmn:boundaryEvent>'
    assert set(errors(*PLAIN, path("x", "end"), boundary)) == {("x", 5)}


def test_all_findings_come_at_once_in_the_order_of_the_lines() -> None:
    found = errors(
        START,
        '<bpmn:scriptTask id="script"/>',
        service("call", "no handler"),
        exclusive("way", default="elsewhere"),
        END,
        path("start", "script", "call", "way"),
        flow("way", "end", "1 +", id="f1"),
        flow("way", "nowhere", "true", id="f2"),
        task("island"),
    )
    assert found == [
        ("script", 1),
        ("call", 2),
        ("way", 3),
        ("f1", 6),
        ("f2", 7),
        ("island", 8),
        ("island", 8),
    ]


def test_the_refusal_names_the_first_finding_and_how_many() -> None:
    with pytest.raises(bpmn.Unreadable) as refused:
        bpmn.read(drawn(*PLAIN, '<bpmn:transaction id="a"/>', '<bpmn:task id="b"/>'))
    assert str(refused.value).startswith("流程图有 2 处要改。第 9 行 a：事务子流程不能执行")


@pytest.mark.parametrize(
    ("elements", "found"),
    [
        ((task("a"), END, path("a", "end")), [("pothole", -1)]),
        ((START, task("a"), path("start", "a")), [("pothole", -1)]),
        ((START, '<bpmn:startEvent id="again"/>', END, path("start", "end"), path("again", "end")),
         [("again", 1)]),
        ((*PLAIN, task("island"), path("island", "end")), [("island", 4)]),
        ((*PLAIN, task("trap"), path("repair", "trap")), [("trap", 4)]),
        ((*PLAIN, flow("repair", "gone", id="f")), [("f", 4)]),
        ((*PLAIN, '<bpmn:sequenceFlow id="f" sourceRef="repair"/>'), [("f", 4)]),
        ((*PLAIN, flow("end", "repair", id="f")), [("f", 4)]),
        ((*PLAIN, flow("repair", "start", id="f")), [("f", 4)]),
        ((*PLAIN, flow("start", "end", "x > 1", id="f")), [("f", 4)]),
        ((START, exclusive("way", "w"), task("a"), task("b"), parallel("join"), END, path("start", "way"),
          flow("way", "a", "x"), flow("way", "b", id="w"), path("a", "join", "end"), path("b", "join")), [("join", 4)]),
        ((*PLAIN, timer("late", "gone"), path("late", "end")), [("late", 4)]),
        ((*PLAIN, timer("late", "end"), path("late", "end")), [("late", 4)]),
        ((*PLAIN, timer("late", "repair")), [("late", 4)]),
        ((*PLAIN, task("repair")), [("repair", 4)]),
        ((*PLAIN, '<bpmn:textAnnotation id="end"/>'), [("end", 4)]),
        ((*PLAIN, "<bpmn:userTask/>"), [("pothole", 4)]),
        ((START, exclusive("way"), END, path("start", "way"), flow("way", "end", id="a"),
          flow("way", "end", id="b")), [("a", 4), ("b", 5)]),
        ((START, exclusive("way"), END, path("start", "way"), flow("way", "end", "x >", id="a")), [("a", 4)]),
        ((START, exclusive("a"), exclusive("b", default="back"), END, path("start", "a", "b"),
          flow("b", "a", id="back"), flow("b", "end", "x")), [("a", 1)]),
    ],
)  # fmt: skip
def test_what_cannot_run_is_seen_before_it_runs(elements: tuple[str, ...], found: list[tuple[str, int]]) -> None:
    assert errors(*elements) == found


@pytest.mark.parametrize(
    ("elements", "found"),
    [
        ((START, exclusive("way"), END, path("start", "way"), flow("way", "end", "x")), "way"),
        ((START, exclusive("way", "f"), END, path("start", "way"), flow("way", "end", "x", id="f")), "f"),
        ((START, service("a"), exclusive("b", "f"), END, path("start", "a", "b"), flow("b", "a", id="f"),
          flow("b", "end", "x")), "a"),
        ((*PLAIN, '<bpmn:dataObject id="d"/>'), "d"),
        ((START, parallel("fork"), task("a"), task("b"), task("c"), END, path("start", "fork", "a", "c", "end"),
          path("fork", "b", "c")), "c"),
    ],
)  # fmt: skip
def test_what_looks_odd_is_a_warning_and_still_a_net(elements: tuple[str, ...], found: str) -> None:
    reading = bpmn.examine(drawn(*elements))
    assert reading.net is not None
    assert [(each.element_id, each.severity) for each in reading.warnings] == [(found, "warning")]


def test_a_condition_in_another_language_is_refused_and_a_leading_equals_sign_is_not() -> None:
    elements = (START, exclusive("way", "no"), END, path("start", "way"), flow("way", "end", id="no"))
    condition = flow("way", "end", "x", id="yes")
    juel = condition.replace("<bpmn:conditionExpression", '<bpmn:conditionExpression language="JUEL"')
    assert errors(*elements, juel) == [("yes", 5)]
    net = bpmn.read(drawn(*elements, flow("way", "end", "= x > 1", id="yes")))
    assert net.flows["yes"].condition is not None
    assert net.flows["yes"].condition.evaluate({"x": 2}) is True


@pytest.mark.parametrize(
    ("executable", "count"),
    [(["true"], 0), (["false"], 1), ([], 1), (["true", "true"], 1), (["true", "false"], 0)],
)
def test_exactly_one_process_is_executable(executable: list[str], count: int) -> None:
    head, tail = drawn(*PLAIN).decode().split("<bpmn:process", 1)
    process, tail = tail.split("</bpmn:process>", 1)
    made = [
        f"<bpmn:process{process}</bpmn:process>".replace("true", value) if not index else
        f'<bpmn:process id="other" isExecutable="{value}"/>' for index, value in enumerate(executable)
    ]  # fmt: skip
    assert len(bpmn.examine((head + "\n".join(made) + tail).encode()).errors) == count


BOMB = '<!DOCTYPE x [<!ENTITY a "哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'


@pytest.mark.parametrize(
    ("xml", "line"),
    [
        (drawn(*PLAIN).replace(b'"UTF-8"?>', f'"UTF-8"?>\n{BOMB}'.encode()), 2),
        (b'<?xml version="1.0"?>\n\n<!DOCTYPE x SYSTEM "file:///etc/passwd">\n<x/>', 3),
        (b'<!DOCTYPE x [<!ENTITY % e SYSTEM "http://127.0.0.1/e.dtd"> %e;]><x/>', 1),
        (drawn(task("a", "&gone;")), 5),
        (drawn(task("a"))[:-20], 7),
        (b"", 1),
        (b"\x00\xff", 1),
        (b'<?xml version="1.0" encoding="martian"?><x/>', 1),
        ('<?xml version="1.0" encoding="GBK"?><x>坑</x>'.encode("gbk"), 1),
        (b"\n" * (2 * 1024 * 1024 + 1), 1),
        (b"<x>\n" * 65, 65),
        (b"<x>" + b"<y/>\n" * 5000 + b"</x>", 5000),
        (b"<html/>", 1),
        (b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/OTHER"/>', 1),
    ],
)
def test_what_is_no_honest_file_is_refused_with_one_sentence_and_a_line(xml: bytes, line: int) -> None:
    with pytest.raises(bpmn.Unreadable) as refused:
        bpmn.read(xml)
    assert [each.line for each in refused.value.findings] == [line]


def test_a_line_far_down_a_long_file_is_told_right() -> None:
    assert errors(*PLAIN, "\n" * 70_000, '<bpmn:transaction id="x"/>') == [("x", 70_005)]


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("P3D", timedelta(days=3)),
        ("PT4H30M", timedelta(hours=4, minutes=30)),
        ("P1DT0.5S", timedelta(days=1, seconds=0.5)),
        ("P2W", timedelta(weeks=2)),
        *((wrong, None) for wrong in ("", "P", "PT", "P1DT", "P1Y", "P1M", "-P1D", "PT0S", "3D", "p3d", "P1W2D")),
    ],
)
def test_a_duration_has_a_fixed_length_or_none(text: str, length: timedelta | None) -> None:
    assert durations.parse(text) == length


def test_a_parallel_gateway_and_instances_are_read_whole() -> None:
    net = bpmn.read(
        drawn(
            START,
            parallel("p"),
            task("t", each_of("a.bodies", "body = 1", True)),
            END,
            path("start", "p", "t", "end"),
        )
    )
    assert isinstance(net.elements["p"], nets.Parallel)
    instances = net.tasks()[0].rounds
    assert instances is not None
    assert instances.items is not None and instances.until is not None
    assert (instances.sequential, instances.count, instances.item) == (True, None, "body")
    assert (instances.items.source, instances.until.source) == ("a.bodies", "body = 1")
