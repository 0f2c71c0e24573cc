"""The administrator registers the systems that people sign in to through the platform."""

from typing import Any

import pytest
from django.test import Client

from zhongshu.base.journal import queries as journal
from zhongshu.registers.identity.models import Client as System
from zhongshu.registers.identity.queries import clients

PAGE = "/desk/admin/clients/"
TYPED = {
    "name": "市图书馆", "name_en": "City library", "redirects": "https://library.example/back",
    "scopes": ["phone", "all"], "back_channel": "https://library.example/notice",
}  # fmt: skip


def test_a_system_is_registered_and_its_secret_shown_once(client: Client, city: Any) -> None:
    city.signed_in(client, "administrator")
    answer = client.post(PAGE, TYPED)
    system, secret = answer.context["made"]
    assert secret in answer.content.decode() and answer["Cache-Control"] == "no-store"
    assert secret not in client.get(PAGE).content.decode() and "library.example" in client.get(PAGE).content.decode()
    assert clients.proves(system, secret) and not clients.proves(system, "")
    assert system.scopes == ["openid", "phone"] and not system.full_name
    entry = journal.trace("client", system.pk)[-1]
    assert (entry.verb, entry.actor) == ("identity.client_registered", str(city.account("administrator").pk))


@pytest.mark.parametrize(
    "change",
    [{"redirects": "http://library.example/"}, {"redirects": "https://a.example/ https://b.example/"}, {"name": "馆"}],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client: Client, city: Any, change: dict[str, str]) -> None:
    answer = city.signed_in(client, "administrator").post(PAGE, TYPED | change)
    assert answer.status_code == 422 and "https://library.example/notice" in answer.content.decode()
    assert not System.objects.exists()


def test_a_system_is_withdrawn(client: Client, city: Any) -> None:
    city.signed_in(client, "administrator")
    system, _ = client.post(PAGE, TYPED).context["made"]
    assert client.post(f"{PAGE}{system.pk}/withdraw/").status_code == 302
    assert clients.client(system.pk) is None
    assert client.post(f"{PAGE}{system.pk}/withdraw/").status_code == 404


@pytest.mark.parametrize("login", ["resident", "supervisor", "auditor"])
def test_nobody_else_registers_systems(client: Client, city: Any, login: str) -> None:
    assert city.signed_in(client, login).post(PAGE, TYPED).status_code == 403
    assert not System.objects.exists()
