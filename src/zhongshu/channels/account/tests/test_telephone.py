"""Codes by text message, and WeChat: signing in, linking, a new password, and guessing in vain."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from zhongshu.base.calendar import clock
from zhongshu.base.http import sms
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.channels.account.tests import elsewhere
from zhongshu.registers.identity import doors
from zhongshu.registers.identity.actions import sources
from zhongshu.registers.identity.models import Link, PhoneCode, Session
from zhongshu.registers.identity.ways.wechat import WeChat

PHONE = "13900002222"
PAGE = "/sign-in/telephone/"


class Telephone:
    """What was sent to telephones."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []

    def send(self, phone: str, sentence: str) -> None:
        self.sent.append((phone, sentence))

    @property
    def code(self) -> str:
        found = re.search(r"\d{6}", self.sent[-1][1])
        assert found
        return found[0]


@pytest.fixture
def telephone(city: Any, monkeypatch: pytest.MonkeyPatch) -> Telephone:
    """A telephone that messages reach."""
    found = Telephone()
    monkeypatch.setattr(doors.doors, "sender", found)
    return found


def by_code(client: Client, telephone: Telephone, page: str = PAGE) -> Any:
    """Ask for a code and type it."""
    assert client.post(page, {"phone": PHONE}).status_code == 200
    return client.post(page, {"code": telephone.code, "next": "/mine/"})


def newcomer(client: Client, telephone: Telephone) -> Any:
    """Open an account by telephone."""
    assert by_code(client, telephone).url == "/sign-in/new/"
    return client.post("/sign-in/new/", {"name": "李四"})


def test_a_newcomer_opens_an_account_with_a_telephone_and_comes_again(client: Client, telephone: Telephone) -> None:
    assert newcomer(client, telephone).url == "/mine/"
    account = Link.objects.get(source="sms", subject=PHONE).account
    assert (account.name, account.phone, account.person.level) == ("李四", PHONE, "unverified")
    with clock.at(clock.now() + timedelta(minutes=2)):
        assert by_code(again := Client(), telephone).url == "/mine/"
        assert again.get("/mine/").status_code == 200
    assert Session.objects.filter(account=account, method="sms").count() == 2


def test_a_code_serves_once_for_five_minutes_in_the_browser_that_asked(client: Client, telephone: Telephone) -> None:
    client.post(PAGE, {"phone": PHONE})
    assert Client().post(PAGE, {"code": telephone.code}).status_code == 200  # asked for its number first
    with clock.at(clock.now() + timedelta(minutes=5)):
        assert client.post(PAGE, {"code": telephone.code}).status_code == 422
    assert client.post(PAGE, {"code": telephone.code}).status_code == 302
    assert PhoneCode.objects.count() == 0


def test_five_wrong_codes_spend_it(client: Client, telephone: Telephone) -> None:
    client.post(PAGE, {"phone": PHONE})
    wrong = f"{(int(telephone.code) + 1) % 1_000_000:06}"
    assert [client.post(PAGE, {"code": wrong}).status_code for _ in range(5)] == [422] * 5
    assert client.post(PAGE, {"code": telephone.code}).status_code == 422


def test_a_new_code_takes_the_place_of_the_one_before(client: Client, telephone: Telephone) -> None:
    client.post(PAGE, {"phone": PHONE})
    first = telephone.code
    with clock.at(clock.now() + timedelta(minutes=1)):
        while telephone.code == first or len(telephone.sent) < 2:
            PhoneCode.objects.all().delete()
            client.post(PAGE, {"phone": PHONE})
        assert client.post(PAGE, {"code": first}).status_code == 422
        assert client.post(PAGE, {"code": telephone.code}).status_code == 302


def test_a_telephone_is_not_rung_all_day(client: Client, telephone: Telephone) -> None:
    assert [client.post(PAGE, {"phone": PHONE}).status_code for _ in range(2)] == [200, 429]
    for hours in range(1, 14):
        with clock.at(clock.now().replace(hour=8, minute=0) + timedelta(days=1, hours=hours)):
            client.post(PAGE, {"phone": PHONE})
    assert len(telephone.sent) == 1 + 10


def test_known_and_unknown_numbers_hear_the_same(client: Client, telephone: Telephone) -> None:
    newcomer(client, telephone)
    with clock.at(clock.now() + timedelta(minutes=2)):
        pages = [Client().post(PAGE, {"phone": phone}).content.decode() for phone in (PHONE, "13900003333")]
    bare = [re.sub(r'value="[^"]{30,}"|139\d{8}|data-\S+|X-CSRFToken": "\w+', "", page) for page in pages]
    assert bare[0] == bare[1]


@pytest.mark.parametrize("number", ["", "0512-12345678", "12345", "1390000222x"])
def test_what_is_no_mobile_number_gets_no_message(client: Client, telephone: Telephone, number: str) -> None:
    assert client.post(PAGE, {"phone": number}).status_code == 422
    assert telephone.sent == []


def test_neither_number_nor_code_can_be_read_in_the_table(client: Client, telephone: Telephone) -> None:
    client.post(PAGE, {"phone": PHONE})
    kept = PhoneCode.objects.get()
    assert PHONE.encode() not in bytes(kept.phone) and len(bytes(kept.digest)) == 32


def test_a_resident_links_a_telephone_and_sets_a_new_password_by_it(
    client: Client, telephone: Telephone, city: Any
) -> None:
    city.signed_in(client, "resident")
    assert by_code(client, telephone, "/account/ways/telephone/").url == "/account/ways/"
    assert "139****2222" in client.get("/account/ways/").content.decode()
    forgetful = Client()
    with clock.at(clock.now() + timedelta(minutes=2)):
        assert by_code(forgetful, telephone, "/recover/telephone/").status_code == 200
        assert forgetful.post("/recover/telephone/", {"password": "short"}).status_code == 422
        assert forgetful.post("/recover/telephone/", {"password": "wind-over-the-sea"}).url == "/sign-in/"
        assert forgetful.post("/recover/telephone/", {"password": "another-password"}).status_code == 422
    assert city.account("resident").check_password("wind-over-the-sea")


def test_no_password_is_set_without_a_code_or_a_link(client: Client, telephone: Telephone) -> None:
    assert client.post("/recover/telephone/", {"password": "wind-over-the-sea"}).status_code == 422
    by_code(client, telephone, "/recover/telephone/")
    answer = client.post("/recover/telephone/", {"password": "wind-over-the-sea"})
    assert answer.status_code == 422 and "没有绑定" in answer.content.decode()


def test_an_official_does_not_get_in_by_telephone_alone(client: Client, telephone: Telephone, city: Any) -> None:
    phones = sources.phones(city.now)
    Link.objects.create(source=phones, subject=PHONE, account=city.account("acceptor"), made=city.now)
    assert by_code(client, telephone).status_code == 403
    with clock.at(clock.now() + timedelta(minutes=2)):
        by_code(client, telephone, "/recover/telephone/")
        assert client.post("/recover/telephone/", {"password": "wind-over-the-sea"}).status_code == 422


def test_a_gateway_that_fails_is_told_in_a_sentence(client: Client, telephone: Telephone, settings: Any) -> None:
    settings.OUTGOING_ALLOWED = ["127.0.0.1"]
    doors.doors.sender = sms.HttpGateway("http://127.0.0.1:9/")
    answer = client.post(PAGE, {"phone": PHONE})
    assert answer.status_code == 503 and "验证码没有发出去" in answer.content.decode()


def test_the_gateway_hears_number_text_and_key(telephone: Telephone, settings: Any) -> None:
    settings.OUTGOING_ALLOWED, heard = ["127.0.0.1"], []
    with elsewhere.listening(lambda path, said: heard.append((path, said))) as address:
        sms.HttpGateway(f"{address}/send", "key", "T1").send(PHONE, "验证码 123456")
    assert heard == [("/send", {"phone": PHONE, "text": "验证码 123456", "template": "T1"})]


def wechat_says(path: str, given: dict[str, str]) -> dict[str, Any]:
    """WeChat's two endpoints, as strict as they are described."""
    if path == "/sns/oauth2/access_token":
        asked = {"appid": "wx1", "secret": "wx-secret", "code": "right", "grant_type": "authorization_code"}
        right = {"access_token": "at", "expires_in": 7200, "openid": "o1", "scope": "snsapi_login"}
        return right if given == asked else {"errcode": 40029, "errmsg": "invalid code"}
    if path == "/sns/userinfo" and given == {"access_token": "at", "openid": "o1", "lang": "zh_CN"}:
        return {"openid": "o1", "unionid": "u-one", "nickname": "海风"}
    return {"errcode": 40003, "errmsg": "invalid openid"}


@pytest.fixture
def wechat(city: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """WeChat as a source."""
    settings.OUTGOING_ALLOWED = ["127.0.0.1"]
    sources.add_source(
        "wechat", "wechat", "微信", "WeChat", "https://open.weixin.qq.com", "wx1", "wx-secret", scopes="snsapi_login",
        by=SYSTEM, at=city.now,
    )  # fmt: skip
    with elsewhere.listening(wechat_says) as address:
        monkeypatch.setitem(doors.ways, "wechat", WeChat(address))
        yield


def test_a_newcomer_comes_in_by_wechat_and_is_asked_for_a_real_name(client: Client, wechat: None) -> None:
    out = urlsplit(client.get("/sign-in/with/wechat/?next=/mine/").url)
    asked = parse_qs(out.query)
    assert (out.netloc, out.path, out.fragment) == ("open.weixin.qq.com", "/connect/qrconnect", "wechat_redirect")
    assert asked["appid"] == ["wx1"] and asked["redirect_uri"] == ["http://testserver/sign-in/with/wechat/back/"]
    answer = client.get(f"/sign-in/with/wechat/back/?code=right&state={asked['state'][0]}")
    assert answer.url == "/sign-in/new/" and "海风" in client.get(answer.url).content.decode()
    assert client.post("/sign-in/new/", {"name": "王小明"}).url == "/mine/"
    assert Link.objects.get(source="wechat").subject == "u-one"


@pytest.mark.parametrize("answer", ["code=wrong&state={state}", "state={state}", "code=right&state=guessed"])
def test_wechat_lets_nobody_in_with_a_wrong_answer(client: Client, wechat: None, answer: str) -> None:
    state = parse_qs(urlsplit(client.get("/sign-in/with/wechat/").url).query)["state"][0]
    assert client.get(f"/sign-in/with/wechat/back/?{answer.format(state=state)}").status_code == 401
    assert not Link.objects.exists()


def test_a_telephone_is_no_place_to_be_sent_to(client: Client, city: Any) -> None:
    sources.phones(city.now)
    assert client.get("/sign-in/with/sms/").status_code == 404
    assert client.get("/sign-in/with/sms/back/?state=x&code=y").status_code == 401
    assert client.post("/oidc/sources/sms/logout", {"logout_token": "a.b.c"}).status_code == 400
