"""Kiosks and readers: bound by eight digits, signed in by themselves, revoked at once."""

from typing import Any

import pytest
from django.test import Client

from zhongshu.base.http.refusals import Invalid
from zhongshu.registers.identity import actions as identity
from zhongshu.registers.identity import queries
from zhongshu.registers.identity.models import Device
from zhongshu.registers.people import actions as people
from zhongshu.registers.people.models import Account

pytestmark = pytest.mark.django_db
CHROME, FIREFOX = "Mozilla/5.0 (X11; Linux) Chrome/139 Safari/537.36", "Mozilla/5.0 (X11; Linux) Firefox/140.0"


@pytest.fixture
def kiosk(city: Any) -> Account:
    return people.open_account(
        "kiosk-1", "大厅一号自助机", "device", "unused-password-here", by=city.actor("administrator"), at=city.now
    )


def code(city: Any, kiosk: Account, network: str = "") -> str:
    return identity.enrol_code(kiosk, network=network, by=city.actor("administrator"), at=city.now)


def bind(client: Client, typed: str, address: str = "10.1.2.3") -> int:
    answer = client.post("/device/", {"code": typed}, headers={"user-agent": CHROME}, REMOTE_ADDR=address)
    return answer.status_code


def wakes(client: Client, address: str = "10.1.2.3", agent: str = CHROME) -> bool:
    """Whether the browser comes in by itself, after its session is over."""
    client.cookies.pop("sessionid", None)
    came = client.get("/sign-in/?next=/account/", headers={"user-agent": agent}, REMOTE_ADDR=address)
    return came.status_code == 302 and client.get(came.url).status_code == 200


def test_a_device_is_bound_once_and_comes_in_by_itself(client: Client, city: Any, kiosk: Account) -> None:
    typed = code(city, kiosk)
    assert bind(client, f"{typed[:4]} {typed[4:]}") == 302
    assert wakes(client) and wakes(client)
    assert bind(Client(), typed) == 422, "a code binds one browser"
    cookie = client.cookies["device"]
    assert cookie["httponly"] and cookie.value.encode() not in bytes(Device.objects.get().digest)


def test_a_binding_code_ends_after_ten_minutes_and_with_the_next(city: Any, kiosk: Account, door: Any) -> None:
    first = code(city, kiosk)
    with door.later(minutes=10):
        assert bind(Client(), first) == 422
    second = code(city, kiosk)
    assert bind(Client(), second) == 302


def test_guessing_binding_codes_waits(city: Any, kiosk: Account) -> None:
    right = code(city, kiosk)
    wrong = f"{(int(right) + 1) % 10**8:08}"
    assert [bind(Client(), wrong) for _ in range(11)] == [422] * 10 + [429]
    assert bind(Client(), right) == 429


def test_a_revoked_device_is_out_at_once_and_stays_out(client: Client, city: Any, kiosk: Account) -> None:
    bind(client, code(city, kiosk))
    (device,) = queries.devices(kiosk.pk)
    identity.revoke_device(device, by=city.actor("administrator"), at=city.now)
    assert client.get("/account/").status_code == 302 and not wakes(client)


def test_a_token_carried_to_another_browser_or_network_opens_nothing(
    client: Client, city: Any, kiosk: Account, door: Any
) -> None:
    assert bind(Client(), code(city, kiosk, "10.9.0.0/16")) == 422, "bound from outside its network"
    bind(client, code(city, kiosk, "10.1.2.0/24"))
    assert not wakes(client, agent=FIREFOX) and not wakes(client, address="10.1.3.3")
    assert door.verbs("kiosk-1").count("identity.device_refused") == 2
    assert wakes(client)


def test_a_binding_ends_after_half_a_year_and_with_its_account(
    client: Client, city: Any, kiosk: Account, door: Any
) -> None:
    bind(client, code(city, kiosk))
    with door.later(days=180):
        assert not wakes(client)
    people.close_account(kiosk, by=city.actor("administrator"), at=city.now)
    assert not wakes(client)


def test_a_device_account_has_no_way_in_by_password(client: Client, city: Any, kiosk: Account) -> None:
    assert client.post("/sign-in/", {"login": "kiosk-1", "password": "unused-password-here"}).status_code == 401


def test_only_a_device_account_in_use_is_bound(city: Any, kiosk: Account) -> None:
    with pytest.raises(Invalid):
        code(city, city.account("resident"))
    with pytest.raises(Invalid):
        code(city, kiosk, "10.1.2.0/99")
