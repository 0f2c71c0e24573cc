"""Nothing asks another machine but through the guarded client, and each exception says why."""

import ast
from collections.abc import Iterator

import pytest

from zhongshu.main.tests import tree

WAYS_OUT = {"http.client", "urllib.request", "requests", "aiohttp", "urllib3", "httpx", "httpcore", "socket", "ssl",
            "smtplib", "ftplib", "telnetlib", "xmlrpc.client", "websockets"}  # fmt: skip
MAY = {
    "base/http/outgoing/asking.py": "the guarded client itself",
    "base/http/outgoing/wire.py": "its connections, each to a judged address",
    "registers/documents/scanner.py": "the virus scanner beside us, at the operator's address",
    "main/ground/postgres/launch.py": "looks whether our own database's port is free",
    "main/ground/supervisor.py": "asks our own parts whether they live",
    "main/bench/server.py": "asks the platform that a bench has started",
    "main/bench/loop/client.py": "speaks to the platform that a bench has started",
    "main/bench/loop/running.py": "speaks to the platform that a bench has started",
}


def _ways_out(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""
            yield from (f"{node.module}.{name.name}" for name in node.names)


def _goes_out(module: ast.Module) -> bool:
    return any(name in WAYS_OUT or name.split(".")[0] in WAYS_OUT for name in _ways_out(module))


def test_only_the_guarded_client_goes_out() -> None:
    going = {tree.name(path) for path in tree.modules() if _goes_out(tree.parsed(path))}
    assert going - MAY.keys() == set(), "use zhongshu.base.http.outgoing.client(purpose)"
    assert MAY.keys() - going == set(), "these need no exception any more"


@pytest.mark.parametrize(
    ("source", "goes"),
    [
        ("import urllib.request", True),
        ("from urllib import request", True),
        ("from http.client import HTTPConnection", True),
        ("import httpx", True),
        ("from httpx import get", True),
        ("from urllib.parse import urlencode", False),
        ("from http import HTTPStatus", False),
    ],
)
def test_the_reader_of_modules_sees_a_way_out(source: str, goes: bool) -> None:
    assert _goes_out(ast.parse(source)) is goes
