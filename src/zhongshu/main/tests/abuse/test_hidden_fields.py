"""Fields that no form has: body, role, assignee, level, state … sent all the same."""

from typing import Any

import pytest
from django.test import Client

from zhongshu.channels.portal.tests.test_report import send
from zhongshu.engine.cases.models import Case, Task
from zhongshu.main.tests.abuse import addresses
from zhongshu.registers.people.models import Account, Grant

HIDDEN: dict[str, Any] = {
    "id": "00000000-0000-0000-0000-000000000001", "body": "1", "body_id": "1", "reach": "1", "assignee": "1",
    "role": "administrator", "roles": "administrator", "kind": "staff", "is_staff": "1", "is_superuser": "1",
    "level": "9", "state": "closed", "phase": "closed", "closed": "2026-01-01", "account": "1", "person": "1",
    "by": "1", "grants": "administrator", "permissions": "keys.manage", "source": "hotline", "number": "SJ1",
}  # fmt: skip


def test_who_registers_is_a_resident_without_a_seat(city: Any, client: Client) -> None:
    typed = {"login": "lin.xz", "name": "林晓舟", "phone": "13912345678", "password": "ting-zhou-91-huai"}
    client.post("/register/", HIDDEN | typed | {"consent": "yes", "consent-version": "1"})
    made = Account.objects.get(login="lin.xz")
    assert (made.kind, made.body, made.closed) == ("resident", None, None)
    assert str(made.pk) != HIDDEN["id"] and not Grant.objects.filter(account=made).exists()


def test_who_reports_chooses_neither_number_nor_source_nor_who_has_it(city: Any) -> None:
    send(Client(), city, **HIDDEN)
    case = Case.objects.get()
    assert case.number != "SJ1" and str(case.pk) != HIDDEN["id"]
    assert (case.source, case.closed) == ("resident", None) and case.phase != "closed" and len(case.reach) > 3
    assert set(Task.objects.filter(case_id=case.pk).values_list("assignee", "role")) == {(None, "acceptor")}


@pytest.mark.parametrize("login", ["resident", "acceptor"])
def test_no_form_at_all_makes_anybody_more_than_they_are(city: Any, login: str) -> None:
    client = city.signed_in(Client(), login)
    granted, staff = Grant.objects.count(), Account.objects.filter(kind="staff").count()
    for name, address, _ in addresses.pages():
        if name not in {"account:sign_out", "account:register"}:
            assert client.post(address, HIDDEN).status_code < 500, name
    assert Grant.objects.count() == granted and Account.objects.filter(kind="staff").count() == staff
    assert city.account(login).kind == ("resident" if login == "resident" else "staff")
