"""A resident asks on their page, the privacy officer decides on theirs, and the certificate is open to anybody."""

import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from zhongshu.base.calendar import clock
from zhongshu.main.tests.privacy.test_destroying import NAME, WORDS, Resident
from zhongshu.registers.people import actions as people
from zhongshu.registers.privacy.actions import copying, destroying
from zhongshu.registers.privacy.models import Consent, Request

ACCOUNT, DESK = "/account/privacy/", "/desk/privacy/"


@pytest.fixture
def resident(city: Any) -> Resident:
    return Resident(city)


@pytest.fixture
def own(resident: Resident) -> Client:
    return resident.city.signed_in(Client(), "resident")


@pytest.fixture
def desk(resident: Resident) -> Client:
    return resident.city.signed_in(Client(), "privacy")


def test_one_sees_what_is_kept_why_and_what_cannot_go_yet(own: Client) -> None:
    told = own.get(ACCOUNT).content.decode()
    assert "上报和诉求" in told and "履行法定职责" in told and "办件还在办理" in told


def test_a_copy_is_asked_for_made_and_downloaded(resident: Resident, own: Client) -> None:
    assert own.post(ACCOUNT, {"kind": "export"}).status_code == 302
    asked = Request.objects.get(kind="export")
    assert "正在处理" in own.get(ACCOUNT).content.decode()
    copying.pack(asked.pk, at=resident.city.now)
    answer = own.post(f"{ACCOUNT}requests/{asked.pk}/copy/")
    assert WORDS in zipfile.ZipFile(io.BytesIO(answer.content)).read("data.json").decode()
    for other in ("privacy", "administrator"):
        client = resident.city.signed_in(Client(), other)
        assert client.post(f"{ACCOUNT}requests/{asked.pk}/copy/").status_code == 404


def test_a_deletion_is_asked_for_decided_and_proved(resident: Resident, own: Client, desk: Client) -> None:
    resident.closed()
    with clock.at(resident.city.now + timedelta(days=61)):
        resident.city.signed_in(own, "resident")
        resident.city.signed_in(desk, "privacy")
        assert own.post(ACCOUNT, {"kind": "close", "reason": "不再使用"}).status_code == 302
        asked = Request.objects.get(kind="close")
        address = f"{DESK}requests/{asked.pk}/"
        assert address in desk.get(DESK).content.decode()
        before = desk.get(address).content.decode()
        assert "上报和诉求" in before and NAME not in before
        assert desk.post(address, {"go": "refuse", "answer": ""}).status_code == 422
        assert desk.post(address, {"go": "approve", "answer": ""}).status_code == 302
        destroying.carry_out(asked.pk, at=clock.now())
        proof = Client().get(f"/privacy/certificates/{asked.pk}/").content.decode()
        assert "签名核验无误" in proof and "本人申请注销账号" in proof and NAME not in proof
        assert Client().get(f"/privacy/certificates/{asked.pk}/?form=json").json()["genuine"]
        assert own.get(ACCOUNT).status_code == 302
        assert str(asked.pk) in desk.get(f"{DESK}certificates/").content.decode()


def test_what_was_typed_is_kept_when_it_was_wrong(own: Client) -> None:
    answer = own.post(ACCOUNT, {"kind": "correct", "field": "phone", "value": "12345"})
    assert answer.status_code == 422 and 'value="12345"' in answer.content.decode()
    assert "电话号码有误" in answer.content.decode()


def test_a_counter_corrects_and_sees_nothing_else(resident: Resident, own: Client) -> None:
    own.post(ACCOUNT, {"kind": "correct", "field": "phone", "value": "13700000009"})
    asked = Request.objects.get(kind="correct")
    counter = resident.city.signed_in(Client(), "counter")
    assert counter.get(DESK).status_code == 403
    assert "13700000009" in counter.get(f"{DESK}corrections/{asked.pk}/").content.decode()
    assert counter.post(f"{DESK}corrections/{asked.pk}/", {"go": "approve"}).status_code == 302
    assert resident.city.account("resident").phone == "13700000009"


@pytest.mark.parametrize("page", ["", "retention/", "holds/", "notices/", "certificates/"])
def test_the_workplace_is_open_to_the_privacy_officer_alone(resident: Resident, desk: Client, page: str) -> None:
    assert desk.get(DESK + page).status_code == 200
    for other in ("acceptor", "administrator", "resident"):
        assert resident.city.signed_in(Client(), other).get(DESK + page).status_code == 403


def test_a_term_is_proposed_by_one_and_approved_by_another(resident: Resident, desk: Client) -> None:
    city = resident.city
    sent = {"go": "propose", "kind": "photos", "days": "90", "reason": "占用太大"}
    assert desk.post(f"{DESK}retention/", {**sent, "days": "9x"}).status_code == 422
    assert desk.post(f"{DESK}retention/", sent).status_code == 302
    people.give_grant(city.account("leader"), "privacy_officer", by=city.actor("security"), at=city.now)
    other = city.signed_in(Client(), "leader")
    found = re.search(r'value="(approve:[^"]+)"', other.get(f"{DESK}retention/").content.decode())
    assert found and "approve:" not in desk.get(f"{DESK}retention/").content.decode()
    assert desk.post(f"{DESK}retention/", {"go": found[1]}).status_code == 403
    assert other.post(f"{DESK}retention/", {"go": found[1]}).status_code == 302
    assert "90 天" in desk.get(f"{DESK}retention/").content.decode()


def test_a_case_is_held_by_its_number_and_let_go(resident: Resident, desk: Client) -> None:
    number = resident.case.opened.number
    assert desk.post(f"{DESK}holds/", {"number": "SJ1", "reason": "行政复议"}).status_code == 422
    assert desk.post(f"{DESK}holds/", {"number": number, "reason": "行政复议"}).status_code == 302
    told = desk.get(f"{DESK}holds/").content.decode()
    lift = re.search(r'action="(/desk/privacy/holds/[^"]+/lift/)"', told)
    assert number in told and lift
    desk.post(lift[1])
    assert number not in desk.get(f"{DESK}holds/").content.decode()


def test_one_agrees_to_a_notice_and_takes_that_back(resident: Resident, own: Client) -> None:
    address = "/privacy/notices/sensitive/"
    assert Client().post(address, {"version": "1"}).status_code == 403
    assert own.post(address, {"version": "1"}).status_code == 302
    given = Consent.objects.get()
    assert "您已同意这一版" in own.get(address).content.decode()
    own.post(f"{ACCOUNT}consents/{given.pk}/withdraw/")
    assert "我已阅读并同意" in own.get(address).content.decode()
    assert own.get("/privacy/notices/nothing/").status_code == 404
    assert own.post(address, {"version": "2"}).status_code == 409
