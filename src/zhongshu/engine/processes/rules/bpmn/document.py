"""A BPMN file kept whole: loaded, edited in a few places, and written back with all that any tool put into it.

The tree of the file is the document; there is no second model of it. An edit is a pure function: it answers a new
document and leaves the one it was given as it is.
"""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import cast

from lxml import etree

from zhongshu.engine.processes.rules.bpmn import source
from zhongshu.engine.processes.rules.findings import Finding, Unreadable

OURS = "urn:zhongshu:bpmn"
"""The namespace of the attributes the platform adds; other tools keep them, as BPMN 2.0.2 (8.2.3) asks of them."""
etree.register_namespace("zhongshu", OURS)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was loaded: elements of every namespace, comments, processing instructions, diagrams."""

    root: etree._Element

    def element(self, id: str) -> etree._Element | None:
        """The BPMN element of that id; what extensions hold is not looked at."""
        return next((tag for tag in source.tags(self.root) if tag.get("id") == id), None)

    def copy(self) -> "Document":
        """The same file once more, to be changed without touching this one."""
        return Document(deepcopy(self.root.getroottree()).getroot())


def load(xml: bytes) -> Document:
    """The document in a file; Unreadable if it is not XML the platform takes in, or not BPMN 2.0."""
    file = source.parse(xml)
    if source.name(file.root) != "definitions":
        raise Unreadable([Finding("", file.lines[file.root], "这不是 BPMN 2.0 文件：最外层应当是 definitions。")])
    return Document(file.root)


def write(document: Document) -> bytes:
    """The file of a document, in UTF-8 and declared so; equal to the one it was loaded from but for its edits."""
    tree = document.root.getroottree()
    alone = cast(bool, tree.docinfo.standalone or None)  # "no" is what not saying it means
    return etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=alone)


def rename(document: Document, id: str, name: str) -> Document:
    """The document with another name for an element; KeyError if there is none of that id."""
    return _with(document, id, "name", name)


def mark(document: Document, id: str, attribute: str, value: str) -> Document:
    """The document with an attribute of the platform's own on an element (empty: without it); KeyError likewise."""
    return _with(document, id, f"{{{OURS}}}{attribute}", value)


def draw(document: Document, diagrams: Sequence[etree._Element]) -> Document:
    """The document with these diagrams in place of all it has."""
    copy = document.copy()
    for old in copy.root.findall(f"{{{source.DIAGRAM}}}BPMNDiagram"):
        remove(old)
    last = [each for each in source.children(copy.root) if source.name(each) != "relationship"][-1:]
    place = copy.root.index(last[0]) + 1 if last else 0  # the schema wants diagrams before relationships
    for diagram in reversed(diagrams):
        copy.root.insert(place, deepcopy(diagram))
    return copy


def _with(document: Document, id: str, attribute: str, value: str) -> Document:
    copy = document.copy()
    element = copy.element(id)
    if element is None:
        raise KeyError(id)
    if value:
        element.set(attribute, value)
    elif attribute in element.attrib:
        del element.attrib[attribute]
    return copy


def remove(element: etree._Element) -> None:
    """Takes an element away, but not the text that follows it."""
    above, before = element.getparent(), element.getprevious()
    if above is None:
        return
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "") or None
    else:
        above.text = (above.text or "") + (element.tail or "") or None
    element.tail = None
    above.remove(element)
