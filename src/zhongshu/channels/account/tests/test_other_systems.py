"""Other systems of the city sign people in through us: Authlib as the other side, over the wire's own words."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from django.test import Client
from joserfc import jwt
from joserfc.jwk import KeySet

from zhongshu.base.calendar import clock
from zhongshu.channels.account.tests import elsewhere
from zhongshu.registers.identity import actions as identity
from zhongshu.registers.identity import jobs, queries
from zhongshu.registers.identity.actions import clients, keys, leaving
from zhongshu.registers.identity.models import Link, Pass, Permit, Session, SigningKey, Source
from zhongshu.registers.identity.rules import tokens
from zhongshu.registers.identity.rules.origins import Origin

US = "https://zhongshu.example"
BACK = "https://library.example/back"
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@pytest.fixture
def registered(city: Any, settings: Any) -> tuple[Any, str]:
    """A library that people sign in to through us, and its secret."""
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = US, ["testserver", "zhongshu.example"]
    return clients.register(
        "市图书馆", "City library", [BACK], scopes=["profile", "phone", "org"], leaves=["https://library.example/bye"],
        by=city.actor("administrator"), at=city.now,
    )  # fmt: skip


@pytest.fixture
def library(registered: tuple[Any, str]) -> Iterator[OAuth2Client]:
    """The library's own program: Authlib, speaking to our token endpoint."""
    client, secret = registered
    with OAuth2Client(
        client.pk, secret, redirect_uri=BACK, scope="openid profile phone org", code_challenge_method="S256",
        transport=elsewhere.InProcess(), base_url=US,
    ) as found:  # fmt: skip
        yield found


def signed_in(client: Client, login: str, city: Any) -> Client:
    """The browser of somebody who is signed in, with a listed session."""
    city.signed_in(client, login)
    session, account = client.session, city.account(login)
    origin = Origin("127.0.0.1", "")
    identity.sessions.begin(session, account, method="password", origin=origin, by=city.actor(login), at=city.now)
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client


@pytest.fixture
def resident(client: Client, city: Any) -> Client:
    """A resident's browser."""
    return signed_in(client, "resident", city)


def path(address: str) -> str:
    """An address of ours as the test client opens it."""
    return address.removeprefix(US)


def asked(library: OAuth2Client, **more: str) -> str:
    """The library's request."""
    address, _ = library.create_authorization_url(
        f"{US}/oidc/authorize", state="st", nonce="no", code_verifier=VERIFIER, **more
    )
    return path(address)


def said_yes(browser: Client, library: OAuth2Client, **more: str) -> str:
    """The library's address with a code, after the person has consented."""
    page = browser.get(asked(library, **more))
    assert page.status_code == 200, page
    on = browser.post("/oidc/consent", {"sealed": page.context["sealed"], "answer": "yes"})
    return browser.get(on.context["target"]).url


def fetched(library: OAuth2Client, address: str, verifier: str = VERIFIER) -> dict[str, Any]:
    """The tokens for the code in this address."""
    return library.fetch_token(f"{US}/oidc/token", authorization_response=address, code_verifier=verifier, state="st")


def identified(library: OAuth2Client, token: dict[str, Any]) -> dict[str, Any]:
    """The ID token's claims, checked as Authlib checks them."""
    described = KeySet.import_key_set(Client().get("/oidc/jwks").json())
    read = jwt.decode(token["id_token"], described, algorithms=["RS256", "ES256"])
    wanted = {"iss": {"value": US}, "aud": {"value": library.client_id}, "nonce": {"value": "no"}}
    given = {"nonce": "no", "client_id": library.client_id, "access_token": token["access_token"]}
    CodeIDToken(read.claims, read.header, wanted, given).validate(now=int(clock.now().timestamp()), leeway=5)
    return read.claims


def given(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query))


def test_we_say_where_everything_is(client: Client, registered: Any) -> None:
    about = client.get("/.well-known/openid-configuration").json()
    assert about["issuer"] == US and about["token_endpoint"] == f"{US}/oidc/token"
    assert about["code_challenge_methods_supported"] == ["S256"] and about["subject_types_supported"] == ["pairwise"]
    published = client.get("/oidc/jwks").json()["keys"]
    assert {key["kty"] for key in published} == {"RSA", "EC"} and not any("d" in key for key in published)


def test_somebody_signs_in_to_the_library_and_it_learns_what_was_agreed(
    resident: Client, library: OAuth2Client, city: Any
) -> None:
    page = resident.get(asked(library)).content.decode()
    assert "市图书馆" in page and "您的手机号" in page and "library.example" in page
    address = said_yes(resident, library)
    assert address.startswith(BACK) and given(address)["iss"] == US and given(address)["state"] == "st"
    token = fetched(library, address)
    claims = identified(library, token)
    account = city.account("resident")
    assert str(account.pk) not in str(claims) and claims["auth_time"] and claims["sid"]
    info = library.get(f"{US}/oidc/userinfo").json()
    assert info["sub"] == claims["sub"] and info["name"] == f"{account.name[0]}**" and "roles" not in info
    assert info["phone_number_verified"] is False


def test_next_time_nobody_is_asked_again_until_it_is_taken_back(resident: Client, library: OAuth2Client) -> None:
    token = fetched(library, said_yes(resident, library))
    assert resident.get(asked(library)).url.startswith(f"{BACK}?code=")
    assert "市图书馆" in resident.get("/account/apps/").content.decode()
    assert resident.post(f"/account/apps/{library.client_id}/revoke/").status_code == 302
    assert library.get(f"{US}/oidc/userinfo").status_code == 401
    assert resident.get(asked(library)).status_code == 200
    with pytest.raises(Exception, match="invalid_grant"):
        library.refresh_token(f"{US}/oidc/token", token["refresh_token"])


def test_no_is_an_answer_too(resident: Client, library: OAuth2Client) -> None:
    page = resident.get(asked(library))
    answer = resident.post("/oidc/consent", {"sealed": page.context["sealed"], "answer": "no"})
    assert given(answer.context["target"])["error"] == "access_denied"
    assert not Permit.objects.exists()


def test_an_official_is_known_by_full_name_body_and_roles(client: Client, library: OAuth2Client, city: Any) -> None:
    fetched(library, said_yes(signed_in(client, "supervisor", city), library))
    info = library.get(f"{US}/oidc/userinfo").json()
    assert info["name"] == city.account("supervisor").name and info["roles"] == ["supervisor"] and info["org"]["name"]


def test_systems_of_other_hosts_know_the_same_person_by_another_name(
    resident: Client, library: OAuth2Client, city: Any
) -> None:
    first = identified(library, fetched(library, said_yes(resident, library)))
    names = {}
    for host in ("library.example", "museum.example"):
        other, _ = clients.register(
            "另一系统", "Another", [f"https://{host}/other"], public=True, algorithm="ES256",
            by=city.actor("administrator"), at=city.now,
        )  # fmt: skip
        with OAuth2Client(
            other.pk, token_endpoint_auth_method="none", redirect_uri=f"https://{host}/other", scope="openid",
            code_challenge_method="S256", transport=elsewhere.InProcess(),
        ) as program:  # fmt: skip
            names[host] = identified(program, fetched(program, said_yes(resident, program)))["sub"]
    assert names["library.example"] == first["sub"] != names["museum.example"]


@pytest.mark.parametrize(
    "change",
    [{"redirect_uri": f"{BACK}/"}, {"redirect_uri": f"{BACK}?x=1"}, {"redirect_uri": ""}, {"client_id": "another"}],
)
def test_nobody_is_sent_to_an_address_that_is_not_registered(
    resident: Client, library: OAuth2Client, change: dict[str, str]
) -> None:
    parts = given(asked(library)) | change
    answer = resident.get(f"/oidc/authorize?{urlencode(parts)}")
    assert answer.status_code == 422 and "没有登记" in answer.content.decode()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"response_mode": "fragment"}, "invalid_request"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"request": "x.y.z"}, "request_not_supported"),
        ({"prompt": "none"}, "consent_required"),
        ({"max_age": "soon"}, "invalid_request"),
    ],
)
def test_what_is_wrong_with_a_request_the_system_hears(
    resident: Client, library: OAuth2Client, change: dict[str, str], error: str
) -> None:
    answer = resident.get(f"/oidc/authorize?{urlencode(given(asked(library)) | change)}")
    assert answer.url.startswith(BACK) and given(answer.url)["error"] == error and given(answer.url)["state"] == "st"


def test_a_parameter_written_twice_is_refused(resident: Client, library: OAuth2Client) -> None:
    assert resident.get(f"{asked(library)}&redirect_uri=https://evil.example/").status_code == 422


def test_a_stranger_signs_in_first_and_comes_back_to_the_request(
    client: Client, library: OAuth2Client, city: Any
) -> None:
    answer = client.get(asked(library))
    assert answer.url.startswith("/sign-in/?next=%2Foidc%2Fonward")
    onward = parse_qs(urlsplit(answer.url).query)["next"][0]
    page = signed_in(client, "resident", city).get(onward)
    assert "refresh" in page.content.decode()
    assert "市图书馆" in client.get(page.context["target"]).content.decode()
    silent = Client().get(asked(library, prompt="none"))
    assert given(silent.url)["error"] == "login_required"


@pytest.mark.parametrize("more", [{"prompt": "login"}, {"max_age": "60"}])
def test_a_system_may_want_people_to_prove_again_who_they_are(
    resident: Client, library: OAuth2Client, city: Any, more: dict[str, str]
) -> None:
    said_yes(resident, library)
    with clock.at(clock.now() + timedelta(minutes=5)):
        answer = resident.get(asked(library, **more))
        assert answer.url.startswith("/sign-in/")
        assert resident.get("/mine/").status_code == 302  # signed out
        onward = parse_qs(urlsplit(answer.url).query)["next"][0]
        target = signed_in(resident, "resident", city).get(onward).context["target"]
        assert resident.get(target).url.startswith(f"{BACK}?code=")


def test_the_note_that_somebody_proved_again_serves_no_other_request(
    resident: Client, library: OAuth2Client, city: Any
) -> None:
    said_yes(resident, library)
    onward = parse_qs(urlsplit(resident.get(asked(library, prompt="login")).url).query)["next"][0]
    signed_in(resident, "resident", city)
    since = given(onward)["since"]
    other = given(asked(library, prompt="login")) | {"nonce": "another", "since": since}
    assert resident.get(f"/oidc/authorize?{urlencode(other)}").url.startswith("/sign-in/")


def test_a_code_serves_once_and_brought_twice_it_ends_everything(resident: Client, library: OAuth2Client) -> None:
    address = said_yes(resident, library)
    fetched(library, address)
    with pytest.raises(Exception, match="invalid_grant"):
        fetched(library, address)
    assert library.get(f"{US}/oidc/userinfo").status_code == 401


def test_a_code_without_its_verifier_or_after_a_minute_is_worth_nothing(
    resident: Client, library: OAuth2Client
) -> None:
    with pytest.raises(Exception, match="invalid_grant"):
        fetched(library, said_yes(resident, library), verifier="x" * 43)
    address = resident.get(asked(library)).url
    with clock.at(clock.now() + timedelta(seconds=61)), pytest.raises(Exception, match="invalid_grant"):
        fetched(library, address)


def test_a_code_is_for_the_system_that_asked(resident: Client, library: OAuth2Client, city: Any) -> None:
    other, secret = clients.register(
        "另一系统", "Another", ["https://museum.example/b"], by=city.actor("administrator"), at=city.now
    )
    code = given(said_yes(resident, library))["code"]
    stolen = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "code_verifier": VERIFIER}
    who = {"client_id": other.pk, "client_secret": secret}
    assert Client().post("/oidc/token", stolen | who).json()["error"] == "invalid_grant"
    mine = {"client_id": library.client_id, "client_secret": library.client_secret}
    assert "id_token" in Client(enforce_csrf_checks=True).post("/oidc/token", stolen | mine).json()


@pytest.mark.parametrize("secret", ["wrong", ""])
def test_a_system_without_its_secret_gets_nothing(resident: Client, library: OAuth2Client, secret: str) -> None:
    asking = {"grant_type": "authorization_code", "code": "x", "client_id": library.client_id, "client_secret": secret}
    answer = Client().post("/oidc/token", asking)
    assert answer.status_code == 401 and answer.json()["error"] == "invalid_client"
    assert answer["Cache-Control"] == "no-store" and "Basic" in answer["WWW-Authenticate"]
    for _ in range(20):
        answer = Client().post("/oidc/token", asking)
    assert answer.status_code == 429


def test_a_refresh_token_serves_once_and_brought_twice_it_ends_everything(
    resident: Client, library: OAuth2Client
) -> None:
    first = dict(fetched(library, said_yes(resident, library)))
    second = library.refresh_token(f"{US}/oidc/token", first["refresh_token"])
    assert second["refresh_token"] != first["refresh_token"]
    assert identified(library, second)["sub"] == identified(library, first)["sub"]
    with pytest.raises(Exception, match="invalid_grant"):
        library.refresh_token(f"{US}/oidc/token", first["refresh_token"])
    with pytest.raises(Exception, match="invalid_grant"):
        library.refresh_token(f"{US}/oidc/token", second["refresh_token"])
    assert library.get(f"{US}/oidc/userinfo").status_code == 401


def test_tokens_are_not_kept_and_end_by_themselves(resident: Client, library: OAuth2Client) -> None:
    token = fetched(library, said_yes(resident, library))
    kept = b"".join(bytes(digest) for digest in Pass.objects.values_list("digest", flat=True))
    assert token["access_token"].encode() not in kept
    browser = Client(headers={"Authorization": f"Bearer {token['access_token']}"})
    assert browser.get("/oidc/userinfo").status_code == 200
    with clock.at(clock.now() + timedelta(minutes=11)):
        assert browser.get("/oidc/userinfo").status_code == 401
    with clock.at(clock.now() + timedelta(hours=9)):
        assert leaving.forget(clock.now()) >= 3


def test_signing_out_here_signs_out_there(resident: Client, library: OAuth2Client, settings: Any) -> None:
    settings.OUTGOING_ALLOWED, heard = ["127.0.0.1"], []
    claims = identified(library, fetched(library, said_yes(resident, library)))
    with elsewhere.listening(lambda _, said: heard.append(said["logout_token"])) as address:
        permit = Permit.objects.get(ended=None)
        permit.client.back_channel = address
        permit.client.save()
        resident.post("/sign-out/")
        assert library.get(f"{US}/oidc/userinfo").status_code == 401
        jobs.tell_client(str(permit.pk))
    described = KeySet.import_key_set(Client().get("/oidc/jwks").json())
    expected = tokens.Expected(US, library.client_id)
    said = tokens.logout_token(heard[0], described, expected, clock.now())
    assert (said["sid"], said["sub"]) == (claims["sid"], claims["sub"])


def test_a_session_ended_elsewhere_ends_what_it_reached(resident: Client, library: OAuth2Client, city: Any) -> None:
    fetched(library, said_yes(resident, library))
    assert leaving.look_after(city.now) == 0
    identity.end_sessions(city.account("resident").pk, by=city.actor("resident"), at=city.now)
    assert leaving.look_after(city.now) == 1
    assert library.get(f"{US}/oidc/userinfo").status_code == 401


def test_the_library_asks_to_sign_out_here_too(resident: Client, library: OAuth2Client) -> None:
    token = fetched(library, said_yes(resident, library))
    bye = {"post_logout_redirect_uri": "https://library.example/bye", "state": "s", "client_id": library.client_id}
    page = resident.get(f"/oidc/logout?{urlencode(bye)}")
    assert page.status_code == 200 and resident.get("/mine/").status_code == 200  # nobody is signed out unasked
    hinted = resident.get(f"/oidc/logout?{urlencode(bye | {'id_token_hint': token['id_token']})}")
    assert hinted.url == "https://library.example/bye?state=s"
    assert resident.get("/mine/").status_code == 302


def test_a_sign_out_is_confirmed_and_leads_to_registered_addresses_alone(
    resident: Client, library: OAuth2Client
) -> None:
    evil = {"post_logout_redirect_uri": "https://evil.example/", "client_id": library.client_id}
    page = resident.get(f"/oidc/logout?{urlencode(evil)}")
    assert resident.post("/oidc/logout/confirm", {"sealed": page.context["sealed"]}).url == "/"
    assert resident.get("/mine/").status_code == 302
    assert Client().get(f"/oidc/logout?{urlencode(evil)}").url == "/"


def test_a_withdrawn_system_is_gone(resident: Client, library: OAuth2Client, city: Any) -> None:
    fetched(library, said_yes(resident, library))
    clients.withdraw(library.client_id, by=city.actor("administrator"), at=city.now)
    assert resident.get(asked(library)).status_code == 422
    assert library.get(f"{US}/oidc/userinfo").status_code == 401


def test_a_consent_is_for_the_person_who_saw_the_page(resident: Client, library: OAuth2Client, city: Any) -> None:
    sealed = resident.get(asked(library)).context["sealed"]
    other = signed_in(Client(), "acceptor", city)
    assert other.post("/oidc/consent", {"sealed": sealed, "answer": "yes"}).status_code == 422
    assert other.post("/oidc/consent", {"sealed": "made up", "answer": "yes"}).status_code == 422
    assert Client(enforce_csrf_checks=True).post("/oidc/consent", {"sealed": sealed}).status_code == 403


def test_keys_change_every_quarter_with_the_next_one_shown_before(city: Any, registered: Any) -> None:
    assert keys.keep(city.now) == 0
    soon = city.now + keys.SIGNS_FOR - timedelta(hours=23)
    assert keys.keep(soon) == 2
    token = keys.signed({}, "ES256", "JWT", soon)
    later = keys.signed({}, "ES256", "JWT", soon + timedelta(days=1))
    assert tokens.key_id(token) != tokens.key_id(later)
    from zhongshu.registers.identity.queries import clients as asking

    shown = {key["kid"] for key in asking.shown_keys(soon)}
    assert {tokens.key_id(token), tokens.key_id(later)} < shown and len(shown) == 4
    assert len(asking.shown_keys(soon + timedelta(days=3))) == 2
    assert not any('"d"' in key.sealed for key in SigningKey.objects.all())


def test_a_proven_telephone_is_told_as_proven(resident: Client, library: OAuth2Client, city: Any) -> None:
    account = city.account("resident")
    phones = Source.objects.create(
        code="sms", kind="phone", name="短信", name_en="Text", opens="resident", added=city.now
    )
    account.phone = "13900002222"
    account.save()
    Link.objects.create(source=phones, subject=account.phone, account=account, made=city.now)
    fetched(library, said_yes(resident, library))
    info = library.get(f"{US}/oidc/userinfo").json()
    assert (info["phone_number"], info["phone_number_verified"]) == ("+8613900002222", True)


def test_a_device_signs_in_nowhere(client: Client, library: OAuth2Client, city: Any) -> None:
    account = city.account("resident")
    account.kind, account.person = "device", None
    account.save()
    assert signed_in(client, "resident", city).get(asked(library)).status_code == 403
    assert Session.objects.exists() and queries.session_id(None) is None
