"""Signing in by a real OpenID provider, and what is refused on the way back."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from django.test import Client

from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.channels.account.tests import elsewhere
from zhongshu.registers.identity.actions import sources
from zhongshu.registers.identity.models import Link, Session, Visit
from zhongshu.registers.identity.queries import discovery

HOME = "http://testserver"
BACK = f"{HOME}/sign-in/with/province/back/"


@pytest.fixture(scope="module")
def notices() -> list[str]:
    """The logout tokens that the provider has sent."""
    return []


@pytest.fixture(scope="module")
def issuer(notices: list[str]) -> Iterator[str]:
    """The provider's address."""

    def heard(_path: str, said: dict[str, str]) -> None:
        notices.append(said["logout_token"])

    with elsewhere.listening(heard) as address, elsewhere.provider(BACK, address, f"{HOME}/") as found:
        yield found


@pytest.fixture
def province(city: Any, issuer: str, settings: Any) -> Any:
    """The province as a source of the demo city."""
    settings.OUTGOING_ALLOWED = ["127.0.0.1"]
    discovery.forget()
    return sources.add_source(
        "province", "openid", "省统一身份认证", "Provincial sign-in", issuer, "zhongshu", "a secret: of ours/",
        scopes="openid profile phone", claims="name=name,phone=phone_number,level=level", trusted=["L3"],
        by=SYSTEM, at=city.now,
    )  # fmt: skip


@pytest.fixture
def browser() -> Iterator[httpx.Client]:
    """The visitor's browser at the provider."""
    with httpx.Client(trust_env=False) as found:
        yield found


def come_in(client: Client, browser: httpx.Client, onward: str = "/mine/") -> Any:
    """Out by the sign-in page's link, through the provider, and back."""
    out = client.get(f"/sign-in/with/province/?{urlencode({'next': onward})}")
    return client.get(elsewhere.sent_back(browser, out.url, BACK))


def test_a_newcomer_gets_an_account_with_the_level_the_province_vouches_for(
    client: Client, browser: httpx.Client, province: Any, city: Any
) -> None:
    assert "用省统一身份认证登录" in client.get("/sign-in/").content.decode()
    assert come_in(client, browser).url == "/mine/"
    account = Link.objects.get(source=province, subject="u1").account
    assert (account.name, account.phone, account.kind) == ("王小明", "13900001111", "resident")
    assert account.person.level == "checked" and not account.has_usable_password()
    verbs = [entry.verb for entry in journal.trace("account", str(account.pk))]
    assert verbs == ["people.account_opened", "identity.linked", "people.signed_in"]
    assert "王小明" in client.get("/").content.decode()


def test_whoever_comes_again_is_the_same(client: Client, browser: httpx.Client, province: Any) -> None:
    come_in(client, browser)
    come_in(Client(), browser)
    assert Link.objects.count() == 1 and Session.objects.count() == Visit.objects.count() == 2


def test_no_token_is_kept(client: Client, browser: httpx.Client, province: Any) -> None:
    come_in(client, browser)
    assert not re.search(r"eyJ|access_token|verifier", str(dict(client.session)))


def test_a_level_that_the_operator_does_not_trust_verifies_nobody(
    client: Client, browser: httpx.Client, province: Any
) -> None:
    province.trusted = []
    province.save()
    assert come_in(client, browser).url == "/sign-in/new/"
    page = client.get("/sign-in/new/").content.decode()
    assert 'value="王小明"' in page
    assert client.post("/sign-in/new/", {"name": ""}).status_code == 422
    assert client.post("/sign-in/new/", {"name": "王大明"}).url == "/mine/"
    account = Link.objects.get(subject="u1").account
    assert account.name == "王大明" and account.person.level == "unverified"
    assert client.get("/sign-in/new/").status_code == 401


def returned(client: Client, browser: httpx.Client) -> str:
    """An answer of the provider that has not been used yet."""
    return elsewhere.sent_back(browser, client.get("/sign-in/with/province/").url, BACK)


def changed(address: str, **parts: str | None) -> str:
    """The address with other parts."""
    given = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()} | parts
    return f"{BACK}?{urlencode({name: value for name, value in given.items() if value is not None})}"


@pytest.mark.parametrize(
    "change",
    [
        {"state": "guessed"}, {"state": None}, {"code": "guessed"}, {"iss": "https://evil.example"}, {"iss": None},
        {"error": "access_denied"},
    ],
)  # fmt: skip
def test_an_answer_that_was_tampered_with_lets_nobody_in(
    client: Client, browser: httpx.Client, province: Any, change: dict[str, str | None]
) -> None:
    answer = client.get(changed(returned(client, browser), **change))
    assert answer.status_code == 401 and "登录" in answer.content.decode()
    assert Session.objects.count() == 0


def test_an_answer_serves_once(client: Client, browser: httpx.Client, province: Any) -> None:
    address = returned(client, browser)
    assert client.get(address).status_code == 302
    assert client.get(address).status_code == 401


def test_an_answer_stolen_or_slipped_in_serves_no_other_browser(
    client: Client, browser: httpx.Client, province: Any
) -> None:
    assert Client().get(returned(client, browser)).status_code == 401
    assert Session.objects.count() == 0


def test_a_code_of_one_attempt_brought_with_the_state_of_another_is_refused(
    client: Client, browser: httpx.Client, province: Any
) -> None:
    first, second = returned(client, browser), returned(client, browser)
    state = parse_qs(urlsplit(first).query)["state"][0]
    assert client.get(changed(second, state=state)).status_code == 401  # its verifier proves nothing for this code


def test_an_answer_after_ten_minutes_is_too_late(
    client: Client, browser: httpx.Client, province: Any, city: Any
) -> None:
    from datetime import timedelta

    from zhongshu.base.calendar import clock

    address = returned(client, browser)
    with clock.at(city.now + timedelta(minutes=11)):
        assert client.get(address).status_code == 401


def test_nobody_is_sent_to_another_host_afterwards(client: Client, browser: httpx.Client, province: Any) -> None:
    assert come_in(client, browser, onward="https://evil.example/").url == "/"


def signed_out_there(browser: httpx.Client, issuer: str) -> None:
    """Sign out at the provider, as its own page does."""
    page = browser.get(f"{issuer}/session/end", params={"client_id": "zhongshu"}).text
    secret = re.search(r'name="xsrf" value="([^"]+)"', page)
    assert secret
    browser.post(f"{issuer}/session/end/confirm", data={"xsrf": secret[1], "logout": "yes"})


def test_signing_out_at_the_province_ends_the_session_here(
    client: Client, browser: httpx.Client, province: Any, issuer: str, notices: list[str], city: Any
) -> None:
    come_in(client, browser)
    other = Client()
    with httpx.Client(trust_env=False) as another_browser:
        come_in(other, another_browser)
    signed_out_there(browser, issuer)
    notice = {"logout_token": notices[-1]}
    assert client.post("/oidc/sources/province/logout", notice).status_code == 200
    assert client.get("/mine/").status_code == 302  # to the sign-in page
    assert other.get("/mine/").status_code == 200  # began in another session there
    account = Link.objects.get(subject="u1").account
    assert "identity.ended_by_source" in [entry.verb for entry in journal.trace("account", str(account.pk))]
    assert client.post("/oidc/sources/province/logout", notice).status_code == 400  # heard once


@pytest.mark.parametrize("token", ["", "nothing", "a.b.c"])
def test_a_notice_that_nobody_signed_ends_nothing(
    client: Client, browser: httpx.Client, province: Any, token: str
) -> None:
    come_in(client, browser)
    answer = Client(enforce_csrf_checks=True).post("/oidc/sources/province/logout", {"logout_token": token})
    assert answer.status_code == 400 and answer.json()["error"] == "invalid_request"
    assert client.get("/mine/").status_code == 200


def test_after_signing_out_here_the_way_out_there_is_shown(
    client: Client, browser: httpx.Client, province: Any, issuer: str
) -> None:
    come_in(client, browser)
    answer = client.post("/sign-out/")
    assert answer.url == "/sign-out/from/province/"
    assert f"{issuer}/session/end?client_id=zhongshu" in client.get(answer.url).content.decode()
    assert Visit.objects.count() == 0


def linked_by(client: Client, browser: httpx.Client) -> Any:
    """Link the account that is signed in, through the provider."""
    page = client.post("/account/ways/province/link/").content.decode()
    target = re.search(r'class="btn[^"]*" href="([^"]+)"', page)
    assert target
    return client.get(elsewhere.sent_back(browser, target[1].replace("&amp;", "&"), BACK))


def test_a_signed_in_resident_links_the_province_and_unlinks_it(
    client: Client, browser: httpx.Client, province: Any, city: Any
) -> None:
    account = city.account("resident")
    account.set_password("sea-wind-and-rain")
    account.save()
    city.signed_in(client, "resident")
    assert linked_by(client, browser).url == "/account/ways/"
    link = Link.objects.get(subject="u1")
    assert link.account == account and account.person_id is not None
    assert "省统一身份认证" in client.get("/account/ways/").content.decode()
    assert client.post(f"/account/ways/{link.pk}/unlink/").status_code == 302
    assert not Link.objects.exists()


def test_the_last_way_in_is_not_taken_away(client: Client, browser: httpx.Client, province: Any) -> None:
    come_in(client, browser)
    answer = client.post(f"/account/ways/{Link.objects.get().pk}/unlink/")
    assert answer.status_code == 409 and "唯一的登录方式" in answer.content.decode()


def test_somebody_elses_link_answers_as_absent(client: Client, browser: httpx.Client, province: Any, city: Any) -> None:
    come_in(client, browser)
    other = city.signed_in(Client(), "resident")
    assert other.post(f"/account/ways/{Link.objects.get().pk}/unlink/").status_code == 404
    assert linked_by(other, browser).status_code == 409  # who one is there is somebody else's already


def test_officials_come_in_by_link_alone(client: Client, browser: httpx.Client, province: Any, city: Any) -> None:
    province.opens = ""
    province.save()
    assert come_in(client, browser).status_code == 403
    city.signed_in(client, "acceptor")
    linked_by(client, browser)
    again = Client()
    assert come_in(again, browser, onward="/desk/").url == "/desk/"
    assert again.get("/desk/").status_code == 200


def test_a_closed_account_stays_closed(client: Client, browser: httpx.Client, province: Any, city: Any) -> None:
    come_in(client, browser)
    account = Link.objects.get().account
    account.closed = city.now
    account.save()
    assert come_in(Client(), browser).status_code == 403


def test_a_withdrawn_source_is_gone(client: Client, province: Any, city: Any) -> None:
    sources.withdraw_source("province", by=SYSTEM, at=city.now)
    assert "省统一身份认证" not in client.get("/sign-in/").content.decode()
    assert client.get("/sign-in/with/province/").status_code == 404


def test_a_provider_that_is_silent_or_says_it_is_another_is_told_in_a_sentence(client: Client, province: Any) -> None:
    province.issuer = "http://127.0.0.1:9"
    province.save()
    answer = client.get("/sign-in/with/province/")
    assert answer.status_code == 503 and "暂时联系不上登录来源" in answer.content.decode()

    def another(path: str, _: dict[str, str]) -> dict[str, str]:
        return {"issuer": "https://evil.example", "authorization_endpoint": "http://x", "token_endpoint": "http://x"}

    with elsewhere.listening(another) as address:
        province.issuer = address
        province.save()
        assert client.get("/sign-in/with/province/").status_code == 503


def test_its_secret_is_sealed(province: Any) -> None:
    assert "secret" not in province.secret_sealed
