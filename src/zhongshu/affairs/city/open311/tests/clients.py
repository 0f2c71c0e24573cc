"""A program that speaks Open311, and how the answers are read."""

import json
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

from django.test import Client

from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.registers.people import actions as people
from zhongshu.registers.people.models import Account

BASE = "/api/open311/v2"
FORM = "application/x-www-form-urlencoded; charset=utf-8"
LISTS = {"services", "service_requests", "errors", "attributes", "values", "endpoints", "formats"}


class Caller:
    """A client with the key of an account that may report in all of the city, unless told otherwise."""

    def __init__(self, city: Any, *roles: str, place: int | None = 9901, **key: Any) -> None:
        self.city, self.client = city, Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
        login = f"open311-{Account.objects.count()}"
        self.account = Account.objects.create(login=login, name="市民应用", kind="device", opened=city.now)
        for role in roles or ("integrator",):
            people.give_grant(self.account, role, place=place, by=SYSTEM, at=city.now)
        self.key = people.issue_key(self.account, "Open311", by=SYSTEM, at=city.now, **key)

    def get(self, path: str, **more: Any) -> Any:
        answer = self.client.get(f"{BASE}/{path}", **more)
        assert answer.status_code < 500, answer.content[:300]
        return answer

    def send(self, body: str | bytes, content_type: str = FORM, format: str = "json", **more: Any) -> Any:
        answer = self.client.post(f"{BASE}/requests.{format}", body, content_type=content_type, **more)
        assert answer.status_code < 500, answer.content[:300]
        return answer

    def report(self, format: str = "json", headers: Any = None, **changes: Any) -> Any:
        """Send a report of rubbish in the street; None leaves a field out, a list sends it several times."""
        lon, lat = self.city.spot()
        form = {
            "api_key": self.key, "service_code": "1101", "lat": lat, "long": lon, "description": "路口有一堆垃圾。",
        } | changes  # fmt: skip
        sent = urlencode({name: value for name, value in form.items() if value is not None}, doseq=True)
        return self.send(sent, format=format, headers=headers)

    def number(self, **changes: Any) -> str:
        """The id of a new request."""
        answer = self.report(**changes)
        assert answer.status_code == 200, answer.content.decode()
        return str(answer.json()[0]["service_request_id"])


def read(answer: Any) -> Any:
    """What an answer says, the same from XML as from JSON but that all of XML is text; and it is labelled rightly."""
    if answer["Content-Type"] == "application/json; charset=utf-8":
        return json.loads(answer.content)
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    assert answer.content.lower().startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    return _value(ElementTree.fromstring(answer.content))


def _value(element: ElementTree.Element) -> Any:
    if element.tag in LISTS:
        return [_value(part) for part in element]
    if len(element):
        return {part.tag: _value(part) for part in element}
    return element.text


def as_text(value: Any) -> Any:
    """A JSON value as XML would say it."""
    if isinstance(value, dict):
        return {name: as_text(part) for name, part in value.items()}
    if isinstance(value, list):
        return [as_text(part) for part in value]
    return None if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def refused(answer: Any, status: int) -> str:
    """The sentence of an error, as GeoReport v2 has errors: a list of code and description."""
    assert answer.status_code == status, answer.content.decode()[:300]
    errors = read(answer)
    assert errors and all(set(error) == {"code", "description"} for error in errors)
    assert {str(error["code"]) for error in errors} == {str(status)}
    assert any("\u4e00" <= char <= "\u9fff" for char in errors[0]["description"]), errors
    return str(errors[0]["description"])
