"""What the platform has told a visitor: listed, counted, read, theirs alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from zhongshu.engine.messages import actions, queries
from zhongshu.engine.messages.models import Message

pytestmark = pytest.mark.django_db

FACTS = {"title": "路灯", "title_en": "Street lamp", "number": "SJ1", "phase": "处置中", "phase_en": "Being handled"}


def tell(city: Any, login: str, ago: int, template: str = "case.advanced", **facts: Any) -> None:
    """A message to an account, `ago` minutes ago."""
    account = city.account(login).pk
    at = city.now - timedelta(minutes=ago)
    assert actions.send(template, FACTS | facts, key=f"{login}{ago}", account=account, case_id=account, at=at)


@pytest.fixture
def resident(city: Any, client: Client) -> Client:
    return city.signed_in(client, "resident")


def page(client: Client, address: str = "/messages/") -> str:
    return client.get(address).content.decode()


def test_a_message_is_new_until_it_has_been_looked_at(city: Any, resident: Client) -> None:
    tell(city, "resident", 1)
    assert page(resident, "/").count('class="unread"') == 1
    first = page(resident)
    assert "您上报的“路灯”（SJ1）有新进展：处置中。" in first and first.count("is-new") == 1
    second = page(resident)
    assert "SJ1" in second and "is-new" not in second and 'class="unread"' not in second


def test_a_message_speaks_the_language_of_the_page(city: Any, resident: Client) -> None:
    tell(city, "resident", 1)
    resident.cookies["language"] = "en"
    assert "Your report “Street lamp” (SJ1) has moved on: Being handled." in page(resident)


def test_nobody_reads_or_marks_the_messages_of_others(city: Any, resident: Client) -> None:
    tell(city, "supervisor", 1)
    assert "SJ1" not in page(resident) and "现在没有消息" in page(resident)
    resident.post("/messages/read/")
    actions.mark_read(Message.objects.values_list("pk", flat=True), city.actor("resident"), city.now)
    assert queries.unread(city.actor("supervisor")) == 1


def test_only_what_was_shown_is_read_and_older_ones_stand_on_the_next_page(city: Any, resident: Client) -> None:
    for number in range(queries.PAGE + 3):
        tell(city, "resident", number, number=f"SJ-{number}-")
    first = page(resident)
    assert "SJ-49-" in first and "SJ-50-" not in first and queries.unread(city.actor("resident")) == 3
    older = first.split('rel="next" href="')[1].split('"')[0]
    rest = page(resident, f"/messages/{older}")
    assert all(f"SJ-{number}-" in rest for number in (50, 51, 52)) and "SJ-49-" not in rest
    assert queries.unread(city.actor("resident")) == 0


def test_everything_is_read_at_once_when_one_says_so(city: Any, resident: Client) -> None:
    for number in range(queries.MANY + 5):
        tell(city, "resident", number)
    assert ">99+<" in page(resident, "/")
    assert resident.get("/messages/read/").status_code == 405
    resident.post("/messages/read/")
    assert 'class="unread"' not in page(resident, "/")


def test_an_officer_is_led_to_the_task(city: Any, client: Client) -> None:
    tell(city, "grid001", 1, "task.assigned", task="处置", token=7)
    tell(city, "supervisor", 1, "task.assigned", task="结案", token=7)
    assert 'href="/mobile/cases/SJ1/tasks/7/"' in page(city.signed_in(client, "grid001"))
    assert 'href="/desk/cases/SJ1/"' in page(city.signed_in(client, "supervisor"))


def test_messages_cost_the_same_however_many_there_are(
    city: Any, resident: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        tell(city, "resident", number)
    page(resident)
    with django_assert_max_num_queries(6):
        page(resident)


def test_a_stranger_signs_in_first_and_costs_no_count(
    client: Client, city: Any, django_assert_num_queries: Any
) -> None:
    assert client.get("/messages/").url == "/sign-in/?next=%2Fmessages%2F"
    page(client, "/")
    with django_assert_num_queries(0):
        page(client, "/")


def test_who_is_asked_to_decide_is_led_to_where_it_is_decided(city: Any, client: Client) -> None:
    asked = {"kind": "职责清单变更", "about": "", "who": "王敏", "reason": "机构调整。", "number": ""}
    proposal = "00000000-0000-0000-0000-000000000007"
    tell(city, "leader", 1, "approval.asked", **asked, asks="responsibility.change", proposal=proposal)
    tell(city, "leader", 2, "approval.asked", **asked | {"number": "SJ7", "asks": "case.suspend"}, proposal=proposal)
    shown = page(city.signed_in(client, "leader"))
    assert "王敏申请“职责清单变更”，等您审批。理由：机构调整。" in shown and shown.count("去审批") == 2
    assert f'href="/desk/duties/proposals/{proposal}/"' in shown and 'href="/desk/cases/SJ7/"' in shown
