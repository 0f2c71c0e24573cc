"""A clerk, or nobody at all, at the doors of an administrator."""

from typing import Any

import pytest
from django.test import Client

from zhongshu.base.journal.models import Entry
from zhongshu.base.permissions import rules as permissions
from zhongshu.main.tests.abuse import addresses


@pytest.mark.parametrize("login", ["acceptor", "dispatcher", "verifier001", "auditor"])
def test_a_page_of_another_seat_is_closed_to_look_at_and_to_change(city: Any, login: str) -> None:
    client, actor = city.signed_in(Client(), login), city.actor(login)
    closed = [
        (name, address) for name, address, view in addresses.pages()
        if view.access.permission and not permissions.holds_anywhere(actor, view.access.permission, city.now)
    ]  # fmt: skip
    before = Entry.objects.exclude(kind="security").count()
    assert len(closed) > 10
    for name, address in closed:
        assert client.get(address).status_code in {403, 405}, name
        assert client.post(address, {"reason": "请放我进去。"}).status_code in {403, 405}, name
    assert Entry.objects.exclude(kind="security").count() == before


def test_who_is_not_signed_in_is_asked_to_before_anything_else(city: Any, client: Client) -> None:
    for name, address, view in addresses.pages():
        if view.access.signed_in:
            for answer in (client.get(address), client.post(address)):
                led = answer.status_code == 302 and answer["Location"].startswith("/sign-in/?next=")
                assert led or answer.status_code == 405, name
