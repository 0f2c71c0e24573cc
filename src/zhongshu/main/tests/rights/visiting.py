"""Visitors of every kind before every door, and what they are answered."""

import json
import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client

from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.main.rights.addresses import Door
from zhongshu.main.rights.expected import Answer, Visitor, Where
from zhongshu.registers.people import actions as people
from zhongshu.registers.people.models import Account, Body

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass
class Doorstep:
    """The demo city with one thing of each kind, and somebody of each kind who comes for it."""

    city: Any
    things: dict[str, Any]
    told: Any
    body: Body
    beside: Body
    elsewhere: Body
    sessions: dict[Visitor, Any] = field(default_factory=dict)
    keys: dict[Visitor, str] = field(default_factory=dict)

    def answer(self, visitor: Visitor, method: str, door: Door, sends: Any = None, **given: Any) -> Answer | None:
        """What the visitor is answered; whatever they did is undone."""
        self.sender(visitor, door)  # whoever comes for the first time is kept
        with transaction.atomic():
            found = self.send(visitor, method, door, sends, **given)
            transaction.set_rollback(True)
        return _heard(found)

    def send(self, visitor: Visitor, method: str, door: Door, sends: Any = None, **given: Any) -> Any:
        """The answer itself; what the visitor did stays done."""
        return self.sender(visitor, door)(method, self.address(door, **given), sends or {})

    def sender(self, visitor: Visitor, door: Door) -> Callable[..., Any]:
        """How this visitor comes to such a door: with a key, or in a browser."""
        return self._by_key(visitor) if door.machine else self._by_page(visitor)

    def address(self, door: Door, **given: Any) -> str:
        """The address with the things of this city in it."""
        told = {"case_id": self.told} if door.pattern.startswith(("track/", "start/sent/")) else {}
        values = self.things | told | given
        return "/" + PARAMETER.sub(lambda found: str(values[found.group(1)]), door.pattern).lstrip("/")

    def _by_page(self, visitor: Visitor) -> Callable[..., Any]:
        if visitor not in self.sessions:
            first = Client()
            if visitor.role or visitor.resident:
                first.force_login(self._account(visitor, "staff"))
            self.sessions[visitor] = first.cookies

        def send(method: str, address: str, sends: Any) -> Any:
            client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
            client.cookies = deepcopy(self.sessions[visitor])
            return getattr(client, method.lower())(address, sends)

        return send

    def _by_key(self, visitor: Visitor) -> Callable[..., Any]:
        if visitor.role and visitor not in self.keys:
            holder = self._account(visitor, "device")
            self.keys[visitor] = people.issue_key(holder, "对接", per_minute=100_000, by=SYSTEM, at=self.city.now)
        headers = {"Authorization": f"Bearer {self.keys[visitor]}"} if visitor.role else {}
        client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False, headers=headers)
        return lambda method, address, sends: client.generic(
            method, address, json.dumps(sends) if method != "GET" else "", content_type="application/json"
        )

    def _account(self, visitor: Visitor, kind: str) -> Account:
        if visitor.resident:
            return self.city.account("resident" if visitor.owner else "other-resident")
        body = {Where.SISTER: self.beside, Where.REGION: self.elsewhere}.get(visitor.where, self.body)
        login = f"{kind}-{visitor.role}-{visitor.where}".lower().replace(" ", "-").replace("_", "-")
        hired = Account.objects.create(login=login, name="来客", kind=kind, body=body, opened=self.city.now)
        over = None if visitor.where == Where.CITY else body
        people.give_grant(hired, visitor.role, body=over, by=SYSTEM, at=self.city.now)
        return hired


def _heard(answer: Any) -> Answer | None:
    """None where this method is not one of the address."""
    if answer.status_code == 405:
        return None
    assert answer.status_code < 500, (answer.status_code, answer.request["PATH_INFO"], answer.content[:300])
    if answer.status_code == 302 and answer.url.startswith(settings.LOGIN_URL):
        return Answer.SIGN_IN
    if answer.status_code == 401 and answer.headers["Content-Type"].startswith("application/json"):
        return Answer.SIGN_IN
    return {403: Answer.FORBIDDEN, 404: Answer.ABSENT}.get(answer.status_code, Answer.OPEN)
