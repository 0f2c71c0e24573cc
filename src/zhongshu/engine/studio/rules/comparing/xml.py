"""What elements say, without how they are written down: indentation, prefixes and ids make no difference."""

from collections.abc import Callable

from lxml import etree


def said(element: etree._Element, apart: Callable[[etree._Element], bool] = lambda _: False) -> str:
    """Everything an element and those in it say, as one short text; those that are `apart` are left out."""
    parts = [(element.text or "").strip()]
    for part in element.iterchildren(etree.Element):
        if not apart(part):
            parts.append(_named(part, said(part, apart)))
    return " ".join(filter(None, parts))


def attributes(element: etree._Element, *apart: str) -> dict[str, str]:
    """The attributes of an element by their names without prefix, but for these."""
    found = {etree.QName(str(key)).localname: str(value) for key, value in element.attrib.items()}
    return {key: value for key, value in sorted(found.items()) if key not in apart}


def _named(element: etree._Element, inner: str) -> str:
    name = etree.QName(element).localname
    given = " ".join(f"{key}={value}" for key, value in attributes(element, "id").items())
    if name == "text" and not given:
        return inner
    return f"{name}({' '.join(filter(None, (given, inner)))})"
