"""Giving mandates on pages, acting under one, and that its end is felt at the very next request."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from zhongshu.base.calendar import clock
from zhongshu.engine.cases.models import Attachment, Case
from zhongshu.engine.messages.models import Message
from zhongshu.registers.documents import actions as documents
from zhongshu.registers.people.models import Account, Mandate, Person
from zhongshu.registers.people.queries.mandates import ACTING


@pytest.fixture
def mother(city: Any) -> Client:
    """The browser of an old lady with an account."""
    person = Person.objects.create(name="林秀兰", opened=city.now)
    Account.objects.create(login="xiulan", name="林秀兰", kind="resident", person=person, opened=city.now)
    return city.signed_in(Client(), "xiulan")


@pytest.fixture
def son(city: Any) -> Client:
    """The browser of the demo resident."""
    return city.signed_in(Client(), "resident")


def give(mother: Client, **changes: Any) -> Any:
    ends = (clock.now() + timedelta(days=90)).date().isoformat()
    typed = {"agent": "resident", "agent_name": "林晓舟", "kind": "family", "ends": ends}
    return mother.post("/account/mandates/", typed | changes)


def acting(mother: Client, son: Client) -> Mandate:
    """The mandate that the son accepted, and his browser acting under it."""
    assert give(mother).status_code == 302
    mandate = Mandate.objects.get(principal_firm=None)
    assert son.post(f"/account/mandates/{mandate.pk}/accept/").url == "/account/acting/"
    assert son.post(f"/account/acting/{mandate.pk}/").url == "/mine/"
    return mandate


def report(browser: Client, city: Any) -> Any:
    lon, lat = city.spot()
    browser.get("/report/1101/")
    typed = {"description": "路口有一堆垃圾，气味很大。", "place-lon": lon, "place-lat": lat}
    return browser.post("/report/1101/", typed)


def test_a_mother_lets_her_son_act_and_he_tells_for_her(city: Any, mother: Client, son: Client) -> None:
    acting(mother, son)
    assert "您正在代 林** 办理" in son.get("/").content.decode()
    assert report(son, city).status_code == 302
    case = Case.objects.get()
    assert "由 林** 代办" in mother.get("/mine/").content.decode()
    for browser in (mother, son):
        shown = browser.get(f"/track/{case.pk}/").content.decode()
        assert case.number in shown and "代办人" in shown
    assert son.get(f"/report/sent/{case.pk}/").url == f"/track/{case.pk}/"
    assert son.post("/account/acting/end/").url == "/account/acting/"
    assert "您正在代" not in son.get("/").content.decode()
    assert case.number not in son.get("/mine/").content.decode()
    assert son.get(f"/track/{case.pk}/").status_code == 404


def test_revoking_is_felt_at_the_very_next_request_and_only_then_once(city: Any, mother: Client, son: Client) -> None:
    mandate = acting(mother, son)
    report(son, city)
    case = Case.objects.get()
    mother.post(f"/account/mandates/{mandate.pk}/revoke/", {"reason": "不用了"})
    late = son.post(f"/track/{case.pk}/withdraw/", {"withdraw": "不要了"})
    assert late.status_code == 403 and "代办授权已被撤回或已到期" in late.content.decode()
    case.refresh_from_db()
    assert case.closed is None
    assert ACTING not in son.session
    assert son.get("/mine/").status_code == 200
    assert son.get(f"/track/{case.pk}/").status_code == 404
    assert mother.get(f"/track/{case.pk}/").status_code == 200


def test_a_photo_sent_for_another_is_theirs_when_the_mandate_is_gone(city: Any, mother: Client, son: Client) -> None:
    mandate = acting(mother, son)
    report(son, city)
    case, file = Case.objects.get(), io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(file, "JPEG")
    photo = documents.keep_photo(file.getvalue(), by=city.actor("resident"), at=city.now)
    Attachment.objects.create(case_id=case.pk, document=photo.pk, field="photos", at=city.now)
    address = f"/documents/{photo.pk}/thumb/"
    assert son.get(address).status_code == mother.get(address).status_code == 200
    mother.post(f"/account/mandates/{mandate.pk}/revoke/")
    assert [son.get(address).status_code for _ in range(2)] == [403, 404]
    assert mother.get(address).status_code == 200


def test_the_mandate_of_somebody_else_in_a_session_is_nobody(city: Any, mother: Client, son: Client) -> None:
    mandate = acting(mother, son)
    stranger = city.signed_in(Client(), "officer061")
    assert stranger.post(f"/account/acting/{mandate.pk}/").status_code == 404
    session = stranger.session
    session[ACTING] = str(mandate.pk)
    session.save()
    assert stranger.get("/mine/").status_code == 403
    assert ACTING not in stranger.session


def test_who_acts_has_none_of_their_own_pages(city: Any, mother: Client, son: Client) -> None:
    mandate = acting(mother, son)
    for page in ("/account/mandates/", "/desk/", "/mobile/", "/desk/mandates/help/"):
        assert son.get(page).status_code == 403, page
    assert son.post(f"/account/mandates/{mandate.pk}/revoke/").status_code == 403
    assert give(son, agent="helper").status_code == 403


def test_a_form_drawn_under_another_hat_is_good_no_more(city: Any, mother: Client) -> None:
    son = city.signed_in(Client(enforce_csrf_checks=True), "resident")
    give(mother)
    mandate = Mandate.objects.get(principal_firm=None)

    def token() -> str:
        return son.get("/account/acting/").context["csrf_token"]

    drawn = token()
    son.post(f"/account/mandates/{mandate.pk}/accept/", {"csrfmiddlewaretoken": drawn})
    assert son.post(f"/account/acting/{mandate.pk}/", {"csrfmiddlewaretoken": drawn}).status_code == 302
    stale = son.post("/account/acting/end/", {"csrfmiddlewaretoken": drawn})
    assert stale.status_code == 403 and ACTING in son.session
    assert son.post("/account/acting/end/", {"csrfmiddlewaretoken": token()}).status_code == 302


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"agent_name": "林小舟"}, "登录名和姓名都相符"),
        ({"agent": "nobody-there"}, "登录名和姓名都相符"),
        ({"ends": ""}, "请填写代办的结束日期"),
        ({"ends": "2099-01-01"}, "最长 366 天"),
        ({"ends": "2026-13-41"}, "真实的日期"),
        ({"kind": "guardian"}, "请到政务服务窗口"),
        ({"kind": "emperor"}, "请选择代办关系"),
        ({"matters": ["99"]}, "从列表中选择"),
        ({"agent": "xiulan", "agent_name": "林秀兰"}, "不能授权给自己"),
    ],
)
def test_what_is_wrong_with_a_mandate_is_said_and_nothing_typed_is_lost(
    city: Any, mother: Client, changes: dict[str, Any], said: str
) -> None:
    answer = give(mother, **changes)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page and f'value="{changes.get("agent", "resident")}"' in page
    assert not Mandate.objects.filter(principal_firm=None).exists()


def test_naming_agents_cannot_be_tried_for_long(city: Any, mother: Client) -> None:
    tried = [give(mother, agent_name="王" * (n % 9 + 1)).status_code for n in range(21)]
    assert tried == [422] * 20 + [429]


def test_both_sides_are_told(city: Any, mother: Client, son: Client) -> None:
    mandate = acting(mother, son)
    city.react()
    hers, his = str(city.account("xiulan").pk), str(city.account("resident").pk)
    of_mandates = Message.objects.filter(template__startswith="mandate.", account__in=[hers, his])
    told = {(m.template, str(m.account)) for m in of_mandates}
    as_representative = ("mandate.begun", his)  # the demo's firm is his: its mandate waits for nobody
    assert told == {("mandate.given", his), ("mandate.accepted", hers), as_representative}
    Client.post(son, "/account/acting/end/")
    son.post(f"/account/mandates/{mandate.pk}/revoke/", {"reason": "出差"})
    city.react()
    (message,) = Message.objects.filter(template="mandate.revoked")
    assert (str(message.account), message.facts["reason"]) == (hers, "出差")
    assert "代办授权" in mother.get("/messages/").content.decode()


def test_a_declined_mandate_is_gone(city: Any, mother: Client, son: Client) -> None:
    give(mother)
    mandate = Mandate.objects.get(principal_firm=None)
    assert "等待接受" in son.get("/account/mandates/").content.decode()
    son.post(f"/account/mandates/{mandate.pk}/decline/")
    assert son.post(f"/account/acting/{mandate.pk}/").status_code == 404
    assert "您还没有授权别人代办" in mother.get("/account/mandates/").content.decode()
