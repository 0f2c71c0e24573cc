"""What a person sees of themselves: who they are, who looked, whom they act for."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from zhongshu.engine.cases import actions as cases
from zhongshu.registers.people.models import Firm, FirmRole, Look
from zhongshu.registers.people.queries import persons
from zhongshu.registers.people.tests.folk import Folk, number

NUMBER = "99010219861103102X"
"""Of the demo's resident."""


def shown(client: Any, name: str, *args: Any, status: int = 200, **query: str) -> str:
    answer = client.get(reverse(f"account:{name}", args=args), query)
    assert answer.status_code == status
    return answer.content.decode()


def test_nobody_sees_anything_signed_out(city: Any, client: Any) -> None:
    for name in ("me", "looks", "firms"):
        assert client.get(reverse(f"account:{name}")).status_code == 302


def test_ones_own_number_is_masked_until_asked_for_and_asking_is_a_look(city: Any, client: Any) -> None:
    page = shown(city.signed_in(client, "resident"), "me")
    assert "9901************2X" in page and NUMBER not in page and "林**" in page and "林晓舟</dd>" not in page
    before = Look.objects.count()
    answer = client.post(reverse("account:me_whole"))
    assert NUMBER in answer.content.decode() and "no-store" in answer["Cache-Control"]
    assert Look.objects.count() == before + 1 and "本人" in shown(client, "looks")
    assert NUMBER not in shown(client, "me")


def test_a_newcomer_says_who_they_are_and_is_told_what_became_of_it(city: Any, client: Any) -> None:
    city.signed_in(client, "newcomer")
    typed = {"kind": "resident_id", "name": "周新", "number": "990102198611031021"}
    assert "同意后再核验" in client.post(reverse("account:me"), typed).content.decode()
    agreed = {"consent": "yes", "consent-version": "1"}
    wrong = client.post(reverse("account:me"), typed | agreed)
    assert wrong.status_code == 422 and "逐位核对" in wrong.content.decode()
    assert "990102198611031021" not in wrong.content.decode(), "a number is typed anew rather than sent back"
    taken = client.post(reverse("account:me"), typed | agreed | {"number": NUMBER}, follow=True)
    assert "另一份档案" in taken.content.decode() and "林" not in taken.content.decode().split("<main")[1]
    said = client.post(reverse("account:me"), typed | agreed | {"number": number()}, follow=True)
    assert "尚未核验" in said.content.decode()
    assert persons.of_account(city.account("newcomer").pk).id_kind == "resident_id"


def test_an_official_has_no_person_here(city: Any, client: Any) -> None:
    city.signed_in(client, "acceptor")
    assert "工作账号" in shown(client, "me") and "工作账号" in shown(client, "looks")
    assert client.post(reverse("account:me_whole")).status_code == 404


def test_a_person_reads_who_looked_and_nobody_else_does(city: Any, client: Any) -> None:
    resident = city.account("resident")
    case_id = city.report(source="resident", by="resident", account=str(resident.pk)).case_id
    cases.reveal_contact(case_id, "回访核实位置", by=city.actor("acceptor"), at=city.now)
    page = shown(city.signed_in(client, "resident"), "looks")
    assert "回访核实位置" in page and city.account("acceptor").name in page and str(case_id) in page
    assert "回访核实位置" not in shown(city.signed_in(client, "agent"), "looks")


def test_looks_are_turned_over_page_by_page(city: Any, client: Any) -> None:
    person = city.account("resident").person_id
    for minute in range(45):
        at = city.now - timedelta(minutes=minute)
        Look.objects.create(
            person_id=person, at=at, by=city.actor("counter").id, what="contact", purpose="legal", words=f"第{minute}次"
        )
    city.signed_in(client, "resident")
    read, query = list[str](), dict[str, str]()
    for _ in range(4):
        answer = client.get(reverse("account:looks"), query)
        read += [line.words for line in answer.context["lines"]]
        query = {"after": answer.context["next"]}
        if not query["after"]:
            break
    assert [words for words in read if words.startswith("第")] == [f"第{n}次" for n in range(45)]


def test_a_firm_is_seen_by_who_acts_for_it_and_absent_to_others(city: Any, client: Any) -> None:
    firm = Firm.objects.get()
    page = shown(city.signed_in(client, "resident"), "firm", firm.pk)
    assert firm.uscc in page and "许**" in page and "许文静" not in page and 'name="matters"' in page
    page = shown(city.signed_in(client, "agent"), "firm", firm.pk)
    assert "市容卫生" in page and 'name="matters"' not in page and "林" not in page.split("<main")[1]
    assert shown(city.signed_in(client, "newcomer"), "firm", firm.pk, status=404)
    assert shown(city.signed_in(client, "acceptor"), "firm", firm.pk, status=404)


def test_a_representative_sends_an_agent_and_ends_them(city: Any, client: Any) -> None:
    firm, folk = Firm.objects.get(), Folk(city)
    worker = folk.resident("worker", "孙二", "13900000072")
    folk.verified(worker, number(serial="012"))
    city.signed_in(client, "resident")
    address = reverse("account:firm", args=[firm.pk])
    given = {"name": "孙二", "phone": "13900000072", "matters": ["14"], "ends": (city.now + timedelta(days=9)).date()}
    for missing in ("matters", "ends", "name"):
        answer = client.post(address, {k: v for k, v in given.items() if k != missing})
        assert answer.status_code == 422 and "13900000072" in answer.content.decode()
    assert client.post(address, given).status_code == 302
    role = FirmRole.objects.get(person=folk.person(worker))
    assert role.matters == ["14"]
    end = reverse("account:end_firm_role", args=[firm.pk, role.pk])
    assert client.post(end, {"reason": ""}).status_code == 422
    assert client.post(end, {"reason": "已离职"}).status_code == 302
    role.refresh_from_db()
    assert role.ended is not None


def test_a_firm_is_registered_by_who_is_verified(city: Any, client: Any) -> None:
    given = {"uscc": "91990101M000100Y4A", "name": "云汀小店"}
    city.signed_in(client, "newcomer")
    assert "先核验" in shown(client, "firms")
    assert client.post(reverse("account:firms"), given).status_code == 403
    city.signed_in(client, "agent")
    wrong = client.post(reverse("account:firms"), {**given, "uscc": "123"})
    assert wrong.status_code == 422 and "云汀小店" in wrong.content.decode()
    page = client.post(reverse("account:firms"), given, follow=True).content.decode()
    assert "等待窗口确认" in page and "营业执照" in page


@pytest.mark.parametrize("odd", ["91990101M000100Y4B"])
def test_a_code_whose_check_fails_is_taken_with_a_warning(city: Any, client: Any, odd: str) -> None:
    city.signed_in(client, "agent")
    page = client.post(reverse("account:firms"), {"uscc": odd, "name": "云汀老厂"}, follow=True).content.decode()
    assert "校验位" in page
