"""XML as it comes from outside, with every door closed.

Expat reads it first: it stops at a DOCTYPE (so no entity is ever defined) and at the bounds of depth and count, and
tells the line each tag begins on; libxml2 only knows where a start tag ends. Then lxml builds the tree.
"""

from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

from lxml import etree

Refuse = Callable[[int, str, dict[str, object]], Exception]
"""How a file is refused: the line (from 1), the sentence, and what fills its gaps."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most a file may hold."""

    bytes: int
    elements: int
    levels: int = 64


@dataclass(frozen=True, slots=True)
class Source:
    """A parsed file: its root, and the line on which each element begins."""

    root: etree._Element
    lines: dict[etree._Element, int]


def parse(xml: bytes, bounds: Bounds, refuse: Refuse) -> Source:
    """The tree of a file; raises what `refuse` makes if it is malformed, too large, too deep, or has a DOCTYPE."""
    if len(xml) > bounds.bytes:
        raise refuse(1, "文件超过 {most} 兆字节，请拆成几个文件。", {"most": bounds.bytes // 1024 // 1024})
    lines = _Guard(bounds, refuse).run(xml)
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise refuse(error.lineno or 1, _MALFORMED, {}) from None
    return Source(root, dict(zip(root.iter(etree.Element), lines, strict=True)))


_MALFORMED = "这里不是完整的 XML（编码须为 UTF-8），请用设计器重新导出。"


class _Guard:
    """One pass of expat over the bytes."""

    def __init__(self, bounds: Bounds, refuse: Refuse) -> None:
        self.bounds, self.refuse = bounds, refuse
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
            raise self.refuse(error.lineno, _MALFORMED, {}) from None
        except (ValueError, LookupError):  # an encoding expat does not read
            raise self.refuse(1, _MALFORMED, {}) from None
        return self.lines

    def _open(self, *_: object) -> None:
        self.depth += 1
        self.lines.append(self.parser.CurrentLineNumber)
        if self.depth > self.bounds.levels:
            sentence = "元素套了超过 {most} 层，请检查文件是否损坏。"
            raise self.refuse(self.lines[-1], sentence, {"most": self.bounds.levels})
        if len(self.lines) > self.bounds.elements:
            raise self.refuse(self.lines[-1], "元素超过 {most} 个，请拆成几个文件。", {"most": self.bounds.elements})

    def _close(self, _: str) -> None:
        self.depth -= 1

    def _doctype(self, *_: object) -> None:
        sentence = "文件里有 DOCTYPE（可以定义实体、引用外部文件），不能接收；请删去这一段再上传。"
        raise self.refuse(self.parser.CurrentLineNumber, sentence, {})
