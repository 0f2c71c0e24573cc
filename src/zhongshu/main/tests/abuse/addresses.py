"""Every address of the platform with something in its gaps, for stories that try them all."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

_GAP = re.compile(r"<(?:(\w+):)?(\w+)>")
_NOTHING = {"uuid": "00000000-0000-0000-0000-00000000abcd", "int": "987654", "slug": "x", "str": "x", None: "x"}


def pages(values: Mapping[str, Any] | None = None) -> Iterator[tuple[str, str, Any]]:
    """(name, address, view) of every page; gaps are filled by name, else with what is nowhere."""
    for name, pattern, view in _found(get_resolver()):
        if not pattern.startswith("api/"):
            yield name, "/" + _filled(pattern, values or {}), view


def _filled(pattern: str, values: Mapping[str, Any]) -> str:
    return _GAP.sub(lambda gap: str(values.get(gap[2], _NOTHING[gap[1]])), pattern)


def _found(resolver: URLResolver, before: str = "", space: str = "") -> Iterator[tuple[str, str, Any]]:
    for entry in resolver.url_patterns:
        address = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", address, entry.callback
        else:
            yield from _found(entry, address, f"{entry.namespace}:" if entry.namespace else space)
