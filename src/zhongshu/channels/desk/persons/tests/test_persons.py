"""The counter: finding who is there, verifying them, showing their data for a purpose, making two records one."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from zhongshu.base.journal import queries as journal
from zhongshu.registers.documents.models import Document
from zhongshu.registers.documents.tests import pictures
from zhongshu.registers.people import actions
from zhongshu.registers.people.models import FirmRole, Look, PersonMerge
from zhongshu.registers.people.queries import persons
from zhongshu.registers.people.tests.folk import Folk, number

NUMBER, NAME, PHONE = "99010219861103102X", "林晓舟", "13900000001"
"""Of the demo's resident."""


@pytest.fixture
def counter(city: Any, client: Any) -> Any:
    return city.signed_in(client, "counter")


def post(client: Any, page: str, /, *args: Any, follow: bool = False, **given: str) -> Any:
    return client.post(reverse(f"desk:{page}", args=args), given, follow=follow)


def find(client: Any, **given: str) -> Any:
    return post(client, "persons", **({"kind": "resident_id", "number": "", "name": "", "phone": ""} | given))


def main(answer: Any) -> str:
    return answer.content.decode().split("<main")[1]


def test_the_clerk_finds_who_is_there_and_sees_them_masked(city: Any, counter: Any) -> None:
    person = city.account("resident").person_id
    for given in ({"number": NUMBER.lower()}, {"name": NAME, "phone": PHONE}):
        answer = find(counter, **given)
        assert answer.status_code == 302 and answer["Location"] == reverse("desk:person", args=[person])
    page = main(counter.get(answer["Location"]))
    assert "林**" in page and "9901************2X" in page and "139****0001" in page and "青禾" in page
    assert NAME not in page and NUMBER not in page and PHONE not in page
    assert not Look.objects.filter(person=person).exists(), "masked is not shown"


def test_a_part_of_a_name_finds_nobody_and_what_was_typed_of_a_number_does_not_come_back(counter: Any) -> None:
    assert "没有找到" in main(find(counter, name="林晓", phone=PHONE))
    wrong = find(counter, number=NUMBER[:-1])
    assert wrong.status_code == 422 and NUMBER[:-1] not in main(wrong)
    assert find(counter).status_code == 422


def test_a_record_that_is_not_before_the_clerk_is_absent_and_the_attempt_is_kept(city: Any, counter: Any) -> None:
    person = city.account("resident").person_id
    assert counter.get(reverse("desk:person", args=[person])).status_code == 404
    for name in ("verify_person", "show_person", "merge_person"):
        given = {"purpose": "service", "words": "打印", "kind": "resident_id", "number": NUMBER, "name": NAME,
                 "seen": "original", "other": str(city.account("agent").person_id), "reason": "同一人"}  # fmt: skip
        assert post(counter, name, person, **given).status_code == 404
    tried = [e for e in journal.trace("look", city.actor("counter").id) if e.verb == "people.foreign_person_tried"]
    assert len(tried) == 4


@pytest.mark.parametrize("login", ["resident", "supervisor", "acceptor", "administrator"])
def test_who_has_no_seat_at_a_counter_opens_none_of_it(city: Any, client: Any, login: str) -> None:
    city.signed_in(client, login)
    assert client.get(reverse("desk:persons")).status_code == 403
    assert client.get(reverse("desk:person", args=[city.account("agent").person_id])).status_code == 403


def test_data_are_shown_in_full_once_for_a_purpose_and_the_person_reads_it(city: Any, counter: Any) -> None:
    person = city.account("resident").person_id
    find(counter, number=NUMBER)
    assert post(counter, "show_person", person, purpose="service", words="").status_code == 422
    answer = post(counter, "show_person", person, purpose="service", words="打印回执")
    assert NUMBER in main(answer) and "no-store" in answer["Cache-Control"]
    assert NUMBER not in main(counter.get(reverse("desk:person", args=[person])))
    own = city.signed_in(counter, "resident").get(reverse("account:looks")).content.decode()
    assert "打印回执" in own and city.account("counter").name in own


def test_a_newcomer_is_verified_with_the_document_and_a_wrong_one_is_said(city: Any, counter: Any) -> None:
    person = city.account("newcomer").person_id
    find(counter, name="周新", phone="13900000013")
    given = {"kind": "resident_id", "number": number(), "name": "周新", "seen": "original"}
    assert post(counter, "verify_person", person, **given | {"number": "1"}).status_code == 422
    assert post(counter, "verify_person", person, **given | {"seen": ""}).status_code == 422
    assert "已当面核验" in main(post(counter, "verify_person", person, follow=True, **given))
    assert persons.one(person).level == "in_person"


def test_a_picture_of_the_document_is_kept_as_evidence(city: Any, counter: Any) -> None:
    person = city.account("newcomer").person_id
    find(counter, name="周新", phone="13900000013")
    given = {"kind": "resident_id", "number": number(), "name": "周新", "seen": "original"}
    address = reverse("desk:verify_person", args=[person])
    broken = counter.post(address, {**given, "photo": SimpleUploadedFile("card.jpg", b"no picture")})
    assert broken.status_code == 422 and persons.one(person).level == "unverified"
    whole = SimpleUploadedFile("card.jpg", pictures.sent(pictures.picture()))
    assert counter.post(address, {**given, "photo": whole}).status_code == 302
    (evidence,) = [e for e in journal.trace("person", str(person)) if e.verb == "people.person_verified"]
    assert str(Document.objects.get(pk=evidence.facts["photo"]).uploader) == city.actor("counter").id


def test_somebody_without_a_record_gets_one(counter: Any) -> None:
    missing = find(counter, name="周老太", phone="13900000088")
    assert "新建一份" in main(missing) and "13900000088" in main(missing)
    assert "周**" in main(post(counter, "open_person", name="周老太", phone="13900000088", follow=True))
    assert post(counter, "open_person", name="周老太", phone="1").status_code == 422


def test_a_representative_is_confirmed_with_the_licence(city: Any, counter: Any) -> None:
    boss = city.actor("agent")
    role = actions.register_firm("91990101M000100Y4A", "云汀小店", by=boss, at=city.now)
    find(counter, name="许文静", phone="13900000012")
    page = main(counter.get(reverse("desk:person", args=[role.person_id])))
    assert "等待窗口确认" in page
    given = {"firm": "云汀小店有限公司", "seen": "original"}
    page = main(post(counter, "confirm_firm_role", role.person_id, role.pk, follow=True, **given))
    assert "已确认法定代表人" in page and "云汀小店有限公司" in page
    assert FirmRole.objects.get(pk=role.pk).confirmed
    assert post(counter, "confirm_firm_role", role.person_id, role.pk, **given).status_code == 409


def test_the_cases_shown_are_those_the_clerk_may_read(city: Any, counter: Any) -> None:
    resident = city.account("resident")
    city.report(source="resident", by="resident", account=str(resident.pk))
    find(counter, number=NUMBER)
    answer = counter.get(reverse("desk:person", args=[resident.person_id]))
    assert [row.number in main(answer) for row in answer.context["cases"]] == [True]


def test_two_records_become_one_by_two_officials_and_two_again(city: Any, client: Any) -> None:
    folk = Folk(city)
    double = folk.resident("double", NAME, PHONE)
    first, second = city.account("resident").person_id, folk.person(double).pk
    city.signed_in(client, "counter")
    both = find(client, name=NAME, phone=PHONE)
    assert str(first) in main(both) and str(second) in main(both)
    page = main(client.get(reverse("desk:person", args=[second])))
    assert f'value="{first}"' in page
    assert post(client, "merge_person", second, other="", reason="本人确认").status_code == 422
    asked = post(client, "merge_person", second, other=str(first), reason="本人当面确认", follow=True)
    assert "等待另一位人员审批" in main(asked)
    assert post(client, "merge_person", second, other=str(first), reason="再来一次").status_code == 409
    assert client.get(reverse("desk:mergings")).status_code == 403
    city.signed_in(client, "administrator")
    listed = client.get(reverse("desk:mergings"))
    (pair,) = listed.context["pairs"]
    assert (pair.into.id, pair.other.id) == (first, second), "the verified one stays"
    assert NAME not in main(listed) and NUMBER not in main(client.get(reverse("desk:merging", args=[pair.asked.pk])))
    assert post(client, "merging", pair.asked.pk, go="").status_code == 422
    assert post(client, "merging", pair.asked.pk, go="approve").status_code == 302
    assert folk.person(double).pk == first
    merge = PersonMerge.objects.get()
    assert post(client, "undo_merging", merge.pk, reason="").status_code == 422
    assert post(client, "undo_merging", merge.pk, reason="不是同一人").status_code == 302
    assert folk.person(double).pk == second


def test_who_named_a_number_that_is_held_is_offered_merging_and_not_told_with_whom(city: Any, counter: Any) -> None:
    person = city.account("newcomer").person_id
    find(counter, name="周新", phone="13900000013")
    given = {"kind": "resident_id", "number": NUMBER, "name": "周新", "seen": "original"}
    page = main(post(counter, "verify_person", person, follow=True, **given))
    assert "另有一份档案" in page and "林" not in page
    other = city.account("resident").person_id
    asked = post(counter, "merge_person", person, other=str(other), reason="本人确认都是其档案", follow=True)
    assert "等待另一位人员审批" in main(asked)
