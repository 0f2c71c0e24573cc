"""What has been read so far, and what has been found on the way."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from lxml import etree

from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.bpmn import refused, source
from zhongshu.engine.processes.rules.findings import Finding, Severity

FEEL_LANGUAGES = ("feel", "https://www.omg.org/spec/dmn/", "http://www.omg.org/spec/feel/")


class Draft:
    """The parts of a process being read; lives for one reading.

    `lines` tells where each element, flow and the process itself begins. `refused` are the ids of what is
    there but cannot be executed or connected: what follows from that alone is not reported again. `scope` is the
    process or sub-process each lies in, `around` the one being read. `definitions` are the names and codes of
    messages, signals, errors and escalations by id; links, by scope and name, become flows. `undoing` are the
    compensation events with their hosts, `handlers` what is there to undo, `ties` the associations.
    """

    def __init__(self, file: source.Source) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self.elements: dict[str, nets.Element] = {}
        self.flows: dict[str, nets.Flow] = {}
        self.process_id = self.around = ""
        self.scope: dict[str, str] = {}
        self.lanes: dict[str, tuple[str, ...]] = {}
        self.definitions: dict[str, str] = {}
        self.borrowed: set[str] = set()
        self.undoing: dict[str, str] = {}
        self.handlers: set[str] = set()
        self.ties: list[tuple[str, str]] = []
        self.links_in: dict[tuple[str, str], list[str]] = {}
        self.links_out: dict[str, tuple[str, str]] = {}
        self.lines: dict[str, int] = {}
        self.refused: set[str] = set()

    def borrow(self, others: Mapping[str, nets.Net]) -> None:
        """Add the processes of other files that this one calls, and make links flows."""
        for call in [each for each in self.elements.values() if isinstance(each, nets.Call)]:
            other = others.get(call.process)
            if other is None or call.process in self.lines or call.process in self.borrowed:
                continue
            self.borrowed.add(call.process)
            for id in other.elements.keys() & self.elements.keys():
                self.say_of(
                    id, "id “{id}” 在被调用的流程 {process} 里也有，请改成不同的。", id=id, process=call.process
                )
            self.elements |= {id: each for id, each in other.elements.items() if id not in self.elements}
            self.flows |= {id: each for id, each in other.flows.items() if id not in self.flows}
            self.scope |= {id: scope for id, scope in other.scope.items() if id not in self.scope}
            self.lanes |= {id: lanes for id, lanes in other.lanes.items() if id not in self.lanes}
            self.lines |= dict.fromkeys([call.process, *other.elements, *other.flows], self.lines[call.id])
        for throw, link in self.links_out.items():
            for catch in self.links_in.get(link, ())[:1]:
                id = f"{throw}→{catch}"
                self.flows[id] = nets.Flow(id, throw, catch)
                self.lines[id], self.scope[id] = self.lines[throw], self.scope[throw]

    def undo(self) -> None:
        """Tie each activity to what undoes it."""
        for event, handler in self.ties:
            host = self.elements.get(self.undoing.get(event, ""))
            if isinstance(host, nets.Activity) and handler in self.handlers:
                self.elements[host.id] = replace(host, undo=handler)

    def net(self, name: str) -> nets.Net:
        """The net of all that has been read."""
        return nets.build(
            process_id=self.process_id,
            name=name,
            elements=self.elements.values(),
            flows=self.flows.values(),
            scope={id: self.scope[id] for id in self.elements},
            lanes=self.lanes,
        )

    def say(self, tag: etree._Element, sentence: str, /, *, severity: Severity = "error", **gaps: Any) -> None:
        """Note a finding on a tag; it carries the id of the element the tag is in."""
        self.findings.append(Finding(_id_around(tag), self.file.lines[tag], sentence, gaps, severity))

    def say_of(self, id: str, sentence: str, /, *, severity: Severity = "error", **gaps: Any) -> None:
        """Note a finding on an element or flow already read."""
        self.findings.append(Finding(id, self.lines[id], sentence, gaps, severity))

    def known(self, tag: etree._Element, *names: str) -> Iterator[etree._Element]:
        """The children of those names; whatever else is neither drawing nor remark is refused."""
        for part in source.children(tag):
            name = source.name(part)
            if name in names:
                yield part
            elif name in refused.DATA:
                self.say(part, refused.NOT_EXECUTED, severity="warning", tag=name)
            elif name not in refused.SILENT | refused.DRAWN:
                self.refuse(part)

    def refuse(self, tag: etree._Element) -> None:
        """Note that a construct is not executed, and what to use instead."""
        name = source.name(tag)
        if name.endswith("EventDefinition") or name == "eventDefinitionRef":
            self.say(tag, refused.INSTEAD.get(name, refused.EVENT), tag=name)
        else:
            self.say(tag, refused.INSTEAD.get(name, refused.OTHERWISE), tag=name)

    def expression(self, tag: etree._Element | None) -> feel.Expression | None:
        """The FEEL expression in a tag, if there is one; a leading `=` (some editors write it) is dropped."""
        if tag is None:
            return None
        language = tag.get("language") or self.file.root.get("expressionLanguage") or FEEL_LANGUAGES[0]
        if not language.lower().startswith(FEEL_LANGUAGES):
            self.say(tag, "表达式的语言 {language} 不认识，请用 FEEL。", language=language)
            return None
        return self.compiled(tag, source.text(tag))

    def compiled(self, tag: etree._Element, text: str) -> feel.Expression | None:
        """The FEEL expression that a text is; one that cannot be read is noted on the tag."""
        try:
            return feel.compile(text.removeprefix("="))
        except feel.SyntaxProblem as problem:
            self.say(tag, "表达式“{text}”读不懂：{reason}", text=text, reason=str(problem))
            return None


def _id_around(tag: etree._Element) -> str:
    """The id of the process element a tag is in, so that the drawing can show it; else the nearest id."""
    around = [tag, *tag.iterancestors()]
    ids = [each.get("id", "") for each in around]
    for id, above in zip(ids, around[1:], strict=False):
        if id and source.name(above) in ("process", "subProcess"):
            return id
    return next(filter(None, ids), "")
