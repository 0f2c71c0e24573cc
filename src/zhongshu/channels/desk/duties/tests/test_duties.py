"""The responsibility editor at the desk: read, change, try, propose, approve."""

import re
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest

from zhongshu.engine.dispatch import actions
from zhongshu.engine.dispatch import queries as dispatch
from zhongshu.engine.dispatch.models import Responsibility, Version
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Body
from zhongshu.registers.places import queries as places

pytestmark = pytest.mark.django_db
CHANGE, TABLE, PROPOSALS = "/desk/duties/change/", "/desk/duties/", "/desk/duties/proposals/"


def street_of(city: Any) -> int:
    return places.locate(*city.spot()).path[3]


def written(city: Any) -> Responsibility:
    return Responsibility.objects.get(category="11", place=street_of(city), ends=None)


def other(city: Any) -> Body:
    return Body.objects.filter(kind="bureau").exclude(pk=written(city).body).order_by("pk")[0]


def shown(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return answer.content.decode()


def hidden(page: str) -> dict[str, list[str]]:
    """The draft as the page holds it."""
    form = page.split('id="draft-title"')[1]
    found = re.findall(r'<input type="hidden" name="(line|tried|reason)" value="([^"]*)">', form)
    return {name: [unescape(value) for n, value in found if n == name] for name in ("line", "tried", "reason")}


def typed(city: Any, **more: Any) -> dict[str, Any]:
    return {"category": "11", "place": street_of(city), "body": -other(city).pk, "go": "add"} | more


def drafted(city: Any, client: Any, **more: Any) -> dict[str, list[str]]:
    return hidden(shown(city.signed_in(client, "supervisor").post(CHANGE, typed(city, **more))))


def tried(city: Any, client: Any) -> tuple[str, dict[str, list[str]]]:
    page = shown(client.post(CHANGE, {**drafted(city, client), "go": "try"}))
    return page, hidden(page)


def proposed(city: Any, client: Any) -> str:
    _, draft = tried(city, client)
    return client.post(CHANGE, {**draft, "reason": "机构职能调整。", "go": "propose"}).url


def test_the_table_is_read_by_whom_it_concerns_and_changed_by_fewer(city: Any, client: Any) -> None:
    assert city.signed_in(client, "acceptor").get(TABLE).status_code == 403
    assert "申请变更职责" in shown(city.signed_in(client, "supervisor").get(TABLE))
    assert "申请变更职责" not in shown(city.signed_in(client, "dispatcher").get(TABLE))
    for login in ("dispatcher", "leader"):
        assert city.signed_in(client, login).get(CHANGE).status_code == 403


def test_the_table_is_narrowed_and_walked_page_by_page(city: Any, client: Any) -> None:
    city.signed_in(client, "leader")
    page, rows = shown(client.get(TABLE)), set()
    while True:
        rows |= set(re.findall(r'href="/desk/duties/(\d+)/"', page))
        following = re.search(r'rel="next" href="([^"]+)"', page)
        if not following:
            break
        page = shown(client.get(following[1].replace("&amp;", "&")))
    assert len(rows) == Responsibility.objects.count()
    row = written(city)
    narrowed = shown(client.get(TABLE, {"category": "1101", "place": row.place, "body": -row.body}))
    assert f"/desk/duties/{row.pk}/" in narrowed and narrowed.count("<tr>") <= 3
    assert "没有符合条件的职责" in shown(client.get(TABLE, {"category": "9999", "body": "-999"}))


def test_the_table_costs_the_same_few_statements(city: Any, client: Any, django_assert_max_num_queries: Any) -> None:
    city.signed_in(client, "supervisor").get(TABLE)
    with django_assert_max_num_queries(6):
        client.get(TABLE)


@pytest.mark.parametrize(
    "query", ["place=x", "place=-1", "body=99999999999999999999", "after=1~2", "category=%27", "on=x", "on=9999-12-31"]
)
def test_an_odd_address_shows_the_table_all_the_same(city: Any, client: Any, query: str) -> None:
    shown(city.signed_in(client, "supervisor").get(f"{TABLE}?{query}"))


def test_a_change_is_tried_proposed_and_approved_by_another(city: Any, client: Any) -> None:
    reports = [city.report(spot=city.spot()) for _ in range(2)]
    page, draft = tried(city, client)
    assert "变更范围内 2 件，其中 2 件会换单位" in page and reports[0].number in page and 'name="reason"' in page
    answer = client.post(CHANGE, {**draft, "reason": "机构职能调整。", "go": "propose"})
    assert "等待审批" in shown(client.get(answer.url)) and "撤回申请" in shown(client.get(answer.url))
    listed = shown(city.signed_in(client, "leader").get(PROPOSALS))
    assert answer.url in listed and "2 件中 2 件会换单位" in listed
    assert "会换单位" in shown(client.get(answer.url)) and "撤回申请" not in shown(client.get(answer.url))
    client.post(answer.url, {"go": "approve", "answer": "同意。"})
    assert written(city).body == other_before(city) and "第 1 次变更" in shown(client.get("/desk/duties/versions/"))
    past = shown(client.get(f"/desk/duties/{written(city).pk}/"))
    assert past.count("第 1 次变更") == 2 and "最初写明" in past


def other_before(city: Any) -> int:
    """The body that the stories write down, also once it is."""
    return Version.objects.get().changes[0]["body"]


def test_what_was_not_tried_as_it_is_is_tried_before_it_is_proposed(city: Any, client: Any) -> None:
    draft = drafted(city, client)
    page = shown(client.post(CHANGE, {**draft, "reason": "机构职能调整。", "go": "propose"}))
    assert "用近 30 天的办件试算" in page and "机构职能调整。" in page
    assert "现在没有等您审批" in shown(city.signed_in(client, "leader").get(PROPOSALS))


def test_without_a_reason_the_trial_stays_and_the_sentence_stands_beside_its_field(city: Any, client: Any) -> None:
    _, draft = tried(city, client)
    page = shown(client.post(CHANGE, {**draft, "reason": " ", "go": "propose"}), 422)
    assert "请写明理由" in page and 'id="reason-wrong"' in page and "用近 30 天的办件试算" in page


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"place": ""}, "place"),
        ({"body": ""}, "body"),
        ({"body": "-999999"}, "body"),
        ({"category": "9999"}, "category"),
        ({"trust": "101"}, "trust"),
        ({"trust": "x"}, "trust"),
        ({"priority": "10"}, "priority"),
        ({"ends": "2020-01-01"}, "ends"),
        ({"ends": "2027-02-30"}, "ends"),
        ({"starts": "2020-01-01"}, "starts"),
        ({"starts": "2027-02-30"}, "starts"),
        ({"starts": "2099-06-02", "ends": "2099-06-01"}, "ends"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    city: Any, client: Any, wrong: dict[str, str], field: str
) -> None:
    city.signed_in(client, "supervisor")
    page = shown(client.post(CHANGE, typed(city, trust="77") | wrong), 422)
    assert f'id="{field}-wrong" role="alert"' in page and (wrong.get("trust") or "77") in page


def test_changes_are_listed_and_taken_out_again(city: Any, client: Any) -> None:
    draft = drafted(city, client)
    both = hidden(shown(client.post(CHANGE, typed(city, category="1102") | draft)))
    assert len(both["line"]) == 2
    assert len(hidden(shown(client.post(CHANGE, typed(city, body="none") | both)))["line"]) == 2
    left = hidden(shown(client.post(CHANGE, {**both, "go": "drop-1"})))
    assert left["line"] == both["line"][1:]


@pytest.mark.parametrize(
    "line",
    ["", "[]", '{"category":"11"}', '{"category":"11","place":1,"row":null,"body":1,"ends":"2027-01-01T00:00:00"}'],
)
def test_a_spoilt_draft_is_refused_with_a_sentence(city: Any, client: Any, line: str) -> None:
    page = shown(city.signed_in(client, "supervisor").post(CHANGE, {"line": line, "go": "try"}), 422)
    assert "草稿已损坏" in page


def test_a_place_of_another_district_is_not_the_visitors_to_change(city: Any, client: Any) -> None:
    outside = next(
        login for login in ("supervisor11", "supervisor21", "supervisor31")
        if not str(street_of(city)).startswith(str(city.actor(login).grants[0].place))
    )  # fmt: skip
    city.signed_in(client, outside)
    assert "您没有在这个地点申请变更职责的权限" in shown(client.post(CHANGE, typed(city)), 403)
    url = proposed(city, client)
    assert city.signed_in(client, outside).get(url).status_code == 404
    assert client.post(url, {"go": "approve"}).status_code == 404


def test_a_refusal_needs_a_reason_and_keeps_what_was_typed(city: Any, client: Any) -> None:
    url = proposed(city, client)
    city.signed_in(client, "leader")
    assert "请写明理由" in shown(client.post(url, {"go": "refuse", "answer": "x"}), 422)
    assert "请选择同意或不同意" in shown(client.post(url, {"answer": "再议"}), 422)
    client.post(url, {"go": "refuse", "answer": "明年再议。"})
    page = shown(client.get(url))
    assert "未同意" in page and "明年再议。" in page and "审批</h2>" not in page


def test_whoever_comes_too_late_reads_so_and_keeps_what_was_typed(city: Any, client: Any) -> None:
    url = proposed(city, client)
    city.signed_in(client, "leader").post(url, {"go": "refuse", "answer": "明年再议。"})
    page = shown(client.post(url, {"go": "approve", "answer": "我看可以。"}), 409)
    assert "已经办结" in page and "我看可以。" in page


def test_a_table_that_moved_on_is_not_overwritten(city: Any, client: Any) -> None:
    draft = drafted(city, client)
    url = proposed(city, client)
    actions.set_responsibility("11", street_of(city), other(city), by=city.actor("supervisor"), at=city.now)
    dispatch.table.forget()
    page = shown(client.post(CHANGE, {**draft, "go": "try"}), 409)
    assert "按最新的职责清单核对" in page and hidden(page)["line"] != draft["line"]
    late = shown(city.signed_in(client, "leader").post(url, {"go": "approve", "answer": "同意。"}), 409)
    assert "职责清单已有变动" in late and "同意。" in late and not Version.objects.exists()


def test_the_proposer_cannot_approve_but_may_take_it_back(city: Any, client: Any) -> None:
    url = proposed(city, client)
    assert "不能审批自己的申请" in shown(client.post(url, {"go": "approve"}), 403)
    client.post(url, {"go": "withdraw"})
    assert "已撤回" in shown(client.get(url))


def test_a_row_whose_body_is_gone_is_shown_to_its_owner_with_what_to_do(city: Any, client: Any) -> None:
    row = written(city)
    city.signed_in(client, "supervisor")
    assert "不起作用的职责" not in shown(client.get(TABLE))
    Body.objects.filter(pk=row.body).update(ended=city.now)
    for kept in (people.tree, people.called, dispatch.bodies):
        kept.forget()
    page = shown(client.get(TABLE))
    assert "责任单位已撤销，这一条不起作用" in page
    link = urlencode({"category": "11", "place": row.place}).replace("&", "&amp;")
    assert f'<p><a href="{CHANGE}?{link}">更换或终止' in page
    outside = next(
        n for n in (1, 2, 3) if not str(row.place).startswith(str(city.actor(f"head{n}").grants[0].place))
    )  # fmt: skip
    assert "不起作用的职责" not in shown(city.signed_in(client, f"head{outside}").get(TABLE))


def test_a_change_from_a_later_day_is_approved_now_and_stands_in_that_days_table(city: Any, client: Any) -> None:
    before, after = written(city), other(city)
    later = f"{city.now + timedelta(days=9):%Y-%m-%d}"
    page = shown(client.post(CHANGE, {**drafted(city, client, starts=later), "go": "try"}))
    assert "，自 " in page
    url = client.post(CHANGE, {**hidden(page), "reason": "机构职能调整。", "go": "propose"}).url
    city.signed_in(client, "leader")
    assert "同意，到日子生效" in shown(client.get(url))
    client.post(url, {"go": "approve", "answer": ""})
    asked = {"category": "11", "place": before.place}
    today, on_the_day = (names(client, asked | {"on": day}) for day in (f"{city.now:%Y-%m-%d}", later))
    assert names(client, asked) == today != on_the_day
    assert after.name in shown(client.get(TABLE, asked | {"on": later, "body": -after.pk})).split("<tbody>")[1]


def names(client: Any, asked: dict[str, Any]) -> list[str]:
    """The rows of a day's table, by their numbers."""
    return re.findall(r'href="/desk/duties/(\d+)/"', shown(client.get(TABLE, asked)))


def test_a_row_that_ends_soon_is_shown(city: Any, client: Any) -> None:
    Responsibility.objects.filter(pk=written(city).pk).update(ends=city.now + timedelta(days=3))
    assert "两周内到期的职责" in shown(city.signed_in(client, "supervisor").get(TABLE))


def test_what_is_not_there_is_absent(city: Any, client: Any) -> None:
    city.signed_in(client, "supervisor")
    assert client.get("/desk/duties/999999/").status_code == 404
    assert client.get("/desk/duties/proposals/00000000-0000-0000-0000-000000000001/").status_code == 404
