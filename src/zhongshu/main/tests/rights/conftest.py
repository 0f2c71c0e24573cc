"""The demo city with one thing of each kind."""

from typing import Any
from uuid import uuid4

import pytest

from zhongshu.base.http.doors import doors
from zhongshu.engine.cases.queries import one
from zhongshu.engine.dispatch.models import Responsibility
from zhongshu.main.tests.rights.visiting import Doorstep
from zhongshu.registers.people.models import Account, Body, Person

NOBODYS = (
    "proposal", "document", "draft", "trial", "key", "migration", "id", "person", "role", "mandate", "merge",
    "asked", "hold", "client", "factor", "bound", "session", "firm", "link", "consent", "wanted", "decision", "letter",
)  # fmt: skip
"""What addresses name that none of the visitors has."""


@pytest.fixture
def doorstep(city: Any, monkeypatch: pytest.MonkeyPatch) -> Doorstep:
    """A case that waits at a handler of a street, told by a resident; and things of nobody's.

    Whoever comes has just proved who they are: the matrix is about rights, not about when one last signed in.
    """
    monkeypatch.setattr(doors, "is_fresh", lambda request, at: True)
    mine = city.account("resident").pk
    told = city.report(by="resident", source="resident", account=str(mine))
    case, other = city.report(), city.report(spot=city.spot(1))
    other_person = Person.objects.create(name="路人", opened=city.now)
    Account.objects.create(
        login="other-resident", name="路人", kind="resident", opened=city.now, person=other_person
    )  # fmt: skip
    waiting = one.view(case.case_id)
    body = Body.objects.get(pk=waiting.row.body)
    offices = Body.objects.filter(kind=body.kind).order_by("pk")
    things = {
        "number": case.number, "case_id": case.case_id, "token": waiting.tasks[0].token, "body_id": body.pk,
        "body": body.pk,
        "account": city.account("grid001").pk, "category": "1101", "code": 990101, "other": other.number,
        "row": Responsibility.objects.values_list("pk", flat=True)[0], "shift": 1, "grant": 0,
        "month": "2026-10", "kind": "bodies", "scenario": "city-event", "version": 1,
        "element": "accept", "size": "thumb", "format": "json", "name": "return", "signal": "storm",
    } | dict.fromkeys(NOBODYS, uuid4())  # fmt: skip
    return Doorstep(
        city, things, told.case_id, body, offices.filter(parent=body.parent).exclude(pk=body.pk)[0],
        offices.exclude(parent=body.parent)[0],
    )  # fmt: skip
