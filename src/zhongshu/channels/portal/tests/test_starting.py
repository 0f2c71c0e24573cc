"""A resident applies for something that no report of a place begins."""

from typing import Any

from django.test import Client

from zhongshu.engine.cases.models import Case, Contact
from zhongshu.engine.cases.tests.asked import bureaus, kept
from zhongshu.engine.messages.models import Message

ONE = "/start/story-asking/"


def typed(**changes: Any) -> dict[str, Any]:
    return {"subject": "想开一家店", "bodies": bureaus(2), "by": "2099-01-01", "report-go": "send"} | changes


def applied(city: Any, client: Client) -> Case:
    """The resident's application, sent."""
    kept(city.now, by='"applicant"', roles="")
    city.signed_in(client, "resident")
    sent = client.post(ONE, typed())
    case = Case.objects.get(scenario="story-asking")
    assert sent.status_code == 302 and sent.headers["Location"] == f"/start/sent/{case.pk}/"
    return case


def test_an_application_is_its_applicant_s_and_lies_in_the_city(city: Any, client: Client) -> None:
    from zhongshu.engine.cases.queries import starting

    case = applied(city, client)
    contact = Contact.objects.get(case_id=case.pk)
    assert str(contact.account) == city.actor("resident").id and contact.query_digest is None
    assert case.source == "applicant" and case.category == "" and case.place == starting.city()
    assert "started" not in case.data
    assert case.number in client.get(f"/start/sent/{case.pk}/").text
    mine = client.get("/mine/").text
    assert "想开一家店" in mine and 'href="/start/story-asking/"' in mine
    assert "想开一家店" in client.get(f"/track/{case.pk}/").text


def test_the_applicant_is_told_that_they_applied_not_that_they_reported(city: Any, client: Client) -> None:
    case = applied(city, client)
    city.react()
    told = set(Message.objects.filter(case_id=case.pk, account=city.account("resident").pk).values_list("template"))
    assert told == {("start.opened",)}


def test_what_an_applicant_typed_goes_with_the_rest_of_their_data(city: Any, client: Client) -> None:
    from datetime import timedelta

    from zhongshu.base.permissions.rules import SYSTEM
    from zhongshu.engine.cases import actions as cases
    from zhongshu.engine.cases.actions.personal import Contacts

    case = applied(city, client)
    cases.withdraw(case.pk, "不办了", by=city.actor("resident"), at=city.now)
    later = city.now + timedelta(days=1)
    Contacts().expire(None, later, 100, by=SYSTEM, at=later)
    case.refresh_from_db()
    assert case.title == case.number and case.data["answers"] == {}


def test_nobody_else_sees_that_it_was_received(city: Any, client: Client) -> None:
    case = applied(city, client)
    city.signed_in(client, "supervisor")
    assert client.get(f"/start/sent/{case.pk}/").status_code == 404


def test_one_signs_in_first_and_what_is_not_for_applicants_is_absent(city: Any, client: Client) -> None:
    kept(city.now)
    assert client.get(ONE).headers["Location"].startswith("/sign-in/")
    city.signed_in(client, "resident")
    assert client.get(ONE).status_code == client.get("/start/noise/").status_code == 404
    assert "/start/" not in client.get("/mine/").text


def test_large_type_asks_one_question_a_page_and_keeps_what_was_typed(city: Any, client: Client) -> None:
    kept(city.now, by='"applicant"', roles="")
    city.signed_in(client, "resident")
    client.cookies["mode"] = "elder"
    assert "第 1 步，共 3 步" in client.get(ONE).text
    second = client.post(ONE, {"subject": "想开一家店", "report-step": "subject", "report-go": "next"})
    assert "第 2 步，共 3 步" in second.text and "想开一家店" in second.text
    assert client.post(ONE, {"subject": "", "report-step": "subject", "report-go": "next"}).status_code == 422
