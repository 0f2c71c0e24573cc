"""Every page and operation of the platform, with the door it has."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from ninja.operation import Operation


@dataclass(frozen=True, slots=True)
class Door:
    """What an address asks of its visitors before it looks at what they want."""

    pattern: str
    signed_in: bool = False
    permission: str = ""
    machine: bool = False


@cache
def pages() -> dict[str, Door]:
    """Name of a page (`desk:case`) → its door; pages of protocols spoken by machines without a key are among them."""
    return {
        name: Door(pattern, access.signed_in, access.permission)
        for name, pattern, view in _walk(get_resolver())
        if (access := getattr(view, "access", None)) is not None
    }


@cache
def operations() -> dict[str, Door]:
    """Method and path of an operation (`GET /v1/cases`) → its door."""
    return {
        f"{method} {path}": Door(f"api{path}".replace("{", "<").replace("}", ">"), True, _permission(operation), True)
        for path, operation in _operations()
        for method in operation.methods
    }


def door(name: str) -> Door:
    """The door of a line of the matrix: `POST desk:claim`, `GET /v1/cases`."""
    return operations()[name] if name in operations() else pages()[name.partition(" ")[2]]


def _permission(operation: Operation) -> str:
    return str(getattr(operation.auth_callbacks[0], "permission", ""))


def _operations() -> Iterator[tuple[str, Operation]]:
    from zhongshu.main.api import api

    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                yield prefix + path, operation


def _walk(resolver: URLResolver, before: str = "", space: str = "") -> Iterator[tuple[str, str, Any]]:
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", pattern, entry.callback
        else:
            yield from _walk(entry, pattern, f"{space}{entry.namespace}:" if entry.namespace else space)
