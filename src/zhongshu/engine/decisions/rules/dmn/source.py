"""A DMN file as a tree of elements."""

from collections.abc import Iterator

from lxml import etree

from zhongshu.base.http import markup, refusals

FAMILY = ("http://www.omg.org/spec/DMN/", "https://www.omg.org/spec/DMN/")
BOUNDS = markup.Bounds(bytes=4 * 1024 * 1024, elements=50_000)

Element = etree._Element


class Unreadable(refusals.Invalid):
    """A file that is no decision model; `line` counts from 1."""

    def __init__(self, sentence: str, line: int = 1, **gaps: object) -> None:
        super().__init__(sentence, line=str(line), **{gap: str(value) for gap, value in gaps.items()})
        self.line = line


def parse(xml: bytes) -> Element:
    """The root of a model; Unreadable if it is not well-formed, too large, too deep, has a DOCTYPE or is no DMN."""
    root = markup.parse(xml, BOUNDS, lambda line, sentence, gaps: Unreadable(sentence, line, **gaps)).root
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
