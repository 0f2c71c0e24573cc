"""Every operation of the machine door with whatever its description allows, and with what it forbids.

Signed in as one of three roles, in the full counts as each; no answer is a 5xx, none is outside the description.
"""

import os
from typing import Any
from zlib import crc32

import pytest
import requests
import schemathesis
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode, Response
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from zhongshu.main.api import api
from zhongshu.main.tests.test_api import Machine

DEEP = os.environ.get("ZHONGSHU_DEEP") == "1"
FULL = 30
EACH = FULL if DEEP else 1
"""Examples of an operation, role and kind."""
ROLES = ("integrator", "supervisor", "handler")
KINDS = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
CHECKS = [
    not_a_server_error, checks.status_code_conformance, checks.content_type_conformance,
    checks.response_schema_conformance,
]  # fmt: skip
DESCRIBED = schemathesis.openapi.from_dict(api.get_openapi_schema())
OPERATIONS = {operation.label: operation for operation in (found.ok() for found in DESCRIBED.get_all_operations())}


@pytest.fixture
def machines(city: Any) -> list[Machine]:
    """A connected system of each role."""
    return [Machine(city, role, place=9901, per_minute=1_000_000) for role in ROLES]


@pytest.fixture
def things(city: Any) -> dict[str, Any]:
    """A case with an open task, for half of the requests to be about."""
    case = city.report()
    return {"case_id": str(case.case_id), "number": case.number, "token": 3, "code": "1101"}


@pytest.mark.parametrize("label", OPERATIONS)
def test_an_operation_keeps_to_its_description(label: str, machines: list[Machine], things: dict[str, Any]) -> None:
    turn = crc32(label.encode())
    for number, kind in enumerate(KINDS):
        for machine in machines if DEEP else [machines[(turn + number) % len(machines)]]:
            _tried(label, kind, machine, things)


def _tried(label: str, kind: GenerationMode, machine: Machine, things: dict[str, Any]) -> None:
    @settings(
        max_examples=EACH, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=OPERATIONS[label].as_strategy(generation_mode=kind), real=st.booleans())
    def answers(case: Case, real: bool) -> None:
        if real:
            case.path_parameters = {name: things.get(name, value) for name, value in case.path_parameters.items()}
        with transaction.atomic():
            answer = _answer(case, machine)
            transaction.set_rollback(True)
        case.validate_response(answer, checks=CHECKS)

    answers()


def _answer(case: Case, machine: Machine) -> Response:
    """The case sent with the machine's key through every middleware, and what came back."""
    given = case.as_transport_kwargs(base_url="http://127.0.0.1")
    parts = ("method", "url", "headers", "params", "json", "data", "files")
    request = requests.Request(**{name: given[name] for name in parts if name in given}).prepare()
    apart = {"content-type", "content-length", "cookie", "authorization"}
    headers = {name: value for name, value in request.headers.items() if name.lower() not in apart}
    found = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False).generic(
        request.method, request.path_url, request.body or b"",
        content_type=request.headers.get("Content-Type", "application/octet-stream"),
        headers=headers | {"Authorization": f"Bearer {machine.key}"},
    )  # fmt: skip
    told = {name: [value] for name, value in found.headers.items()}
    return Response(found.status_code, told, found.content, request, 0.0, verify=False)


def test_the_full_count_is_ten_thousand() -> None:
    assert len(OPERATIONS) * len(ROLES) * len(KINDS) * FULL >= 10_000
