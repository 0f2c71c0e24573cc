"""Where a question stands in its document: `name`, or `rows.name` for one of a repeating group."""

from collections.abc import Mapping
from typing import Any

from zhongshu.base.http.refusals import Absent

Document = Mapping[str, Any]


def name(path: str) -> str:
    """The question's own name."""
    return path.rpartition(".")[2]


def outer(path: str) -> str:
    """The repeating group it belongs to; empty: none."""
    return path.rpartition(".")[0]


def home(document: Document, path: str) -> dict[str, Any]:
    """The object whose `properties` hold the question: the document, or the items of its group."""
    group = outer(path)
    if not group:
        return document  # type: ignore[return-value]  # callers write to copies of their own only
    found = document.get("properties", {}).get(group, {}).get("items")
    if not isinstance(found, dict) or "properties" not in found:
        raise Absent("问卷里没有“{name}”这一组。", name=group)
    return found


def schema(document: Document, path: str) -> dict[str, Any]:
    """What the document writes of the question; Absent if there is none."""
    found = home(document, path).get("properties", {}).get(name(path))
    if not isinstance(found, dict):
        raise Absent("问卷里没有“{name}”这一题。", name=name(path))
    return found


def order(document: Document, group: str = "") -> list[str]:
    """The names of the questions in the order they are asked, those of a group or of the document."""
    whole = home(document, f"{group}.x") if group else document
    names = list(whole.get("properties", {}))
    if group:
        return names
    first = [each for each in whole.get("x-ui", {}).get("order", []) if each in names]
    return [*first, *(each for each in names if each not in first)]
