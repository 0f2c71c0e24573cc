"""At the desk: asking the applicant for what is missing, urging, cancelling, tying cases."""

import pytest

from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import links, supplement
from zhongshu.engine.cases.tests.test_supplement import LATER, Report
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.registers.people.models import Account

pytestmark = pytest.mark.django_db
ASKED = {"what": ["噪声的时间", "", "门牌号"], "why": ["查不到时段", "", "找不到地方"]}


def text(answer):
    return answer.content.decode()


def login(actor):
    return Account.objects.get(pk=actor.id).login


def page(client, walk):
    return text(client.get(f"/desk/cases/{walk.held.number}/"))


def post(client, walk, path, **typed):
    return client.post(f"/desk/cases/{walk.held.number}/{path}/", {"reason": "市民在等"} | typed)


@pytest.fixture
def report(city):
    return Report(city)


def asked(city, client, report, **typed):
    city.signed_in(client, login(report.acceptor))
    return post(client, report, f"tasks/{report.task('accept').token}/supplement", **ASKED | typed)


def test_the_acceptor_asks_for_everything_in_one_list_and_sees_that_it_waits(city, client, report):
    city.signed_in(client, login(report.acceptor))
    assert "一次性告知申请人" in page(client, report)
    assert asked(city, client, report).status_code == 302
    shown = page(client, report)
    assert "等申请人补正" in shown and "找不到地方" in shown and "恢复计时" not in shown
    assert "一次性告知申请人" not in shown


def test_a_list_with_half_a_row_comes_back_as_it_was(city, client, report):
    answer = asked(city, client, report, why=["查不到时段", "", ""])
    assert answer.status_code == 422 and "补什么和为什么" in text(answer) and 'value="门牌号"' in text(answer)
    assert supplement.of_case(report.id) == []


def test_what_came_stands_on_the_page(city, client, report):
    asked(city, client, report)
    photo = city.photo(report.resident)
    report.answer({"text_1": "每天夜里十一点", "photos_2": [photo]})
    shown = page(client, report)
    assert "已补正" in shown and "每天夜里十一点" in shown and f"/photos/{photo}/" in shown
    again = asked(city, client, report)
    assert again.status_code == 409 and "只能一次告知" in text(again) and "门牌号" in text(again)


def test_waiting_is_ended_with_a_reason(city, client, report):
    asked(city, client, report)
    assert "请写明原因" in text(post(client, report, "supplement/drop", reason=""))
    assert post(client, report, "supplement/drop").status_code == 302
    assert "已结束等待" in page(client, report)


def test_what_nobody_added_in_time_may_be_called_withdrawn(city, client, report):
    city.signed_in(client, login(report.acceptor))
    assert post(client, report, "supplement/withdrawn").status_code == 409
    asked(city, client, report)
    cases.lapse_supplements(city.now + LATER)
    assert "按撤回申请处理" in page(client, report)
    assert post(client, report, "supplement/withdrawn").status_code == 302
    assert "申请已撤回" in page(client, report)


def test_who_may_not_accept_sees_no_form_and_is_refused(city, client, report):
    city.signed_in(client, "leader")
    assert "一次性告知" not in page(client, report)
    token = report.task("accept").token
    assert post(client, report, f"tasks/{token}/supplement", **ASKED).status_code == 403


def test_the_shift_urges_and_the_lists_say_how_often(city, client):
    walk = Walk(city)
    city.signed_in(client, "supervisor")
    path = f"tasks/{walk.task('handle').token}/urge"
    assert "请写明原因" in text(post(client, walk, path, reason=""))
    assert post(client, walk, path).status_code == 302
    assert "催 1" in page(client, walk) and "催 1" in text(client.get("/desk/cases/"))
    assert "催 1" in text(client.get("/desk/dispatch/?show=running"))
    again = post(client, walk, path)
    assert again.status_code == 409 and "一小时后" in text(again)
    city.signed_in(client, login(walk.doer("handle")))
    assert "催 1" in text(client.get("/desk/")) and "催 1" in text(client.get("/mobile/"))
    assert post(client, walk, path).status_code == 403


def test_the_shift_cancels_and_who_comes_later_is_told(city, client):
    walk = Walk(city)
    city.signed_in(client, "leader")
    assert "撤销这个办件" not in page(client, walk) and post(client, walk, "cancel").status_code == 403
    city.signed_in(client, "supervisor")
    revision = walk.held.revision
    assert "撤销这个办件" in page(client, walk) and "请写明原因" in text(post(client, walk, "cancel", reason=""))
    assert post(client, walk, "cancel").status_code == 302 and "已撤销" in page(client, walk)
    late = post(client, walk, "cancel", revision=revision)
    assert late.status_code == 409 and "这期间发生了什么" in text(late)


def test_two_cases_are_tied_and_shown_on_both_pages_until_they_are_untied(city, client):
    one, other = Walk(city), Walk(city, category="1401")
    city.signed_in(client, "supervisor")
    typed = {"other": other.held.number, "kind": "follows", "reason": "上次没清完"}
    assert post(client, one, "links", **typed).status_code == 302
    assert other.held.number in page(client, one) and "后续于" in page(client, one) and "有后续" in page(client, other)
    assert post(client, one, "links", **typed).status_code == 409
    assert post(client, other, f"links/{one.held.number}/off").status_code == 302
    assert links.of_case(one.id, city.actor("supervisor"), city.now) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"other": "SJ0000"}, "没有找到这个编号"),
        ({"kind": ""}, "请选择两件事的关系"),
        ({"reason": "长" * 201}, "最多 200 个字"),
    ],
)
def test_a_tie_that_is_not_taken_comes_back_as_it_was(city, client, typed, said):
    one, other = Walk(city), Walk(city)
    city.signed_in(client, "supervisor")
    given = {"other": other.held.number, "kind": "part", "reason": "同一工地"} | typed
    answer = post(client, one, "links", **given)
    assert answer.status_code == 422 and said in text(answer)
    assert (f'value="{given["other"]}"') in text(answer) and given["reason"] in text(answer)


def test_a_number_one_may_not_see_answers_like_one_that_is_not_there(city, client):
    one, other = Walk(city), Walk(city, source="resident", by="resident")
    city.signed_in(client, login(one.doer("handle")))
    foreign = post(client, one, "links", other=other.held.number, kind="related")
    assert client.get(f"/desk/cases/{other.held.number}/").status_code == 404
    assert foreign.status_code == 422 and "没有找到这个编号" in text(foreign)
