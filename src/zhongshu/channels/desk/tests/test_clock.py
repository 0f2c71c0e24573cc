"""At the desk: asking for the clock to stop or for more time, granting it, going on."""

import pytest

from zhongshu.base.approvals.models import Proposal
from zhongshu.engine.cases.queries import clocks

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


@pytest.fixture
def opened(city):
    return city.report()


def asked(city, client, opened, **typed):
    city.signed_in(client, "supervisor")
    return client.post(f"/desk/cases/{opened.number}/suspend/", {"reason": "等待开挖许可"} | typed)


def decided(client, opened, **typed):
    proposal = Proposal.objects.get()
    return client.post(f"/desk/cases/{opened.number}/proposals/{proposal.pk}/", {"go": "approve", "reason": ""} | typed)


def test_one_asks_another_grants_and_the_clock_stands_still_until_it_goes_on(city, client, opened):
    assert asked(city, client, opened).status_code == 302
    assert "等待审批" in text(client.get(f"/desk/cases/{opened.number}/"))
    city.signed_in(client, "leader")
    assert opened.number in text(client.get("/desk/")) and "等您审批" in text(client.get("/desk/"))
    assert decided(client, opened).status_code == 302
    assert clocks.stopped(opened.case_id) is not None
    city.signed_in(client, "supervisor")
    assert "已挂起" in text(client.get(f"/desk/cases/{opened.number}/"))


def test_nobody_grants_what_they_asked_for(city, client, opened):
    asked(city, client, opened)
    page = text(client.get(f"/desk/cases/{opened.number}/"))
    assert "等待审批" in page and 'value="approve"' not in page
    assert decided(client, opened).status_code == 403 and clocks.stopped(opened.case_id) is None


def test_a_refusal_without_words_comes_back(city, client, opened):
    asked(city, client, opened)
    city.signed_in(client, "leader")
    answer = decided(client, opened, go="refuse")
    assert answer.status_code == 422 and "请写明理由" in text(answer)
    assert decided(client, opened, go="refuse", reason="可以先围挡").status_code == 302


@pytest.mark.parametrize(("amount", "said"), [("", "须为整数"), ("很多", "须为整数"), ("99", "不超过原定期限")])
def test_how_much_more_time_is_checked_and_the_reason_stays(city, client, opened, amount, said):
    city.signed_in(client, "supervisor")
    address = f"/desk/cases/{opened.number}/tasks/{opened.tasks[0].token}/extend/"
    answer = client.post(address, {"amount": amount, "reason": "要等备件"})
    assert answer.status_code == 422 and said in text(answer) and "要等备件" in text(answer)
    assert client.post(address, {"amount": "1", "reason": "要等备件"}).status_code == 302


def test_who_has_no_part_in_it_sees_no_forms(city, client, opened):
    assert "申请挂起" not in text(city.signed_in(client, "dispatcher").get(f"/desk/cases/{opened.number}/"))
    assert client.post(f"/desk/cases/{opened.number}/suspend/", {"reason": "等待许可"}).status_code == 403


def test_a_suspended_case_says_so_in_the_lists_instead_of_having_no_limit(city, client, opened):
    asked(city, client, opened)
    city.signed_in(client, "leader")
    decided(client, opened)
    city.signed_in(client, "supervisor")
    listed = text(client.get("/desk/cases/"))
    assert opened.number in listed and listed.count("已挂起") == 1 and "不限时" not in listed
    client.post(f"/desk/cases/{opened.number}/resume/")
    assert "已挂起" not in text(client.get("/desk/cases/"))
