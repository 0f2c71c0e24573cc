"""A report of one resident, and those who have nothing to do with it."""

from typing import Any

import pytest
from django.test import Client

from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.channels.portal.tests.test_report import photo, send
from zhongshu.engine.cases.models import Attachment, Case, Task
from zhongshu.main.tests.abuse.told import PHONE, SECRET, Told
from zhongshu.registers.people import actions as people
from zhongshu.registers.people.models import Account, Body

EVERY_SEAT = ("acceptor", "dispatcher", "handler", "verifier", "supervisor", "leader", "administrator")


def _somebody(city: Any, login: str, body: Body | None = None, place: int | None = None, roles: Any = ()) -> None:
    """Somebody who holds these roles over one body and place; nobody types a password here, so there is none."""
    kind = "staff" if body else "resident"
    made = Account.objects.create(login=login, name="何远山", kind=kind, body=body, opened=city.now, password="!")
    for role in roles:
        people.give_grant(made, role, body=body, place=place, by=SYSTEM, at=city.now)


@pytest.fixture
def told(city: Any) -> Told:
    mine = Client()
    city.signed_in(mine, "resident")
    send(mine, city, description=SECRET, photos=[photo()], **{"contact-phone": PHONE, "contact-name": "王女士"})
    case = Case.objects.get()
    values = {
        "case_id": case.pk, "number": case.number, "document": Attachment.objects.get().document, "size": "full",
        "token": Task.objects.filter(case_id=case.pk).latest("token").token, "body_id": case.body or 1,
        "account": city.account("resident").pk,
    }  # fmt: skip
    return Told(case, values)


@pytest.fixture
def strangers(city: Any, told: Told) -> dict[str, Client]:
    """Who has nothing to do with it: signed in as each."""
    _somebody(city, "neighbour")
    reach = Case.objects.values_list("reach", flat=True).get(pk=told.case.pk)
    away = Body.objects.exclude(place=None).filter(kind="government", parent__isnull=False).order_by("pk")
    far = next(body for body in away if body.place not in reach)
    _somebody(city, "far", far, far.place, EVERY_SEAT)
    sister = Body.objects.filter(kind="bureau", parent=far.parent).order_by("-pk").first()
    assert sister is not None
    _somebody(city, "sister", sister, None, ("handler", "verifier", "acceptor"))
    for login in ("far", "sister"):
        assert not permissions.may(city.actor(login), "case.read", reach, city.now)
    found = {"anonymous": Client()}
    return found | {login: city.signed_in(Client(), login) for login in ("neighbour", "far", "sister")}
