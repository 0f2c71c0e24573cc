"""Whoever comes in is asked who they are: every address has a door that says whom it lets in."""

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from ninja.operation import Operation, PathView
from pydantic import BaseModel

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


def _schemas(model: Any) -> Iterator[type[BaseModel]]:
    """The models a described value is made of."""
    for part in get_args(model) or (model,):
        if isinstance(part, type) and issubclass(part, BaseModel):
            yield part
            for field in part.model_fields.values():
                yield from _schemas(field.annotation)


def test_two_schemas_never_share_a_name() -> None:
    """The description of the machine door keeps schemas by name: of two alike, one would describe both."""
    models = [model for _, operation in _operations() for model in operation.models]
    models += [model for _, operation in _operations() for model in operation.response_models.values()]
    found = {schema for model in models if model for field in model.model_fields.values()
             for schema in _schemas(field.annotation)}  # fmt: skip
    assert len(found) > 40
    assert len({schema.__name__ for schema in found}) == len(found)


def test_no_address_is_overlooked() -> None:
    machine = {address for address in ADDRESSES.keys() - PAGES.keys() if address.startswith("api/")}
    described = {f"api{path}".replace("{", "<").replace("}", ">") for path, _ in _operations()}
    assert machine == described | OPEN.keys()
    assert len(PAGES) > 30
