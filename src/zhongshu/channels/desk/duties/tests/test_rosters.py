"""Rosters at the desk: a body's shifts for a day or a week."""

from datetime import timedelta
from typing import Any

import pytest

from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.engine.dispatch.models import Shift
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
