"""The dispatch desk: its queue, the open case with its verbs, and who may use it."""

import re

import pytest

from zhongshu.channels.desk.dispatch.tests.stories import handlers, on_duty, sent_back, task, with_a_body
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.models import Pause, Task
from zhongshu.engine.cases.queries import one
from zhongshu.engine.cases.queries.desk import KINDS
from zhongshu.registers.people.models import Body, Grant

pytestmark = pytest.mark.django_db
DESK, NOISE = "/desk/dispatch/", "1603"


def act(client, opened, name, headers=None, **sent):
    return client.post(f"{DESK}{opened.number}/tasks/{task(opened).token}/{name}/", sent, headers=headers)


def shown(client, address=DESK, part=""):
    headers = {"HX-Request": "true", "HX-Target": part} if part else None
    return client.get(address, headers=headers).content.decode()


def test_a_case_that_waits_for_a_person_is_first_and_says_why(city, client):
    opened = sent_back(city)
    city.signed_in(client, "dispatcher")
    assert f'id="case-{opened.number}"' in shown(client)
    page = shown(client, f"{DESK}?show=person&case={opened.number}")
    assert "派给" in page and "已退回过" in page and 'aria-current="true"' in page


def test_a_dispatcher_takes_a_suggestion_with_one_click(city, client):
    opened = sent_back(city)
    body = str(one.view(opened.case_id).data["dispatch"]["ranking"][0]["body"])
    city.signed_in(client, "dispatcher")
    answer = act(client, opened, "complete", body=body, reason="职责清单规定", show="person")
    assert answer.url == f"{DESK}?show=person&case={opened.number}&said=complete"
    assert one.view(opened.case_id).row.body == int(body)
    assert "已提交。" in shown(client, answer.url)


def test_each_tab_holds_what_its_name_says(city, client):
    waits, returned = with_a_body(city), sent_back(city)
    stands = with_a_body(city, spot=city.spot(3))
    Task.objects.filter(case_id=waits.case_id).update(due=city.now.replace(year=2020))
    Pause.objects.create(case_id=stands.case_id, started=city.now, reason="等待鉴定", actor=city.account("leader").pk)
    city.signed_in(client, "supervisor")
    tabs = {kind: shown(client, f"{DESK}?show={kind}", "queue") for kind in KINDS}
    assert returned.number in tabs["person"] and waits.number not in tabs["person"]
    assert waits.number in tabs["officer"] and returned.number not in tabs["officer"]
    assert all(opened.number in tabs["running"] for opened in (waits, returned, stands))
    assert stands.number in tabs["suspended"] and waits.number not in tabs["suspended"]
    assert waits.number in tabs["late"] and "已超时" in tabs["late"] and returned.number not in tabs["late"]


def test_an_officer_near_by_is_called_over_with_one_click(city, client):
    opened = with_a_body(city)
    near = handlers(city, opened)[0]
    on_duty(city, near, opened)
    page = city.signed_in(client, "dispatcher").get(f"{DESK}?case={opened.number}").content.decode()
    assert near.name in page and "叫来" in page and "路程约 0 分钟" in page
    answer = act(client, opened, "call", headers={"HX-Request": "true"}, officer=str(near.pk), holder="")
    assert answer["HX-Trigger"] == "desk:acted" and "已叫来" in answer.content.decode()
    assert task(opened).assignee == near.pk
    entry = city.trace(opened.case_id)[-1]
    assert (entry["verb"], entry["actor"]) == ("case.task_assigned", city.actor("dispatcher").id)
    assert "就近叫来" in entry["facts"]["reason"]


def test_of_two_who_call_different_officers_the_second_reads_what_happened(city, client):
    opened = with_a_body(city)
    first, second = handlers(city, opened)[:2]
    city.signed_in(client, "supervisor")
    act(client, opened, "call", officer=str(first.pk), holder="")
    late = act(client, opened, "call", headers={"HX-Request": "true"}, officer=str(second.pk), holder="", revision="1")
    assert (
        late.status_code == 409 and first.name in late.content.decode() and "这期间发生了什么" in late.content.decode()
    )
    assert task(opened).assignee == first.pk


def test_a_dispatcher_calls_nobody_away_from_whom_a_task_was_given(city, client):
    opened = with_a_body(city)
    first, second = handlers(city, opened)[:2]
    cases.assign(opened.case_id, task(opened).token, first.pk, "当班", by=city.actor("supervisor"), at=city.now)
    city.signed_in(client, "dispatcher")
    assert act(client, opened, "call", officer=str(second.pk), holder=str(first.pk)).status_code == 403
    assert task(opened).assignee == first.pk


def test_a_case_is_given_to_another_body_in_one_step(city, client):
    opened = with_a_body(city)
    before = one.view(opened.case_id).row.body
    other = Body.objects.filter(kind="bureau", ended=None).exclude(pk=before).first().pk
    city.signed_in(client, "dispatcher")
    assert "改派给其他单位" in shown(client, f"{DESK}?case={opened.number}", "pane")
    act(client, opened, "redirect", body=str(other), reason="道路由区里养护")
    found = one.view(opened.case_id)
    assert (found.row.body, -found.open_tasks[0].pool) == (other, other)
    verbs = [entry["facts"].get("task") for entry in city.trace(opened.case_id)][-2:]
    assert verbs == ["handle", "choose"]


def test_a_task_taken_back_waits_for_a_dispatcher_again(city, client):
    opened = with_a_body(city)
    city.signed_in(client, "supervisor")
    missing = act(client, opened, "return", reason="")
    assert missing.status_code == 422 and "请写明原因" in missing.content.decode()
    act(client, opened, "return", reason="单位职责调整")
    assert task(opened).element == "choose"
    assert opened.number in shown(client, f"{DESK}?show=person", "queue")


def test_nothing_is_given_to_a_body_that_is_none_and_what_was_typed_stays(city, client):
    opened = with_a_body(city)
    city.signed_in(client, "dispatcher")
    for body in ("", "x", "999999999"):
        answer = act(client, opened, "redirect", body=body, reason="道路由区里养护")
        assert answer.status_code == 422 and "道路由区里养护" in answer.content.decode()
    assert task(opened).element == "handle"


def test_who_may_blow_the_whistle_finds_it_ready_with_one_click(city, client):
    opened = with_a_body(city, category=NOISE)
    handler = handlers(city, opened)[0]
    Grant.objects.create(account=handler, role="dispatcher", starts=city.now, given_by=city.account("administrator").pk)
    address = f"{DESK}?case={opened.number}"
    assert "result=whistle" in shown(city.signed_in(client, handler.login), address)
    ready = shown(client, f"{address}&result=whistle")
    assert re.search(r'value="whistle"[^>]*checked', ready) and 'id="field-request"' in ready
    assert "result=whistle" not in shown(city.signed_in(client, "dispatcher"), address)


def test_who_does_not_dispatch_has_no_desk_and_sees_no_officer(city, client):
    opened = with_a_body(city)
    city.signed_in(client, "acceptor")
    for address in (DESK, f"{DESK}points/", f"{DESK}officers/"):
        assert client.get(address).status_code == 403
    assert act(client, opened, "return", reason="单位职责调整").status_code == 403


def test_what_lies_elsewhere_is_not_on_the_desk_of_a_district(city, client):
    opened = with_a_body(city)
    district = int(str(one.view(opened.case_id).row.place)[:6])
    seats = Grant.objects.filter(role="dispatcher", place__gte=100_000).order_by("pk")
    ours = seats.filter(place=district)[0].account.login
    theirs = seats.exclude(place=district)[0].account.login
    address = f"{DESK}?show=officer"
    assert opened.number in city.signed_in(client, ours).get(address).content.decode()
    assert opened.number not in city.signed_in(client, theirs).get(address).content.decode()
    assert client.get(f"{address}&case={opened.number}").status_code == 404


def test_pages_go_on_where_the_last_one_ended(city, client):
    numbers = {with_a_body(city, spot=city.spot(n)).number for n in range(52)}
    city.signed_in(client, "supervisor")
    for kind in ("officer", "running"):
        first = client.get(f"{DESK}?show={kind}", headers={"HX-Request": "true", "HX-Target": "queue"})
        queue = first.context["queue"]
        second = client.get(queue.next, headers={"HX-Request": "true", "HX-Target": "queue"}).context["queue"]
        seen = [item.row.number for item in (*queue.items, *second.items)]
        assert len(queue.items) == 50 and sorted(seen) == sorted(numbers) and not second.next


def test_the_desk_costs_the_same_however_much_waits(city, client, django_assert_max_num_queries):
    opened = with_a_body(city)
    for account in handlers(city, opened):
        on_duty(city, account, opened)
    city.signed_in(client, "supervisor").get(f"{DESK}?case={opened.number}")
    for number in range(20):
        with_a_body(city, spot=city.spot(number))
    for part, most in (("", 19), ("queue", 8), ("pane", 13)):
        with django_assert_max_num_queries(most):
            shown(client, f"{DESK}?show=officer&case={opened.number}", part)


def test_an_empty_desk_says_so_and_shows_who_is_on_shift(city, client):
    page = city.signed_in(client, "dispatcher").get(DESK).content.decode()
    assert "您的范围内没有在办的办件" in page and "在班人员" in page
