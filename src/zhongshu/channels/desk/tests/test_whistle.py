"""At the desk: whom the street whistled for, what they answered, calling more, letting go, giving marks."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import whistle as called
from zhongshu.engine.cases.tests.test_whistle import Whistle, others
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Account

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


@pytest.fixture
def walk(city):
    """Two bodies are called to a noise."""
    return Whistle(city, number=2)


@pytest.fixture
def page(city, client, walk):
    """The page of the case for an account; the one who blew the whistle unless told otherwise."""

    def open_page(account=None):
        return text(city.signed_in(client, account or _login(walk.street)).get(f"/desk/cases/{walk.held.number}/"))

    return open_page


def _login(actor):
    return Account.objects.get(pk=actor.id).login


def post(client, walk, path, **typed):
    return client.post(f"/desk/cases/{walk.held.number}/{path}/", {"reason": "夜间联合检查"} | typed)


def test_the_street_sees_the_bodies_and_may_call_one_more(client, walk, page):
    shown = page()
    assert shown.count("待报到") == 2 and "共点名 2 个" in shown and "加点一个单位" in shown
    more = others(walk, 3)[2]
    assert post(client, walk, "calls", body=more, hours="3").status_code == 302
    assert [call.body for call in called.calls(walk.id)] == [*walk.bodies, more]


def test_a_called_body_sees_the_table_but_none_of_the_street_s_forms(client, walk, page):
    shown = page(_login(walk.crew(walk.bodies[1])))
    assert "吹哨报到" in shown and "加点一个单位" not in shown and "撤回对" not in shown
    assert post(client, walk, "calls", body=others(walk, 3)[2]).status_code == 403


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [({"body": ""}, "请选择点名的单位"), ({"hours": "x"}, "时限须为 1 至 720 小时"), ({"reason": ""}, "请写明原因")],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, walk, page, typed, sentence):
    page()
    answer = post(client, walk, "calls", **{"body": others(walk, 3)[2], "hours": "3"} | typed)
    assert answer.status_code == 422 and sentence in text(answer) and 'role="alert"' in text(answer)
    assert len(called.calls(walk.id)) == 2


def test_one_is_let_go_and_another_leads(client, walk, page):
    page()
    first, second = (walk.waiting(body).token for body in walk.bodies)
    assert post(client, walk, f"calls/{first}/off").status_code == 422
    assert post(client, walk, f"calls/{second}/lead").status_code == 302
    assert post(client, walk, f"calls/{first}/off").status_code == 302
    assert [(call.lead, call.state) for call in called.calls(walk.id)] == [(False, "off"), (True, "open")]
    assert "已撤回点名" in page()


def test_marks_are_given_after_the_answer_and_only_once(client, walk, page):
    body = walk.bodies[0]
    token = walk.waiting(body).token
    marks = {"response": "5", "result": "4", "attitude": "3"}
    page()
    assert post(client, walk, f"calls/{token}/marks", **marks).status_code == 409
    walk.answer(body)
    assert "给" in page() and "评分" in page()
    wrong = post(client, walk, f"calls/{token}/marks", **marks | {"result": ""})
    assert wrong.status_code == 422 and "请给每一项打 1 至 5 分" in text(wrong) and "夜间联合检查" in text(wrong)
    assert post(client, walk, f"calls/{token}/marks", **marks).status_code == 302
    assert "<strong>80</strong>" in page()
    assert post(client, walk, f"calls/{token}/marks", **marks).status_code == 409


def test_what_happened_is_told_with_the_body_s_name(city, walk, page):
    walk.answer(walk.bodies[0])
    assert f"部门报到（{people.body_name(walk.bodies[0])}）：已完成" in page()


def test_the_table_takes_one_statement_however_many_are_called(city, client, walk, django_assert_max_num_queries):
    city.signed_in(client, _login(walk.street))
    address = f"/desk/cases/{walk.held.number}/"
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    for more in others(walk, 6)[2:]:
        cases.call_body(walk.id, more, "请来", by=walk.street, at=city.now)
    with django_assert_max_num_queries(len(found) + 1):
        client.get(address)
