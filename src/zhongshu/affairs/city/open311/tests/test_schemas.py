"""Every answer fits the public JSON Schemas and Swagger of GeoReport v2, where they are at hand."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from jsonschema_rs import Draft4Validator

from zhongshu.affairs.city.open311.tests.clients import Caller, read
from zhongshu.engine.cases.tests.walks import Walk

SCHEMAS = Path(os.environ.get("ZHONGSHU_DATA") or settings.REPOSITORY.parent / "shared" / "data") / "open311"
pytestmark = pytest.mark.skipif(not SCHEMAS.is_dir(), reason="no public schemas in ZHONGSHU_DATA/open311")


def schema(name: str) -> dict[str, Any]:
    """A schema of one thing; lists refer to these."""
    return json.loads((SCHEMAS / f"{name}.json").read_text())


def described(name: str) -> dict[str, Any]:
    """A definition of the Swagger file, with what it refers to."""
    swagger = json.loads((SCHEMAS / "swagger.json").read_text())
    return {"$ref": f"#/definitions/{name}", "definitions": swagger["definitions"]}


def problems(schema: dict[str, Any], value: Any) -> list[str]:
    return [error.message for error in Draft4Validator(schema).iter_errors(value)]


@pytest.fixture
def caller(city: Any) -> Caller:
    walk = Walk(city)
    walk.do("handle", result="done")
    walk.do("verify", passed=True)
    walk.do("close")
    city.report(category="0102", lon=None, lat=None, spot=(None, None), place="990101001001")
    return Caller(city)


def test_services_and_their_definitions_fit(caller: Caller) -> None:
    services = read(caller.get("services.json"))
    assert len(services) > 50
    for service in services:
        assert problems(schema("service"), service) == problems(described("Service"), service) == []
    for code in ("0102", "1101", "1401"):
        definition = read(caller.get(f"services/{code}.json"))
        assert problems(schema("service-definition"), definition) == []


def test_requests_fit(caller: Caller) -> None:
    caller.number()
    found = read(caller.get("requests.json"))
    assert {request["status"] for request in found} == {"open", "closed"} and None in {r["lat"] for r in found}
    for request in found:
        assert problems(schema("request"), request) == []
        (alone,) = read(caller.get(f"requests/{request['service_request_id']}.json"))
        assert alone == request


def test_receipts_and_tokens_fit(city: Any, caller: Caller) -> None:
    (receipt,) = read(caller.report())
    assert problems(described("RequestResponse"), {k: v for k, v in receipt.items() if v is not None}) == []
    (token,) = read(caller.get(f"tokens/{city.report().case_id}.json"))
    assert problems(described("TokenResponse"), token) == []


def test_the_schemas_find_what_does_not_fit(caller: Caller) -> None:
    assert problems(schema("request"), {"service_request_id": 7, "status": "new"})
    assert problems(described("Service"), {"service_code": "1"})
