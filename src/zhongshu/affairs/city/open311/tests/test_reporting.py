"""Reporting through Open311: what is taken in, what is refused, and that sending twice is one request."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from zhongshu.affairs.city.open311.tests.clients import BASE, FORM, Caller, read, refused
from zhongshu.base.http.doors import doors
from zhongshu.engine.cases.models import Case, Contact
from zhongshu.registers.people.models import ApiKey
from zhongshu.registers.places.models import Cell, Component, Region

XXE = b"""<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<service_requests><request><description>&x;</description></request></service_requests>"""


@pytest.fixture
def caller(city: Any) -> Caller:
    return Caller(city)


@pytest.fixture
def clock(city: Any) -> Iterator[Any]:
    """A business clock that goes on by what is added to it."""
    before, at = doors.now, [city.now.replace(minute=0, second=30) + timedelta(hours=1)]
    doors.now = lambda: at[0]
    yield lambda **gone: at.append(at.pop() + timedelta(**gone))
    doors.now = before


def case(number: str) -> Case:
    return Case.objects.get(number=number)


@pytest.mark.parametrize("format", ["json", "xml"])
def test_a_report_becomes_a_request_and_is_read_back(caller: Caller, format: str) -> None:
    answer = caller.report(
        format, last_name="王", first_name="小明", phone="139 1234 5678", address_string="澄湾路 12 号", email="a@b.c",
        device_id="d", account_id="7",
    )  # fmt: skip
    assert answer.status_code == 200
    (told,) = read(answer)
    assert set(told) == {"service_request_id", "service_notice", "account_id"}
    opened = case(told["service_request_id"])
    assert (opened.source, opened.category, opened.phase) == ("open311", "1101", "accepting")
    assert opened.address == "澄湾路 12 号"
    contact = Contact.objects.get(case_id=opened.pk)
    assert (contact.name, contact.phone, contact.text) == ("王小明", "13912345678", "路口有一堆垃圾。")
    (found,) = read(caller.get(f"requests/{told['service_request_id']}.{format}"))
    assert found["service_request_id"] == opened.number and found["status"] == "open"


def test_whoever_told_can_follow_by_number_and_code(city: Any, caller: Caller) -> None:
    from zhongshu.affairs.city import queries

    (told,) = read(caller.report())
    code = next(word for word in told["service_notice"].split() if word.isdigit())
    progress = queries.track(told["service_request_id"], code, city.now)
    assert progress.case.row.number == told["service_request_id"]


def test_answers_go_to_their_questions(caller: Caller) -> None:
    number = caller.number(**{
        "service_code": "0102", "attribute[condition]": "loose", "attribute[fenced]": "false",
        "attribute[marking]": "污水", "description": "井盖松动。", "media_url": "https://pictures.example/1.jpg",
    })  # fmt: skip
    assert case(number).data["answers"] == {
        "description": "井盖松动。\nhttps://pictures.example/1.jpg", "condition": "loose", "fenced": False,
        "marking": "污水",
    }  # fmt: skip


def test_a_photo_sent_before_is_an_answer_too(city: Any, caller: Caller) -> None:
    photo = city.photo(city.actor(caller.account.login))
    number = caller.number(**{"attribute[photos][]": [photo]})
    assert case(number).data["answers"]["photos"] == [photo]
    foreign = city.photo(city.actor("resident"))
    refused(caller.report(**{"attribute[photos][]": [foreign]}), 400)


def test_the_description_may_be_told_as_a_question_as_well(caller: Caller) -> None:
    as_attribute = caller.number(description=None, **{"attribute[description]": "墙角有一堆垃圾。"})
    assert case(as_attribute).data["answers"]["description"] == "墙角有一堆垃圾。"
    both = caller.number(**{"attribute[description]": "墙角有一堆垃圾。"})
    assert case(both).data["answers"]["description"] == "路口有一堆垃圾。\n墙角有一堆垃圾。"


def test_the_place_may_be_a_code_or_an_address_that_names_one(caller: Caller) -> None:
    cell, component = Cell.objects.order_by("code")[3], Component.objects.exclude(cell=None).order_by("code")[0]
    road = Region.objects.filter(code__regex=r"^[0-9]{12}$").order_by("code")[0]
    somewhere = {"lat": None, "long": None}
    assert str(case(caller.number(address_id=cell.code, **somewhere)).place) == cell.code
    assert str(case(caller.number(address_id=component.code, **somewhere)).place) == component.cell_id
    number = caller.number(address_string=f"{road.name}菜市场门口", **somewhere)
    assert (str(case(number).place), case(number).address) == (road.code, f"{road.name}菜市场门口")


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"service_code": "9999"}, 404), ({"service_code": "11"}, 404), ({"service_code": None}, 400),
        ({"service_code": "\x00"}, 404), ({"lat": "0", "long": "0"}, 400), ({"lat": None}, 400), ({"long": ""}, 400),
        ({"lat": "north"}, 400), ({"lat": "nan", "long": "nan"}, 400), ({"lat": "1e999"}, 400), ({"lat": "91"}, 400),
        ({"lat": None, "long": None}, 400), ({"lat": None, "long": None, "address_id": "9901"}, 400),
        ({"lat": None, "long": None, "address_id": "x\x00"}, 400),
        ({"lat": None, "long": None, "address_string": "月球背面"}, 400), ({"address_string": "长" * 201}, 400),
        ({"description": None}, 400), ({"description": " "}, 400), ({"description": "x" * 1_000_000}, 400),
        ({"description": "x" * 2_200_000}, 413), ({"description": "垃圾\x00\x1b成堆了"}, 400),
        ({"attribute[since]": "never"}, 400), ({"attribute[since]": ["now", "today"]}, 400),
        ({"attribute[danger]": "perhaps"}, 400), ({"attribute[unknown]": "1"}, 400), ({"attribute[": "1"}, 400),
        ({"attribute[since][deep]": "now"}, 400), ({"attribute[photos][]": ["x"]}, 400),
        ({"attribute": "since=now"}, 400), ({"phone": "12"}, 400), ({"last_name": "长" * 60}, 400),
        ({"media_url": "javascript:alert(1)"}, 400), ({"media_url": "file:///etc/passwd"}, 400),
        ({"media_url": "https://x.example/" + "a" * 400}, 400), ({"media_url": "http://[x y"}, 400),
        ({"client_request_id": "short"}, 400), ({"client_request_id": "nul\x00nul\x00nul"}, 400),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_in_is_refused_with_a_sentence(caller: Caller, changes: Any, status: int) -> None:
    for format in ("json", "xml"):
        refused(caller.report(format, **changes), status)
    assert Case.objects.count() == 0


def test_each_answer_at_fault_is_told(caller: Caller) -> None:
    answer = caller.report(description=None, **{"attribute[danger]": "perhaps"})
    refused(answer, 400)
    assert [error["description"].partition(":")[0] for error in read(answer)] == [
        "attribute[description]", "attribute[danger]",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content_type", ["text/xml", "application/xml", "application/json", "multipart/form-data; boundary=x", ""]
)
def test_only_a_form_is_read(caller: Caller, content_type: str) -> None:
    assert "application/x-www-form-urlencoded" in refused(caller.send(XXE, content_type), 415)


def test_an_entity_inside_a_form_is_a_text_and_nothing_else(caller: Caller) -> None:
    number = caller.number(description=XXE.decode())
    assert case(number).data["answers"]["description"] == XXE.decode()
    assert b"ENTITY" not in caller.get(f"requests/{number}.xml").content


def test_a_form_that_cannot_be_read_is_refused(caller: Caller) -> None:
    refused(caller.send("&".join(f"a{n}=1" for n in range(1_100))), 400)
    refused(caller.send("a=1", "application/x-www-form-urlencoded; charset=gbk"), 400)
    refused(caller.send(b"\xff\xfe%zz=%ff"), 403)


def test_without_a_key_that_may_report_nothing_is_taken(city: Any, caller: Caller) -> None:
    for key in (None, "", "zs_wrong", "x" * 5_000, caller.key[:-1], caller.key.upper()):
        refused(caller.report(api_key=key), 403)
    refused(caller.report(api_key=Caller(city, "handler").key), 403)
    refused(caller.report(api_key=Caller(city, place=990102).key), 403)
    expired = Caller(city)
    ApiKey.objects.filter(account=expired.account).update(expires=city.now - timedelta(seconds=1))
    refused(expired.report(), 403)
    assert Case.objects.count() == 0


def test_the_key_may_come_in_the_header(caller: Caller) -> None:
    assert caller.report(api_key=None, headers={"Authorization": f"Bearer {caller.key}"}).status_code == 200


def test_a_key_in_an_address_is_none_for_addresses_are_logged(caller: Caller) -> None:
    answer = caller.client.post(f"{BASE}/requests.json?api_key={caller.key}", "a=1", content_type=FORM)
    refused(answer, 403)


def test_the_same_report_within_ten_minutes_is_one_request(caller: Caller, clock: Any) -> None:
    first = caller.number()
    assert caller.number() == first
    clock(minutes=9, seconds=45)  # the next stretch of ten minutes has begun
    assert caller.number() == first
    (again,) = read(caller.report("xml"))
    assert again["service_request_id"] == first and not any(char.isdigit() for char in again["service_notice"])
    assert caller.number(description="路口又有一堆垃圾。") != first
    clock(seconds=20)
    later = caller.number()
    assert later != first
    assert Case.objects.count() == 3


def test_the_same_words_of_another_sender_are_another_request(city: Any, caller: Caller) -> None:
    assert caller.number() != Caller(city).number()


def test_a_client_may_name_its_report_itself(caller: Caller, clock: Any) -> None:
    first = caller.number(client_request_id="mine-0001")
    clock(days=2)
    assert caller.number(client_request_id="mine-0001", description="写得不一样了。") == first
    assert caller.number(headers={"Idempotency-Key": "mine-0001"}) == first
    assert caller.number(client_request_id="mine-0002") != first
