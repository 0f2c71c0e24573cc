"""Signing in, signing out, opening an account."""

from typing import Any

import pytest
from django.test import Client

from zhongshu.base.journal import queries as journal
from zhongshu.base.journal.models import Entry
from zhongshu.registers.people.models import Account
from zhongshu.registers.privacy.actions import notices
from zhongshu.registers.privacy.models import Consent, Notice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("door")]
PASSWORD = "sea-wind-and-rain"
AGREED = {"consent": "yes", "consent-version": "1"}


def try_in(client: Client, login: str = "resident", password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in/", {"login": login, "password": password, **more})


def test_a_resident_signs_in_with_a_new_session_and_the_journal_knows(client: Client, city: Any) -> None:
    client.get("/report/1101/")
    before = client.session.session_key
    assert try_in(client, " Resident ").url == "/"
    assert client.session.session_key != before
    assert journal.trace("account", str(city.account("resident").pk))[-1].verb == "people.signed_in"
    assert "林晓舟" in client.get("/").content.decode()


def test_an_unknown_login_and_a_wrong_password_answer_the_same(client: Client, city: Any) -> None:
    answers = [try_in(client, login, "wrong-password") for login in ("resident", "residents")]
    assert [a.status_code for a in answers] == [401, 401]
    assert all("登录名或密码不对" in a.content.decode() for a in answers)


def test_an_unknown_login_is_not_written_down(client: Client, city: Any) -> None:
    try_in(client, "my-password-by-mistake", "x")
    entry = Entry.objects.filter(verb="people.sign_in_failed").get()
    assert "my-password" not in entry.subject + entry.body and entry.kind == "login"


def test_five_wrong_passwords_make_the_sixth_try_wait_even_with_the_right_one(client: Client, city: Any) -> None:
    assert [try_in(client, password="wrong").status_code for _ in range(5)] == [401] * 5
    waiting = try_in(client)
    assert waiting.status_code == 429 and "秒后再试" in waiting.content.decode()
    assert try_in(client, "acceptor").status_code == 302


def test_success_gives_the_tries_back(client: Client, city: Any) -> None:
    for _ in range(2):
        assert [try_in(client, password="wrong").status_code for _ in range(4)] == [401] * 4
        assert try_in(client).status_code == 302


@pytest.mark.parametrize("login", ["", "x\0y", "林", "a" * 500, "<script>"])
def test_any_login_is_answered(client: Client, city: Any, login: str) -> None:
    assert try_in(client, login, "x").status_code == 401


def test_a_closed_account_cannot_sign_in(client: Client, city: Any) -> None:
    Account.objects.filter(login="resident").update(closed=city.now)
    assert try_in(client).status_code == 401


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example"]
)
def test_signing_in_never_leads_to_another_host(client: Client, city: Any, onward: str) -> None:
    assert try_in(client, next=onward).url == "/"
    assert try_in(client, next="/mine/").url == "/mine/"


def test_signing_out_needs_a_button_and_forgets_what_the_browser_held(client: Client, city: Any) -> None:
    city.signed_in(client, "resident")
    assert client.get("/sign-out/").status_code == 405
    client.post("/sign-out/")
    assert client.get("/mine/").status_code == 302


def test_a_new_resident_is_signed_in_at_once(client: Client, city: Any) -> None:
    given = {"login": "haitang", "name": "海棠", "phone": "", "password": "sea-wind-and-rain", **AGREED}
    assert client.post("/register/", given).url == "/"
    assert client.get("/mine/").status_code == 200
    assert Account.objects.get(login="haitang").kind == "resident"


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("login", "resident", 409),
        ("login", "a", 422),
        ("name", "", 422),
        ("phone", "12", 422),
        ("password", "12345", 422),
        ("consent", "", 422),
    ],
)
def test_what_is_wrong_with_a_registration_stands_beside_its_field(
    client: Client, city: Any, field: str, value: str, status: int
) -> None:
    given = (
        {"login": "haitang", "name": "海棠", "phone": "13900000002", "password": "sea-wind-and-rain"}
        | AGREED
        | {field: value}
    )
    answer = client.post("/register/", given)
    assert answer.status_code == status and f'id="field-{field}-wrong"' in answer.content.decode()
    assert "sea-wind-and-rain" not in answer.content.decode()


def test_nobody_can_register_as_staff(client: Client, city: Any) -> None:
    given = {
        "login": "haitang",
        "name": "海棠",
        "password": "sea-wind-and-rain",
        "kind": "staff",
        "body": "1",
        **AGREED,
    }
    client.post("/register/", given)
    assert Account.objects.get(login="haitang").kind == "resident"


def test_registering_keeps_which_version_of_the_notice_was_agreed_to(client: Client, city: Any) -> None:
    given = {"login": "haitang", "name": "海棠", "password": PASSWORD, **AGREED}
    client.post("/register/", given)
    agreed = Consent.objects.get(account=Account.objects.get(login="haitang").pk)
    assert (agreed.notice, agreed.version, agreed.where) == ("registration", 1, "register")


def test_a_notice_that_changed_is_asked_again_at_the_next_sign_in(client: Client, city: Any) -> None:
    notices.give("registration", 1, "register", by=city.actor("resident"), at=city.now)
    Notice.objects.create(
        code="registration", version=2, text="新", text_en="new", effective=city.now, approved=city.now,
        approved_by=city.actor("privacy").id,
    )  # fmt: skip
    answer = try_in(client, next="/mine/")
    assert answer.url == "/privacy/notices/registration/?next=%2Fmine%2F"
    assert client.post(answer.url, {"version": "2", "next": "/mine/"}).url == "/mine/"
    assert try_in(client, next="/mine/").url == "/mine/"
