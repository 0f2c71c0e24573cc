"""Answers in the two formats of GeoReport v2. Pure.

One value serves both: JSON follows the XML by the Spark convention (wiki.open311.org, JSON and XML Conversion), where
the elements of a list are called by the list's singular.
"""

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

import msgspec

FORMATS = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
"""Format as it ends an address → content type."""

_SINGULAR = {
    "attributes": "attribute", "endpoints": "endpoint", "errors": "error", "formats": "format",
    "service_requests": "request", "services": "service", "values": "value",
}  # fmt: skip
# What XML 1.0 (section 2.2, Char) has no place for, even escaped.
_NO_CHAR = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written(format: str, root: str, value: Any) -> bytes:
    """The value in a format of `FORMATS`; `root` is the name of its outermost element in XML."""
    return msgspec.json.encode(value) if format == "json" else xml(root, value)


def xml(root: str, value: Any) -> bytes:
    """The value as an XML document: everything escaped, characters that XML forbids replaced, None left empty."""
    return ElementTree.tostring(_element(root, value), encoding="utf-8", xml_declaration=True)


def _element(name: str, value: Any) -> ElementTree.Element:
    element = ElementTree.Element(name)
    if isinstance(value, Mapping):
        element.extend(_element(key, part) for key, part in value.items())
    elif isinstance(value, list):
        element.extend(_element(_SINGULAR[name], part) for part in value)
    elif value is not None:
        element.text = _text(value)
    return element


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _NO_CHAR.sub("\ufffd", str(value))
