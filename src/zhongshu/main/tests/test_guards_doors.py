"""Whoever comes in is asked who they are: every address has a door that says whom it lets in."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from ninja.operation import Operation, PathView

from zhongshu.base.http.access import Access
from zhongshu.base.permissions.roles import ROLES
from zhongshu.main.api import api
from zhongshu.registers.people.api import Key

OPEN = {
    "api/": "the framework's own root, which answers 404 as there is no such page",
    "api/openapi.json": "the description of the machine door, which holds nothing of anybody",
}
PERMISSIONS = {permission for role in ROLES.values() for permission in role.permissions}


def _addresses(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, Any]]:
    for entry in resolver.url_patterns:
        address = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield address, entry.callback
        else:
            yield from _addresses(entry, address)


ADDRESSES = dict(_addresses(get_resolver()))
PAGES = {
    address: view for address, view in ADDRESSES.items() if not address.startswith("api/") or hasattr(view, "access")
}


def _operations() -> list[tuple[str, Operation]]:
    paths: list[tuple[str, PathView]] = [
        (f"{prefix}{path}", view) for prefix, router in api._routers for path, view in router.path_operations.items()
    ]
    return [(path, operation) for path, view in paths for operation in view.operations]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_says_whom_it_lets_in(address: str) -> None:
    access = getattr(PAGES[address], "access", None)
    assert isinstance(access, Access)
    assert access.permission in PERMISSIONS | {""}


@pytest.mark.parametrize(("path", "operation"), _operations(), ids=lambda part: part if isinstance(part, str) else "")
def test_a_machine_needs_a_key_with_a_permission(path: str, operation: Operation) -> None:
    (key,) = operation.auth_callbacks
    assert isinstance(key, Key)
    assert key.permission in PERMISSIONS


def test_no_address_is_overlooked() -> None:
    machine = {address for address in ADDRESSES.keys() - PAGES.keys() if address.startswith("api/")}
    described = {f"api{path}".replace("{", "<").replace("}", ">") for path, _ in _operations()}
    assert machine == described | OPEN.keys()
    assert len(PAGES) > 30
