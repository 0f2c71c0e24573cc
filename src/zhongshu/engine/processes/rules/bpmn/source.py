"""A BPMN file as a tree whose elements know where they begin."""

from collections.abc import Iterator

from lxml import etree

from zhongshu.base.http import markup
from zhongshu.base.http.markup import Source
from zhongshu.engine.processes.rules.findings import Finding, Unreadable

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI"
CALL = f"{{{MODEL}}}callActivity"
BOUNDS = markup.Bounds(bytes=2 * 1024 * 1024, elements=5_000)


def parse(xml: bytes) -> Source:
    """The tree of a file; Unreadable if it is not well-formed, too large, too deep, or has a DOCTYPE."""
    return markup.parse(xml, BOUNDS, lambda *wrong: Unreadable([Finding("", *wrong)]))


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
