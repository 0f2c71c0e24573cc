"""A DMN file as a tree of elements, with every door of XML closed.

Expat reads it first: it stops at a DOCTYPE (so no entity is ever defined) and at the bounds of depth and
count. Then lxml builds the tree.
"""

from collections.abc import Iterator
from xml.parsers import expat

from lxml import etree

from zhongshu.base.http import refusals

FAMILY = ("http://www.omg.org/spec/DMN/", "https://www.omg.org/spec/DMN/")
MOST_BYTES = 4 * 1024 * 1024
MOST_LEVELS = 64
MOST_ELEMENTS = 50_000

Element = etree._Element


class Unreadable(refusals.Invalid):
    """A file that is no decision model; `line` counts from 1."""

    def __init__(self, sentence: str, line: int = 1, **gaps: object) -> None:
        super().__init__(sentence, line=str(line), **{gap: str(value) for gap, value in gaps.items()})
        self.line = line


def parse(xml: bytes) -> Element:
    """The root of a model; Unreadable if it is not well-formed, too large, too deep, has a DOCTYPE or is no DMN."""
    if len(xml) > MOST_BYTES:
        raise Unreadable("决策文件超过 {most} 兆字节，请拆成几个文件。", most=MOST_BYTES // 1024 // 1024)
    _Guard().run(xml)
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise _malformed(error.lineno or 1) from None
    if etree.QName(root).localname != "definitions" or not str(etree.QName(root).namespace).startswith(FAMILY):
        raise Unreadable("第 {line} 行：文件里没有 DMN 决策模型，请用决策设计器重新导出。")
    return root


def line(element: Element) -> int:
    """The line an element begins on, as far as the parser knows."""
    found = element.sourceline
    return found if isinstance(found, int) else 1


def name(element: Element) -> str:
    """The local name of an element."""
    return str(etree.QName(element).localname)


def children(element: Element, *names: str) -> Iterator[Element]:
    """The DMN child elements, of these names if any are given."""
    for child in element.iterchildren(etree.Element):
        if str(etree.QName(child).namespace).startswith(FAMILY) and (not names or name(child) in names):
            yield child


def child(element: Element, *names: str) -> Element | None:
    """The first child of one of these names."""
    return next(children(element, *names), None)


def text(element: Element | None) -> str:
    """The text of an element's `text` child, trimmed; empty if there is none."""
    inner = None if element is None else child(element, "text")
    return "" if inner is None else "".join(str(piece) for piece in inner.itertext()).strip()


class _Guard:
    """One pass of expat over the bytes."""

    def __init__(self) -> None:
        self.depth = self.count = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close
        self.parser.StartDoctypeDeclHandler = self._doctype

    def run(self, xml: bytes) -> None:
        try:
            self.parser.Parse(xml, True)
        except expat.ExpatError as error:
            raise _malformed(error.lineno) from None
        except (ValueError, LookupError):  # an encoding expat does not read
            raise _malformed(1) from None

    def _open(self, *_: object) -> None:
        self.depth += 1
        self.count += 1
        if self.depth > MOST_LEVELS or self.count > MOST_ELEMENTS:
            raise Unreadable("第 {line} 行：元素太多或套得太深，请拆成几个文件。", self.parser.CurrentLineNumber)

    def _close(self, _: str) -> None:
        self.depth -= 1

    def _doctype(self, *_: object) -> None:
        raise Unreadable(
            "第 {line} 行：文件里有 DOCTYPE（可以定义实体、引用外部文件），不能接收；请删去这一段再上传。",
            self.parser.CurrentLineNumber,
        )


def _malformed(line: int) -> Unreadable:
    return Unreadable("第 {line} 行：这里不是完整的 XML（编码须为 UTF-8），请用决策设计器重新导出。", line)
