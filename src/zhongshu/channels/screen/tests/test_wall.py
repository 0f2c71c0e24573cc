"""The wall: every number is of what its visitor may see, says its age and opens to its rows."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from zhongshu.base.calendar import clock
from zhongshu.base.journal import queries as feed
from zhongshu.base.permissions.roles import ROLES
from zhongshu.data.figures.rules.measures import MEASURES
from zhongshu.engine.cases.models import Case
from zhongshu.registers.people import actions as people
from zhongshu.registers.people.models import Body
from zhongshu.registers.places.models import Cell

pytestmark = pytest.mark.django_db
WEST, EAST = 990101, 990102


@pytest.fixture(autouse=True)
def _as_if_committed(city: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's own transaction holds nothing back from its readers."""
    everything = feed._FEED.replace("xid < pg_snapshot_xmax(pg_current_snapshot())", "true")
    monkeypatch.setattr(feed, "_FEED", everything)


@pytest.fixture
def leader(city: Any, client: Client) -> Client:
    """Somebody who may see the whole city."""
    return city.signed_in(client, "leader")


def board(client: Client, **asked: str) -> dict[str, Any]:
    """What the wall shows now."""
    return client.get("/screen/data/", asked, headers={"Accept": "application/json"}).json()


def trends(client: Client, **asked: str) -> dict[str, Any]:
    """What changes slowly on the wall."""
    return client.get("/screen/trends/", asked, headers={"Accept": "application/json"}).json()["trends"]


def drawn(client: Client, **asked: str) -> dict[str, Any]:
    """What the map shows."""
    return client.get("/screen/points/", asked, headers={"Accept": "application/json"}).json()


def numbers(shown: dict[str, Any]) -> list[tuple[int, str]]:
    """Each number on a wall with the address of its rows."""
    figures, alarms = shown["figures"], shown["alarms"]
    found = [alarms["late"], alarms["soon"], figures["running"], *figures["phases"]]
    found += [figures[day][name] for day in ("today", "before") for name in ("opened", "closed", "late")]
    return [(number["count"], number["address"]) for number in found]


def slow_numbers(shown: dict[str, Any]) -> list[tuple[int, str]]:
    """Each number of the slow part with the address of its rows; an hour that has not come has none yet."""
    hours = [hour for hour in shown["day"] if hour["come"]]
    found = [(hour[name], hour[f"{name}_address"]) for hour in hours for name in ("opened", "closed")]
    found += [(part["count"], part["address"]) for kind in ("bodies", "streets") for part in shown[kind]]
    found += [(part["late"], part["late_address"]) for kind in ("bodies", "streets") for part in shown[kind]]
    return found + [(stage["count"], stage["address"]) for stage in shown["stages"]]


def some_days(city: Any) -> None:
    """Cases of the last days, some late, some closed, in every district."""
    spots = list(map(city.spot, range(0, Cell.objects.count(), Cell.objects.count() // 8)))
    for ago, spot in enumerate(spots):
        with clock.at(city.now - timedelta(days=2 * ago)):
            told = {} if ago == 0 else {"source": "resident", "by": "resident"}
            opened = city.report(spot=spot, **told)
        if ago % 4 == 3:
            refuse(city, opened.case_id)
    city.react()


def told(city: Any, **changes: Any) -> Any:
    """A case that a resident tells of, which waits to be accepted."""
    return city.report(source="resident", by="resident", **changes)


def refuse(city: Any, case_id: Any) -> None:
    from zhongshu.engine.cases import actions as cases

    answers = {"accepted": False, "reason": "不属于受理范围。"}
    held = city.held(case_id)
    cases.complete(case_id, held.tasks[0].token, answers, by=city.actor("acceptor"), at=city.now)


def test_every_number_opens_to_as_many_rows(city: Any, leader: Client) -> None:
    some_days(city)
    for of in ("", str(WEST), str(EAST)):
        found = [*numbers(board(leader, of=of)), *slow_numbers(trends(leader, of=of))]
        assert sum(count > 0 for count, _ in found) > 4
        for count, address in found:
            page = leader.get(address)
            assert page.status_code == 200
            assert len(page.context["items"]) == count, address


def test_the_wall_says_without_scripts_what_the_data_say(city: Any, leader: Client) -> None:
    some_days(city)
    shown, page = board(leader), leader.get("/screen/").content.decode()
    for count, address in numbers(shown):
        link = re.search(rf'href="{re.escape(address.replace("&", "&amp;"))}"[^>]*>(.*?)</a>', page, re.DOTALL)
        assert link, address
        assert str(count) in link[1]
    assert all(row["number"] in page for row in shown["newest"])


def test_a_district_sees_only_its_own_cases(city: Any, client: Client) -> None:
    some_days(city)
    city.signed_in(client, "leader")
    head = city.signed_in(Client(), "head1")
    mine = {number for *_, number in drawn(head)["points"]}
    assert mine < {number for *_, number in drawn(client)["points"]}
    assert all(city_place(city, number) == WEST for number in mine)
    assert board(head)["figures"]["running"]["count"] == len(mine)


def city_place(city: Any, number: str) -> int:
    """The district a case lies in."""
    from zhongshu.engine.cases.queries import one

    return int(str(one.view(one.id_of(number)).row.place)[:6])


def test_asking_for_a_foreign_area_gives_ones_own(city: Any, client: Client) -> None:
    head = city.signed_in(client, "head1")
    assert board(head, of=str(EAST))["area"] == str(WEST)
    assert board(head, of="9901")["area"] == str(WEST)
    assert head.get("/screen/cases/", {"of": str(EAST), "what": "overdue"}).context["area"].place == WEST


def test_the_wall_is_for_those_who_hold_it(city: Any, client: Client) -> None:
    assert client.get("/screen/").status_code == 302
    assert client.get("/screen/data/", headers={"Accept": "application/json"}).status_code == 401
    for path in (
        "/screen/", "/screen/data/", "/screen/trends/", "/screen/points/", "/screen/cases/?what=overdue",
        "/screen/standings/bodies/",
    ):  # fmt: skip
        assert city.signed_in(client, "verifier001").get(path).status_code == 403


def test_whoever_may_open_the_wall_may_read_what_is_on_it() -> None:
    holders = [role for role in ROLES.values() if "screen.open" in role.permissions]
    assert holders
    assert all({"case.read", "desk.open"} <= role.permissions for role in holders)


def test_a_refresh_is_few_statements_whatever_is_on_the_wall(
    city: Any, leader: Client, django_assert_max_num_queries: Any
) -> None:
    some_days(city)
    for ask, most in ((board, 8), (drawn, 3), (trends, 10)):
        ask(leader)
        with django_assert_max_num_queries(most):
            ask(leader)


def test_counted_numbers_are_as_old_as_the_first_entry_not_counted_yet(city: Any, leader: Client) -> None:
    some_days(city)
    told = city.now - timedelta(minutes=7)
    with clock.at(told):
        city.report()
    assert board(leader)["figures"]["at"] == f"{told:%H:%M:%S}"
    city.react()
    shown = board(leader)
    assert shown["figures"]["at"] == shown["at"]


def test_an_area_of_body_and_place_has_lists_but_no_counters(city: Any, client: Client) -> None:
    some_days(city)
    body = Body.objects.get(parent=None)
    account = city.account("verifier001")
    people.give_grant(
        account, "leader", body=body, place=WEST, by=city.actor("leader"), at=city.now - timedelta(hours=1)
    )
    shown = board(city.signed_in(client, "verifier001"))
    assert shown["area"] == f"{-body.pk}_{WEST}"
    assert shown["figures"] is None and trends(client) is None
    points = drawn(client)["points"]
    assert points and all(city_place(city, number) == WEST for *_, number in points)
    assert "不预先统计" in client.get("/screen/").content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"what": "everything"},
        {"what": "phase", "phase": "unknown"},
        {"what": "opened"},
        {"what": "opened", "day": "yesterday"},
        {"what": "opened", "day": "2026-11-22", "hour": "24"},
        {"what": "open", "hour": "2020-01-01T00"},
        {"what": "running", "inside": "110101"},
        {"what": "running", "inside": "everywhere"},
    ],
)
def test_a_number_that_is_none_is_absent(leader: Client, asked: dict[str, str]) -> None:
    assert leader.get("/screen/cases/", asked).status_code == 404


def test_rows_behind_a_number_come_in_pages(city: Any, leader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from zhongshu.engine.cases.queries import lists

    some_days(city)
    monkeypatch.setattr(lists, "PAGE", 1)
    seen, address = [], f"?what=opened&day={city.now:%Y-%m-%d}"
    city.report()
    while address:
        page = leader.get(f"/screen/cases/{address}")
        seen += [item.row.number for item in page.context["items"]]
        address = page.context["next"] and f"?{page.context['next']}"
    assert len(seen) == len(set(seen)) == 2


def test_an_empty_city_says_so(city: Any, leader: Client) -> None:
    page = leader.get("/screen/").content.decode()
    assert "没有超时的办件。" in page and "这个范围内没有在办的办件。" in page and "近 30 天还没有办完的环节。" in page


def test_the_map_goes_back_hour_by_hour_to_what_was_open_then(city: Any, leader: Client) -> None:
    hour = city.now.replace(minute=0, second=0, microsecond=0)
    with clock.at(hour - timedelta(hours=5, minutes=30)):
        early, stays = told(city), told(city, category="1102")
    with clock.at(hour - timedelta(hours=2, minutes=30)):
        refuse(city, early.case_id)
        late = told(city, category="1103")
    before, between, after = ({early.number, stays.number}, {stays.number, late.number}, {stays.number, late.number})
    for back, wanted in ((6, set()), (5, before), (3, before), (2, between), (0, after)):
        shown = drawn(leader, hour=f"{hour - timedelta(hours=back):%Y-%m-%dT%H}")
        assert {number for *_, number in shown["points"]} == wanted, back
        rows = leader.get(shown["address"]).context["items"]
        assert {item.row.number for item in rows} == wanted
    assert {number for *_, number in drawn(leader)["points"]} == after


def test_a_point_is_as_pressing_as_it_was_at_the_moment(city: Any, leader: Client) -> None:
    from zhongshu.engine.cases.queries import one

    hour = city.now.replace(minute=0, second=0, microsecond=0)
    with clock.at(hour - timedelta(hours=20)):
        opened = city.report()
    Case.objects.filter(pk=opened.case_id).update(due=hour - timedelta(hours=10))
    assert one.view(opened.case_id).row.due
    seen = {back: drawn(leader, hour=f"{hour - timedelta(hours=back):%Y-%m-%dT%H}") for back in (15, 11, 9)}
    assert {back: shown["points"][0][2] for back, shown in seen.items()} == {15: "", 11: "soon", 9: "late"}
    assert [seen[15]["calm"], seen[11]["soon"], seen[9]["late"]] == [1, 1, 1]


def test_the_past_may_be_kept_by_its_visitors_browser_alone_and_the_present_not(city: Any, leader: Client) -> None:
    address = board(leader)["hours"][0]["address"]
    past, now = leader.get(address), leader.get("/screen/points/")
    assert past.headers["Cache-Control"].startswith("private") and "Cookie" in past.headers["Vary"]
    assert now.headers["Cache-Control"] == "no-store"


def test_the_slider_has_a_day_of_hours_and_now(city: Any, leader: Client) -> None:
    hours = board(leader)["hours"]
    assert len(hours) == 25 and hours[-1]["address"] == "/screen/points/?of=9901"
    assert all(leader.get(hour["address"]).status_code == 200 for hour in (hours[0], hours[-2], hours[-1]))


@pytest.mark.parametrize("hour", ["2020-01-01T00", "2099-01-01T00", "noon"])
def test_the_map_goes_back_one_day_only(city: Any, leader: Client, hour: str) -> None:
    assert leader.get("/screen/points/", {"hour": hour}).status_code == 404


def test_alarms_come_first_and_calm_otherwise(city: Any, leader: Client) -> None:
    assert board(leader)["alarms"]["tone"] == "calm"
    opened = city.report()
    case = Case.objects.filter(pk=opened.case_id)
    case.update(alarms=1, due=city.now + timedelta(minutes=5))
    alarms = board(leader)["alarms"]
    assert (alarms["tone"], alarms["soon"]["count"], alarms["rows"]) == ("soon", 1, [])
    assert [item.row.id for item in leader.get(alarms["soon"]["address"]).context["items"]] == [opened.case_id]
    case.update(opened=city.now - timedelta(days=2), due=city.now - timedelta(minutes=5))
    alarms = board(leader)["alarms"]
    assert (alarms["tone"], alarms["late"]["count"], alarms["soon"]["count"]) == ("late", 1, 0)
    assert [row["number"] for row in alarms["rows"]] == [opened.number]


def test_who_closed_few_cases_has_no_rank(city: Any, leader: Client) -> None:
    for spot in (0, 1):
        refuse(city, told(city, spot=city.spot(spot)).case_id)
    city.react()
    shown = trends(leader)
    assert shown["streets"] and not any(part["known"] or part["rank"] for part in shown["streets"])
    assert shown["whole"]["share"] == "件数太少"
    page = leader.get("/screen/standings/streets/")
    assert len(page.context["parts"]) > len(shown["streets"]), "its page has those without cases too"
    assert leader.get("/screen/standings/officers/").status_code == 404


def test_who_is_late_most_often_stands_first(city: Any, leader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MEASURES, "on_time", replace(MEASURES["on_time"], minimum=2))
    west, east = spots_in(WEST), spots_in(EAST)
    for spot, late in ((west, False), (west, False), (east, True), (east, False)):
        opened = told(city, spot=spot)
        if late:
            Case.objects.filter(pk=opened.case_id).update(due=opened_at(opened), opened=opened_at(opened))
        refuse(city, opened.case_id)
    city.react()
    first, last = trends(leader)["streets"]
    assert [(part["share"], part["rank"], part["late"]) for part in (first, last)] == [
        ("50.0%", "2/2", 1),
        ("100%", "1/2", 0),
    ]
    assert len(leader.get(first["late_address"]).context["items"]) == 1


def spots_in(district: int) -> tuple[float, float]:
    """A point in a district."""
    cell = Cell.objects.filter(code__startswith=str(district)).order_by("code").first()
    assert cell is not None
    return cell.lon, cell.lat


def opened_at(opened: Any) -> Any:
    """A moment before the case was told of."""
    return Case.objects.get(pk=opened.case_id).opened - timedelta(days=1)
