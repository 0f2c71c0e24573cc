"""At the desk: versions of scenarios, and a migration from its dry run to the last case."""

import re

import pytest

from zhongshu.engine.cases.actions import migrating
from zhongshu.engine.cases.models import Case, Migration
from zhongshu.engine.cases.queries import migrations
from zhongshu.engine.cases.tests.authoring import authoring
from zhongshu.engine.cases.tests.walks import Walk

LIST = "/desk/versions/"


def text(answer):
    return answer.content.decode()


@pytest.fixture
def opened(city, tmp_path):
    """A case that handles in version 1; in version 2 that task is called otherwise."""
    Case.objects.filter(closed=None).update(closed=city.now)
    with authoring(city, tmp_path) as author:
        found = city.report()
        author.rename("handle", "fix").load()
        yield found


def work(city):
    held = Migration.objects.get()
    while migrating.go_on(held.pk, at=city.now):
        pass
    return f"{LIST}{held.pk}/"


def test_the_whole_way_from_the_list_to_a_case_that_is_moved_and_moved_back(city, client, opened):
    city.signed_in(client, "administrator")
    assert "1 件迁移到第 2 版" in text(client.get(LIST))
    started = client.post(LIST, {"scenario": "city-event"})
    assert started.status_code == 302 and "正在试算" in text(client.get(started["Location"]))
    address = work(city)
    page = text(client.get(address))
    assert "“处置”在新版里没有对应的环节" in page and opened.number in page
    (shape,) = set(re.findall(r'name="shape" value="([^"]+)"', page))
    assert client.post(address, {"go": "propose", "reason": "新版更清楚"}).status_code == 422
    assert "请先选好办法" in text(client.post(address, {"go": "choose", "shape": shape, "q:handle": ""}))
    assert client.post(address, {"go": "choose", "shape": shape, "q:handle": "to:fix"}).status_code == 302
    assert "已选好办法" in text(client.get(address))
    assert client.post(address, {"go": "propose", "reason": "新版更清楚"}).status_code == 302
    page = text(client.get(address))
    assert "等待审批" in page and 'value="approve"' not in page
    assert client.post(address, {"go": "approve"}).status_code == 403
    city.signed_in(client, "leader")
    assert 'value="approve"' in text(client.get(address))
    assert client.post(address, {"go": "approve"}).status_code == 302
    work(city)
    assert "已完成" in text(client.get(address))
    city.signed_in(client, "administrator")
    listed = text(client.get(f"{address}cases/"))
    assert opened.number in listed and "恢复到原来的版本" in listed
    assert client.post(f"{address}cases/", {"case": opened.case_id, "reason": ""}).status_code == 422
    assert client.post(f"{address}cases/", {"case": opened.case_id, "reason": "环节不对"}).status_code == 302
    assert opened.number in text(client.get(f"{address}cases/?outcome=undone"))
    again = client.post(f"{address}cases/", {"case": opened.case_id, "reason": "环节不对"})
    assert again.status_code == 409 and "已经恢复" in text(again)


def test_what_was_done_under_a_former_name_is_still_read_on_the_case(city, client, tmp_path):
    Case.objects.filter(closed=None).update(closed=city.now)
    with authoring(city, tmp_path) as author:
        walk = Walk(city)
        walk.do("handle", result="done")
        author.rename("handle", "fix").change("scenario.toml", ("verifying", "checking")).load()
        held = migrating.begin("city-event", by=city.actor("administrator"), at=city.now)
        work(city)
        Migration.objects.filter(pk=held.pk).update(state="running", after=migrations.NOBODY, after_version=0)
        work(city)
        assert walk.held.version == 2
        page = text(city.signed_in(client, "supervisor").get(f"/desk/cases/{walk.held.number}/"))
        assert "改按新版流程办理" in page and "handle：已完成" in page


def test_a_migration_is_stopped_gone_on_with_and_given_up(city, client, opened):
    city.signed_in(client, "administrator")
    address = client.post(LIST, {"scenario": "city-event"})["Location"]
    assert "已有一次迁移没有结束" in text(client.post(LIST, {"scenario": "city-event"}))
    Migration.objects.update(state="running")
    assert client.post(address, {"go": "stop"}).status_code == 302 and "已停下" in text(client.get(address))
    assert client.post(address, {"go": "resume"}).status_code == 302 and "正在迁移" in text(client.get(address))
    assert client.post(address, {"go": "drop"}).status_code == 409
    client.post(address, {"go": "stop"})
    assert client.post(address, {"go": "drop"}).status_code == 302 and "已放弃" in text(client.get(address))
    assert "没有这样的办件" in text(client.get(f"{address}cases/?outcome=stayed"))


def test_a_leader_sees_all_and_begins_nothing_and_others_see_nothing(city, client, opened):
    page = text(city.signed_in(client, "leader").get(LIST))
    assert "第 2 版" in page and '<button class="btn btn-primary">试算' not in page
    assert client.post(LIST, {"scenario": "city-event"}).status_code == 403
    assert city.signed_in(client, "supervisor").get(LIST).status_code == 403
