"""Rosters at the desk: a body's shifts for a day or a week."""

from datetime import timedelta
from typing import Any

import pytest

from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.engine.dispatch.models import Shift
from zhongshu.engine.dispatch.rules.simulation import past
from zhongshu.engine.dispatch.tests.busy import Busy
from zhongshu.registers.people import actions as people

pytestmark = pytest.mark.django_db
ROSTERS = "/desk/duties/rosters/"
HOUR = timedelta(hours=1)


@pytest.fixture
def officer(city: Any) -> Any:
    """An officer whose whole body is off duty."""
    account = city.account("officer061")
    Shift.objects.filter(account__in=account.body.staff.values("pk")).delete()
    return account


def shown(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return answer.content.decode()


def roster(client: Any, officer: Any, **more: Any) -> str:
    return shown(client.get(ROSTERS, {"body": -officer.body_id, **more}))


def typed(city: Any, officer: Any, hour: int = 1, **more: Any) -> dict[str, Any]:
    starts = city.now.replace(minute=0) + hour * HOUR
    return {
        "body": -officer.body_id, "go": "plan", "account": officer.pk, "place": officer.body.place, "skills": ["11"],
        "starts": f"{starts:%Y-%m-%dT%H:%M}", "ends": f"{starts + 8 * HOUR:%Y-%m-%dT%H:%M}",
    } | more  # fmt: skip


def test_a_shift_is_planned_seen_and_taken_back(city: Any, client: Any, officer: Any) -> None:
    city.signed_in(client, "supervisor")
    answer = client.post(ROSTERS, typed(city, officer, span="day"))
    shift = Shift.objects.get(account=officer.pk)
    day = f"{shift.starts.astimezone(city.now.tzinfo):%Y-%m-%d}"
    page = shown(client.get(answer.url))
    assert "班次已排好" in page and f'name="shift" value="{shift.pk}"' in page
    assert "市容卫生" in page and page.count("没有排班") == 0
    client.post(ROSTERS, {"body": -officer.body_id, "shift": shift.pk, "go": "cut"})
    assert "没有排班" in roster(client, officer, day=day, span="day")


def test_an_overlap_is_said_beside_its_field_and_what_was_typed_stays(city: Any, client: Any, officer: Any) -> None:
    city.signed_in(client, "supervisor").post(ROSTERS, typed(city, officer))
    again = typed(city, officer, 2)
    page = shown(client.post(ROSTERS, again), 422)
    assert "时间重叠" in page and 'id="starts-wrong"' in page and again["starts"] in page
    assert 'value="11" checked' in page and Shift.objects.filter(account=officer.pk).count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"account": ""}, "account"),
        ({"account": "x"}, "account"),
        ({"place": ""}, "place"),
        ({"starts": ""}, "starts"),
        ({"ends": "2026-02-30T08:00"}, "ends"),
    ],
)
def test_what_is_missing_is_said(city: Any, client: Any, officer: Any, wrong: dict[str, str], field: str) -> None:
    city.signed_in(client, "supervisor")
    assert f'id="{field}-wrong"' in shown(client.post(ROSTERS, typed(city, officer, **wrong)), 422)


def test_last_week_is_copied_and_the_page_says_how_much(city: Any, client: Any, officer: Any) -> None:
    monday = (city.now - timedelta(days=city.now.weekday())).replace(hour=8)
    Shift.objects.create(account=officer.pk, place=officer.body.place, starts=monday, ends=monday + 8 * HOUR)
    city.signed_in(client, "supervisor")
    next_week = {"body": -officer.body_id, "day": f"{monday + timedelta(days=7):%Y-%m-%d}", "go": "copy"}
    answer = client.post(ROSTERS, next_week)
    assert "照上周排了 1 个班次，0 个没有排" in shown(client.get(answer.url))
    assert "照上周排了 0 个班次，1 个没有排" in shown(client.get(client.post(ROSTERS, next_week).url))


def test_shifts_of_who_left_are_shown_on_top_and_can_be_taken_back(city: Any, client: Any, officer: Any) -> None:
    city.signed_in(client, "supervisor").post(ROSTERS, typed(city, officer, 24))
    assert "没有人值的班次" not in shown(client.get(ROSTERS))
    people.close_account(officer, by=SYSTEM, at=city.now)
    for page in (shown(client.get(ROSTERS)), roster(client, officer)):
        assert "没有人值的班次" in page and "人员账号已停用" in page
    client.post(ROSTERS, {"body": -officer.body_id, "shift": Shift.objects.get(account=officer.pk).pk, "go": "cut"})
    assert "没有人值的班次" not in roster(client, officer)


def test_a_foreign_body_is_absent_and_not_offered(city: Any, client: Any, officer: Any) -> None:
    outside = next(
        login for login in ("supervisor11", "supervisor21", "supervisor31")
        if city.actor(login).grants[0].place != officer.body.place // 10 ** (len(str(officer.body.place)) - 6)
    )  # fmt: skip
    assert f'value="-{officer.body_id}"' not in shown(city.signed_in(client, outside).get(ROSTERS))
    assert client.get(ROSTERS, {"body": -officer.body_id}).status_code == 404
    assert client.post(ROSTERS, typed(city, officer)).status_code == 404
    assert not Shift.objects.filter(account=officer.pk).exists()
    for login in ("leader", "dispatcher", "officer061"):
        assert city.signed_in(client, login).get(ROSTERS).status_code == 403


def test_a_week_costs_the_same_few_statements(
    city: Any, client: Any, officer: Any, django_assert_max_num_queries: Any
) -> None:
    for hour in range(0, 160, 9):
        starts = city.now + hour * HOUR
        Shift.objects.create(account=officer.pk, place=officer.body.place, starts=starts, ends=starts + 8 * HOUR)
    city.signed_in(client, "supervisor")
    roster(client, officer)
    with django_assert_max_num_queries(7):
        roster(client, officer)


def tried(city: Any, busy: Busy, **more: Any) -> dict[str, Any]:
    turn = busy.turn()
    starts, ends = (f"{moment.astimezone(city.now.tzinfo):%Y-%m-%dT%H:%M}" for moment in (turn.starts, turn.ends))
    return {
        "body": -busy.body, "go": "try", "account": turn.account, "place": turn.place, "skills": ["11"],
        "starts": starts, "ends": ends,
    } | more  # fmt: skip


def test_a_shift_is_tried_before_it_is_planned_and_nothing_typed_is_lost(city: Any, client: Any) -> None:
    busy = Busy(city)
    wanted = tried(city, busy)
    page = shown(city.signed_in(client, "supervisor").post(ROSTERS, wanted))
    assert "试算：多排这一班" in page and "多这一班后，到场用时的中位数为" in page and "原来过半的办件无人到场" in page
    assert f"{past.FEWEST} 件，按两种排班各派一遍" in page
    assert wanted["starts"] in page and f'value="{wanted["account"]}" selected' in page and 'value="11" checked' in page
    assert not Shift.objects.filter(account=wanted["account"]).exists()


def test_cutting_a_shift_is_tried_from_its_row(city: Any, client: Any) -> None:
    busy = Busy(city)
    (shift,) = busy.planned(busy.turn())
    day = f"{busy.midnight:%Y-%m-%d}"
    city.signed_in(client, "supervisor")
    page = shown(client.get(ROSTERS, {"body": -busy.body, "day": day, "span": "day"}))
    assert page.count('value="try-cut"') == page.count('value="cut"') > 0
    page = shown(client.post(ROSTERS, {"body": -busy.body, "day": day, "go": "try-cut", "shift": shift.pk}))
    assert "试算：少这一班" in page and "过半的办件会无人到场" in page and busy.crew[0].name in page
    assert Shift.objects.filter(pk=shift.pk).exists()


def test_of_too_few_cases_a_sentence_is_told_instead_of_numbers(city: Any, client: Any) -> None:
    busy = Busy(city, 3)
    page = shown(city.signed_in(client, "supervisor").post(ROSTERS, tried(city, busy)))
    assert "一共只有 3 件" in page and "按两种排班各派一遍" not in page


def test_what_cannot_be_planned_is_not_tried(city: Any, client: Any) -> None:
    busy = Busy(city, 1)
    page = shown(city.signed_in(client, "supervisor").post(ROSTERS, tried(city, busy, ends="")), 422)
    assert 'id="ends-wrong"' in page and "试算：多" not in page
    assert city.signed_in(client, "dispatcher").post(ROSTERS, tried(city, busy)).status_code == 403


def test_a_try_costs_the_page_a_few_statements_more(city: Any, client: Any, django_assert_max_num_queries: Any) -> None:
    busy = Busy(city)
    wanted = tried(city, busy)
    city.signed_in(client, "supervisor").post(ROSTERS, wanted)
    with django_assert_max_num_queries(16):
        client.post(ROSTERS, wanted)
