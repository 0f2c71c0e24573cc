"""What has been read so far, and what has been found on the way."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.bpmn import refused, source
from zhongshu.engine.processes.rules.bpmn.findings import Finding, Severity

FEEL_LANGUAGES = ("feel", "https://www.omg.org/spec/dmn/", "http://www.omg.org/spec/feel/")


class Draft:
    """The parts of a process being read; lives for one reading.

    `lines` tells where each element, flow and the process itself begins. `refused` are the ids of what is
    there but cannot be executed or connected: what follows from that alone is not reported again.
    """

    def __init__(self, file: source.Source) -> None:
        self.file = file
        self.findings: list[Finding] = []
        self.elements: dict[str, nets.Element] = {}
        self.flows: dict[str, nets.Flow] = {}
        self.process_id = ""
        self.lines: dict[str, int] = {}
        self.refused: set[str] = set()

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
            self.say(tag, refused.EVENT, tag=name)
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
        try:
            return feel.compile(source.text(tag).removeprefix("="))
        except feel.SyntaxProblem as problem:
            self.say(tag, "表达式“{text}”读不懂：{reason}", text=source.text(tag), reason=str(problem))
            return None


def _id_around(tag: etree._Element) -> str:
    """The id of the process element a tag is in, so that the drawing can show it; else the nearest id."""
    around = [tag, *tag.iterancestors()]
    ids = [each.get("id", "") for each in around]
    for id, above in zip(ids, around[1:], strict=False):
        if id and source.name(above) == "process":
            return id
    return next(filter(None, ids), "")
