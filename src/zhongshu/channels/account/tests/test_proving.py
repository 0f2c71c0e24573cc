"""Before what matters one is asked again who one is."""

from typing import Any

import pytest
from django.test import Client

from zhongshu.registers.people.models import ApiKey

pytestmark = pytest.mark.django_db
ISSUE = {"account": "", "name": "上报接口", "per_minute": "600"}


def test_a_proof_is_good_for_ten_minutes(client: Client, door: Any) -> None:
    door.try_in(client)
    with door.later(minutes=9):
        assert client.get("/account/password/").status_code == 200
    with door.later(minutes=10):
        assert client.get("/account/password/").url == "/account/prove/?next=%2Faccount%2Fpassword%2F"


def test_reading_and_using_pages_does_not_make_a_proof_fresh(client: Client, door: Any) -> None:
    door.try_in(client)
    with door.later(minutes=8):
        client.get("/account/sessions/")
    with door.later(minutes=10):
        assert client.get("/account/password/").status_code == 302


def test_proving_leads_back_and_gives_the_session_another_key(client: Client, door: Any) -> None:
    door.try_in(client)
    before = client.session.session_key
    with door.later(minutes=20):
        assert client.post("/account/prove/", {"password": "wrong", "next": "/account/password/"}).status_code == 401
        proved = client.post("/account/prove/", {"password": door.password, "next": "/account/password/"})
        assert proved.url == "/account/password/" and client.get(proved.url).status_code == 200
        assert client.session.session_key != before
        assert "就是这里" in client.get("/account/sessions/").content.decode()
    assert door.verbs("resident")[-1] == "identity.proved"


def test_what_was_sent_too_late_is_not_done_and_said_to_be_sent_again(client: Client, door: Any) -> None:
    door.give_password("administrator")
    door.try_in(client, "administrator")
    with door.later(minutes=10):
        assert client.get("/desk/admin/").status_code == 200, "reading needs no fresh proof"
        late = client.post("/desk/admin/", ISSUE, headers={"referer": "http://testserver/desk/admin/?x=1"})
        assert late.url == "/account/prove/?next=%2Fdesk%2Fadmin%2F%3Fx%3D1" and not ApiKey.objects.exists()
        assert "再提交一次" in client.get(late.url).content.decode()
        back = client.post("/account/prove/", {"password": door.password, "next": "/desk/admin/?x=1"}).url
        assert "再提交一次" in client.get(back).content.decode()
        assert "再提交一次" not in client.get(back).content.decode()


def test_the_way_back_is_never_to_another_host(client: Client, door: Any) -> None:
    door.give_password("administrator")
    door.try_in(client, "administrator")
    with door.later(minutes=10):
        late = client.post("/desk/admin/", ISSUE, headers={"referer": "https://evil.example/"})
        assert late.url == "/account/prove/?next=%2Fdesk%2Fadmin%2F"
        proved = client.post("/account/prove/", {"password": door.password, "next": "https://evil.example/"})
        assert proved.url == "/"


def test_htmx_and_machines_are_told_in_their_own_way(client: Client, door: Any) -> None:
    door.give_password("administrator")
    door.try_in(client, "administrator")
    with door.later(minutes=10):
        assert client.post("/desk/admin/", ISSUE, headers={"hx-request": "true"})["HX-Redirect"].startswith(
            "/account/prove/"
        )
        assert client.post("/desk/admin/", ISSUE, headers={"accept": "application/json"}).status_code == 401


def test_whoever_has_a_factor_proves_with_it_and_not_with_the_password(client: Client, door: Any) -> None:
    app = door.give_app("resident")
    door.city.signed_in(client, "resident")
    assert "data-passkey" not in client.get("/account/prove/").content.decode(), "there is none to use"
    assert client.post("/account/prove/", {"password": door.password}).status_code == 401
    assert client.post("/account/prove/", {"code": door.code(app), "next": "/account/"}).url == "/account/"


def test_a_passkey_proves_as_well(client: Client, door: Any) -> None:
    door.city.signed_in(client, "resident")
    key = door.give_passkey(client)
    assert 'data-passkey="prove"' in client.get("/account/prove/").content.decode()
    answer = key.signed(door.asked(client, "prove"))
    assert client.post("/account/prove/", {"credential": answer, "next": "/account/"}).url == "/account/"


def test_five_wrong_passwords_make_the_sixth_wait(client: Client, door: Any) -> None:
    door.city.signed_in(client, "resident")
    tries = [client.post("/account/prove/", {"password": "wrong"}).status_code for _ in range(6)]
    assert tries == [401] * 5 + [429]
