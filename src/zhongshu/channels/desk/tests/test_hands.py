"""At the desk: work in other hands, the same done to many, being away, handing all over."""

from datetime import timedelta
from uuid import UUID

import pytest

from zhongshu.engine.cases.actions import handing_over
from zhongshu.engine.cases.models import Handover, Task
from zhongshu.engine.cases.queries import deputies
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.registers.people.models import Account

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


@pytest.fixture
def walk(city):
    return Walk(city)


@pytest.fixture
def told(city):
    """Two cases that wait for an acceptor."""
    return [Walk(city, source="resident", by="resident") for _ in range(2)]


def login(account):
    return Account.objects.get(pk=account).login


def holder(walk):
    return login(walk.task("handle").assignee)


def colleague(walk):
    return next(one for one in walk.able("handle") if one.id != walk.task("handle").assignee)


def acted(city, client, who, walk, act, **typed):
    city.signed_in(client, who)
    token = walk.task("handle").token
    return client.post(f"/desk/cases/{walk.opened.number}/tasks/{token}/{act}/", {"reason": "外出开会"} | typed)


def test_a_task_is_delegated_done_and_handed_back(city, client, walk):
    first, other = holder(walk), colleague(walk)
    assert acted(city, client, first, walk, "delegate", account=other.id).status_code == 302
    page = text(client.get(f"/desk/cases/{walk.opened.number}/"))
    assert f"委托{other.name}办理" in page and "收回委托" in page
    assert f"委托{other.name}" in text(client.get("/desk/?tab=lent"))
    assert "已办好，交回" in text(city.signed_in(client, login(other.id)).get(f"/desk/cases/{walk.opened.number}/"))
    assert "受" in text(client.get("/desk/")) and walk.opened.number in text(client.get("/desk/"))
    assert acted(city, client, login(other.id), walk, "hand-back", finished="yes").status_code == 302
    assert walk.task("handle").delegate is None


def test_what_is_not_taken_comes_back_with_its_words(city, client, walk):
    refused = acted(city, client, holder(walk), walk, "delegate", account=walk.task("handle").assignee)
    assert refused.status_code == 422 and "不能委托给自己" in text(refused) and "外出开会" in text(refused)
    refused = acted(city, client, holder(walk), walk, "delegate", account="x")
    assert refused.status_code == 422 and "请选择交给谁" in text(refused)


def test_a_supervisor_takes_over_and_others_are_not_offered_it(city, client, walk):
    assert "接管" not in text(city.signed_in(client, "dispatcher").get(f"/desk/cases/{walk.opened.number}/"))
    assert "接管" in text(city.signed_in(client, "supervisor").get(f"/desk/cases/{walk.opened.number}/"))
    assert acted(city, client, "dispatcher", walk, "take-over").status_code == 403
    assert acted(city, client, "supervisor", walk, "take-over").status_code == 302
    page = text(client.get(f"/desk/cases/{walk.opened.number}/"))
    assert "由您办理" in page and "接管" in page


def picks(walks, revision=None):
    return [f"{walk.id}~{walk.task('accept').token}~{revision or walk.held.revision}" for walk in walks]


def acceptor(told):
    return login(told[0].doer("accept").id)


def test_what_is_ticked_is_claimed_at_once_and_each_says_what_came_of_it(city, client, told):
    page = text(city.signed_in(client, acceptor(told)).get("/desk/?tab=acceptor"))
    assert picks(told)[0] in page and "领办选中的" in page
    stale = [picks(told)[0], picks(told[1:], revision=99)[0]]
    done = client.post("/desk/bulk/do/", {"do": "claim", "pick": stale})
    assert done.status_code == 200 and "已办 1 件，没有办成 1 件" in text(done) and "新进展" in text(done)
    assert told[0].task("accept").assignee and not told[1].task("accept").assignee


def test_many_are_finished_with_one_outcome_after_a_look(city, client, told):
    city.signed_in(client, acceptor(told))
    page = client.post("/desk/bulk/", {"pick": picks(told)})
    assert page.status_code == 200 and "用同样的结果办结" in text(page)
    wrong = client.post("/desk/bulk/do/", {"do": "complete", "pick": picks(told)})
    assert wrong.status_code == 422 and [walk.open for walk in told] == [["accept"]] * 2
    done = client.post("/desk/bulk/do/", {"do": "complete", "pick": picks(told), "accepted": "true"})
    assert "已办 2 件，没有办成 0 件" in text(done)
    assert [walk.open for walk in told] == [["file"]] * 2


def test_a_reason_that_is_missing_is_asked_for_once_and_nothing_is_lost(city, client, told):
    city.signed_in(client, "supervisor")
    typed = {"do": "assign", "pick": picks(told), "account": told[0].doer("accept").id, "assign_reason": " "}
    page = client.post("/desk/bulk/do/", typed)
    assert page.status_code == 422 and "请写明原因" in text(page) and picks(told)[0] in text(page)
    done = client.post("/desk/bulk/do/", typed | {"assign_reason": "今日值守"})
    assert "已办 2 件" in text(done)


def test_cases_ticked_in_the_list_stand_for_their_open_tasks(city, client, told):
    city.signed_in(client, "supervisor")
    assert f"{told[0].id}~0~0" in text(client.get("/desk/cases/"))
    page = text(client.post("/desk/bulk/", {"pick": [f"{walk.id}~0~0" for walk in told]}))
    assert all(pick in page for pick in picks(told))


def test_nothing_ticked_and_what_is_no_tick_is_said(city, client, told):
    city.signed_in(client, "supervisor")
    nothing = client.post("/desk/bulk/")
    assert nothing.status_code == 422 and "请先选择" in text(nothing)
    assert client.post("/desk/bulk/", {"pick": "x"}).status_code == 422
    unknown = client.post("/desk/bulk/do/", {"do": "fly", "pick": picks(told)})
    assert unknown.status_code == 422 and "请选择要怎样办理" in text(unknown)


def test_one_says_when_one_is_away_and_that_one_is_back(city, client, walk):
    other, today = colleague(walk), city.now.date()
    city.signed_in(client, holder(walk))
    typed = {"account": other.id, "starts": today, "ends": today + timedelta(days=3), "reason": "外出培训"}
    assert client.get("/desk/away/").status_code == 200
    wrong = client.post("/desk/away/", typed | {"ends": "31"})
    assert wrong.status_code == 422 and "真实的日期" in text(wrong) and "外出培训" in text(wrong)
    assert client.post("/desk/away/", typed).status_code == 302
    assert f"由{other.name}代办" in text(client.get("/desk/away/"))
    assert client.post("/desk/away/", typed).status_code == 409
    assert "我代他人办理" in text(city.signed_in(client, login(other.id)).get("/desk/away/"))
    city.signed_in(client, holder(walk))
    assert client.post("/desk/away/back/").status_code == 302
    assert deputies.named(walk.task("handle").assignee, city.now) is None
    assert client.post("/desk/away/back/").status_code == 409


def test_all_work_is_previewed_handed_over_and_told_task_by_task(city, client, walk):
    leaver, other = walk.task("handle").assignee, colleague(walk)
    city.signed_in(client, "supervisor")
    assert f"/desk/handovers/{leaver}/" in text(client.get("/desk/handovers/", {"q": holder(walk)}))
    address = f"/desk/handovers/{leaver}/"
    preview = text(client.get(address, {"to": other.id}))
    assert walk.opened.number in preview and "移交全部" in preview
    assert client.post(address, {"to": other.id, "reason": ""}).status_code == 422
    assert walk.task("handle").assignee == leaver
    assert client.post(address, {"to": other.id, "reason": "调离岗位"}).status_code == 302
    assert "正在移交" in text(client.get(address)) and "every 2s" in text(client.get(address, HTTP_HX_REQUEST="true"))
    handing_over.run(Handover.objects.get().id, at=city.now)
    page = text(client.get(address))
    assert "上次移交" in page and walk.opened.number in page and "没有在办工作" in page
    assert Task.objects.get(case_id=walk.id, closed=None).assignee == UUID(other.id)


def test_handing_over_is_for_who_runs_the_shift_or_administers(city, client, walk):
    for who, status in (("dispatcher", 403), ("leader", 403), ("supervisor", 200), ("administrator", 200)):
        assert city.signed_in(client, who).get("/desk/handovers/").status_code == status


def test_the_administrator_sees_what_a_year_that_was_announced_moved(city, client):
    city.react()
    assert "放假安排" in text(city.signed_in(client, "administrator").get("/desk/admin/keys/"))
