"""Where one is signed in, for how long, and signing out elsewhere."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client

from zhongshu.registers.identity import actions as identity
from zhongshu.registers.identity.models import Session
from zhongshu.registers.people import actions as people
from zhongshu.registers.people.models import Account

pytestmark = pytest.mark.django_db


def signed_in(door: Any, login: str = "resident", address: str = "203.0.113.77") -> Client:
    client = Client()
    assert door.try_in(client, login, address=address).status_code == 302
    return client


def test_a_session_planted_before_is_not_the_one_that_is_signed_in(client: Client, door: Any) -> None:
    """Session fixation: whoever knew the key before knows nothing after, at either step."""
    door.give_app("acceptor")
    client.post("/account/security/passkeys/options/", {"use": "sign_in"})
    planted = client.cookies["sessionid"].value
    door.try_in(client, "acceptor")
    half = client.cookies["sessionid"].value
    app = door.give_app("acceptor")
    client.post("/sign-in/second/", {"code": door.code(app)})
    assert len({planted, half, client.cookies["sessionid"].value}) == 3 and door.is_in(client)
    for key in (planted, half):
        attacker = Client()
        attacker.cookies[django_settings.SESSION_COOKIE_NAME] = key
        assert not door.is_in(attacker)


def test_signing_in_again_over_a_session_leaves_one(client: Client, door: Any) -> None:
    for login in ("resident", "resident", "acceptor"):
        door.try_in(client, login)
    assert Session.objects.count() == 1


def test_the_list_tells_what_and_where_but_no_whole_address(door: Any) -> None:
    page = signed_in(door).get("/account/sessions/").content.decode()
    assert "Chrome · Windows" in page and "203.0.113.*" in page and "203.0.113.77" not in page and "密码" in page


def test_signing_out_elsewhere_ends_that_one_at_once(door: Any) -> None:
    here, there = signed_in(door), signed_in(door)
    other = Session.objects.order_by("began", "id").last()
    assert other and here.post(f"/account/sessions/{other.pk}/end/").url == "/account/sessions/"
    assert door.is_in(here) and not door.is_in(there)
    assert door.verbs("resident")[-1] == "identity.session_ended"


def test_signing_out_everywhere_else_leaves_this_one(door: Any) -> None:
    here, *others = (signed_in(door) for _ in range(3))
    stranger = signed_in(door, "acceptor")
    here.post("/account/sessions/others/end/")
    assert door.is_in(here) and door.is_in(stranger) and not any(door.is_in(other) for other in others)


def test_the_session_of_another_answers_as_absent(door: Any) -> None:
    here, there = signed_in(door), signed_in(door, "acceptor")
    foreign = Session.objects.get(account__login="acceptor")
    assert here.post(f"/account/sessions/{foreign.pk}/end/").status_code == 404
    assert door.is_in(there)


def test_an_administrator_ends_all_and_the_entry_says_who(door: Any) -> None:
    clients = [signed_in(door) for _ in range(2)]
    by = door.city.actor("administrator")
    assert identity.end_sessions(door.city.account("resident").pk, by=by, at=door.city.now) == 2
    assert not any(door.is_in(client) for client in clients)
    assert door.verbs("resident")[-1] == "identity.sessions_ended"


def test_a_closed_account_leaves_no_session_behind(door: Any) -> None:
    client = signed_in(door)
    people.close_account(door.city.account("resident"), by=door.city.actor("administrator"), at=door.city.now)
    assert not door.is_in(client)
    door.city.react()
    assert not Session.objects.exists()


def test_an_officials_session_ends_after_half_an_hour_unused(door: Any) -> None:
    official, resident = signed_in(door, "acceptor"), signed_in(door)
    with door.later(minutes=29):
        assert door.is_in(official)
    with door.later(minutes=58):
        assert door.is_in(official)
    with door.later(minutes=89):
        assert not door.is_in(official) and door.is_in(resident)


def test_every_session_ends_after_eight_hours_used_or_not(door: Any) -> None:
    client = signed_in(door)
    with door.later(hours=7, minutes=59):
        assert door.is_in(client)
    with door.later(hours=8):
        assert not door.is_in(client)
        assert identity.sessions.forget(door.city.now) == 1


def test_being_used_is_noted_once_in_five_minutes_and_costs_no_statement_between(
    door: Any, django_assert_num_queries: Any
) -> None:
    client = signed_in(door)
    began = Session.objects.get().seen
    with django_assert_num_queries(2):  # the session, and who it is with their grants
        client.get("/sign-in/second/")
    with door.later(minutes=6):
        door.is_in(client)
        assert Session.objects.get().seen - began >= timedelta(minutes=6)


def test_signing_out_ends_the_row_too(door: Any) -> None:
    client = signed_in(door)
    client.post("/sign-out/")
    assert not Session.objects.exists() and door.verbs("resident")[-1] == "identity.signed_out"


def test_a_new_password_ends_the_sessions_elsewhere(door: Any) -> None:
    here, there = signed_in(door), signed_in(door)
    new = {"password": door.password, "new": "rain-after-the-wind"}
    assert here.post("/account/password/", new).url == "/account/security/"
    assert door.is_in(here) and not door.is_in(there)
    assert door.try_in(Client(), password="rain-after-the-wind").status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("wrong", "rain-after-the-wind", "password"),
        ("", "short", "new"),
        ("", "1234567890", "new"),
        ("", "resident-12", "new"),
        ("", "", "new"),
    ],
)
def test_a_bad_new_password_is_refused_beside_its_field(door: Any, old: str, new: str, field: str) -> None:
    client = signed_in(door)
    answer = client.post("/account/password/", {"password": old or door.password, "new": new})
    assert answer.status_code == 422 and f'id="field-{field}-wrong"' in answer.content.decode()
    assert door.city.account("resident").check_password(door.password)


def test_a_password_too_old_is_changed_before_going_on(client: Client, door: Any, settings: Any) -> None:
    settings.PASSWORD_DAYS = 90
    Account.objects.filter(login="resident").update(opened=door.city.now - timedelta(days=91))
    assert door.try_in(client, next="/mine/").url == "/sign-in/renew/" and not door.is_in(client)
    assert client.post("/sign-in/renew/", {"password": door.password}).status_code == 422
    assert client.post("/sign-in/renew/", {"password": "rain-after-the-wind"}).url == "/mine/"
    client.post("/sign-out/")
    assert door.try_in(client, password="rain-after-the-wind").url == "/"


def test_the_door_tells_its_last_twenty_events_to_whom_they_concern(door: Any) -> None:
    door.try_in(Client(), password="wrong", address="198.51.100.7")
    page = signed_in(door).get("/account/security/").content.decode()
    assert "登录没有成功" in page and "198.51.100.*" in page and "198.51.100.7<" not in page
