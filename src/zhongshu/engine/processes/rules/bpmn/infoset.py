"""What an XML file says, whatever way it is written down: two files that say the same have equal infosets.

Aside are the order of attributes, prefixes, and white space between elements; text, comments, processing instructions
and the names that values refer to count (XML Information Set, W3C 2004; QNames in content as in Canonical XML 2.0).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

Namespaces = Mapping[str | None, str]
QNAME = re.compile(r"\s*(?:([^\s:{}]+):)?([^\s:{}/]+)\s*")
SCHEMA_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
REFERENCES = frozenset(
    [
        "incoming",
        "outgoing",
        "calledElement",
        "bpmnElement",
        "labelStyle",
        "choreographyActivityShape",
        "sourceElement",
        "targetElement",
    ]
)
"""What BPMN20.xsd types as QName beside all that ends in `Ref`; without a prefix it is in the default namespace."""


def of(root: etree._Element) -> tuple[Any, ...]:
    """All that a tree says, with what stands before and after its root, as plain values to compare."""
    before = reversed(list(root.itersiblings(preceding=True)))
    alone = bool(root.getroottree().docinfo.standalone)
    return (alone, *map(_node, before), _node(root), *map(_node, root.itersiblings()))


def _node(node: etree._Element) -> tuple[Any, ...]:
    if node.tag is etree.Comment:
        return ("comment", node.text)
    if isinstance(node, etree._ProcessingInstruction):
        return ("instruction", node.target, node.text)
    attributes = sorted((str(name), _value(str(value), str(name), node.nsmap)) for name, value in node.attrib.items())
    return (node.tag, tuple(attributes), tuple(_inside(node)))


def _inside(element: etree._Element) -> Iterator[Any]:
    mixed = any(True for _ in element.iterchildren(etree.Element))
    for text in _told(element.text, mixed):
        yield text if mixed else _value(text, element.tag, element.nsmap)
    for child in element:
        yield _node(child)
        yield from _told(child.tail, mixed)


def _told(text: str | None, mixed: bool) -> Iterable[str]:
    """The text, unless it only sets elements apart."""
    return [text] if text and (text.strip() or not mixed) else []


def _value(value: str, name: str, namespaces: Namespaces) -> str:
    """A value with what its prefix stands for, if it is a name with one."""
    found = QNAME.fullmatch(value)
    if found is None:
        return value
    prefix, local = found.groups()
    if prefix is None and not _refers(name):
        return value
    space = namespaces.get(prefix)
    return value if space is None else f"{{{space}}}{local}"


def _refers(name: str) -> bool:
    local = etree.QName(name).localname
    return name == SCHEMA_TYPE or local in REFERENCES or local.endswith(("Ref", "Refs"))
