"""A BPMN file as a tree whose elements know where they begin, with every door of XML closed.

Expat reads it first: it stops at a DOCTYPE (so no entity is ever defined) and at the bounds of depth and
count, and tells the line each tag begins on; libxml2 only knows where a start tag ends. Then lxml builds the
tree.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from lxml import etree

from zhongshu.engine.processes.rules.bpmn.findings import Finding, Unreadable

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI"

MOST_BYTES = 2 * 1024 * 1024
MOST_LEVELS = 64
MOST_ELEMENTS = 5_000


@dataclass(frozen=True, slots=True)
class Source:
    """A parsed file: its root, and the line on which each element begins."""

    root: etree._Element
    lines: dict[etree._Element, int]


def parse(xml: bytes) -> Source:
    """The tree of a file; Unreadable if it is not well-formed, too large, too deep, or has a DOCTYPE."""
    if len(xml) > MOST_BYTES:
        raise _refused(1, "文件超过 {most} 兆字节，请拆成几个流程。", most=MOST_BYTES // 1024 // 1024)
    lines = _Guard().run(xml)
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise _malformed(error.lineno or 1) from None
    return Source(root, dict(zip(root.iter(etree.Element), lines, strict=True)))


def name(element: etree._Element) -> str:
    """The local name of a BPMN element; with its namespace, in braces, if it is not BPMN."""
    return str(element.tag).removeprefix(f"{{{MODEL}}}")


def children(element: etree._Element) -> Iterator[etree._Element]:
    """The child elements, without comments and processing instructions."""
    return element.iterchildren(etree.Element)


def tags(element: etree._Element) -> Iterator[etree._Element]:
    """The BPMN elements in an element, itself first, but for what extensions hold."""
    if etree.QName(element).namespace == MODEL:
        yield element
    if name(element) != "extensionElements":
        for each in children(element):
            yield from tags(each)


def text(element: etree._Element | None) -> str:
    """The text directly in an element, trimmed; empty if there is no such element."""
    if element is None:
        return ""
    return "".join([element.text or "", *(each.tail or "" for each in element)]).strip()


class _Guard:
    """One pass of expat over the bytes."""

    def __init__(self) -> None:
        self.lines: list[int] = []
        self.depth = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close
        self.parser.StartDoctypeDeclHandler = self._doctype

    def run(self, xml: bytes) -> list[int]:
        """The line of each start tag, in the order of the file."""
        try:
            self.parser.Parse(xml, True)
        except expat.ExpatError as error:
            raise _malformed(error.lineno) from None
        except (ValueError, LookupError):  # an encoding expat does not read
            raise _malformed(1) from None
        return self.lines

    def _open(self, *_: object) -> None:
        self.depth += 1
        self.lines.append(self.parser.CurrentLineNumber)
        if self.depth > MOST_LEVELS:
            raise _refused(self.lines[-1], "元素套了超过 {most} 层，请检查文件是否损坏。", most=MOST_LEVELS)
        if len(self.lines) > MOST_ELEMENTS:
            raise _refused(self.lines[-1], "元素超过 {most} 个，请拆成几个流程。", most=MOST_ELEMENTS)

    def _close(self, _: str) -> None:
        self.depth -= 1

    def _doctype(self, *_: object) -> None:
        raise _refused(
            self.parser.CurrentLineNumber,
            "文件里有 DOCTYPE（可以定义实体、引用外部文件），不能接收；请删去这一段再上传。",
        )


def _malformed(line: int) -> Unreadable:
    return _refused(line, "这里不是完整的 XML（编码须为 UTF-8），请用流程设计器重新导出。")


def _refused(line: int, sentence: str, **gaps: object) -> Unreadable:
    return Unreadable([Finding("", line, sentence, gaps)])
