"""The wall: every number is of what its visitor may see, says its age and opens to its rows."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from zhongshu.base.calendar import clock
from zhongshu.base.journal import queries as feed
from zhongshu.base.permissions.roles import ROLES
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


def numbers(shown: dict[str, Any]) -> list[tuple[int, str]]:
    """Each number on a wall with the address of its rows."""
    figures = shown["figures"]
    found = [(shown["overdue"]["count"], shown["overdue"]["address"])]
    found += [(phase["count"], phase["address"]) for phase in figures["phases"]]
    found += [(day[name], day[f"{name}_address"]) for day in figures["days"] for name in ("opened", "closed", "late")]
    return found


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


def refuse(city: Any, case_id: Any) -> None:
    from zhongshu.engine.cases import actions as cases

    answers = {"accepted": False, "reason": "不属于受理范围。"}
    held = city.held(case_id)
    cases.complete(case_id, held.tasks[0].token, answers, by=city.actor("acceptor"), at=city.now)


def test_every_number_opens_to_as_many_rows(city: Any, leader: Client) -> None:
    some_days(city)
    for of in ("", str(WEST), str(EAST)):
        found = numbers(board(leader, of=of))
        assert any(count for count, _ in found)
        for count, address in found:
            page = leader.get(address)
            assert page.status_code == 200
            assert len(page.context["items"]) == count, address


def test_the_wall_says_without_scripts_what_the_data_say(city: Any, leader: Client) -> None:
    some_days(city)
    shown, page = board(leader), leader.get("/screen/").content.decode()
    for count, address in numbers(shown):
        link = re.search(rf'href="{re.escape(address.replace("&", "&amp;"))}"[^>]*>(.*?)</a>', page, re.DOTALL)
        if link:
            assert str(count) in link[1]
    assert all(row["number"] in page for row in shown["newest"])


def test_a_district_sees_only_its_own_cases(city: Any, client: Client) -> None:
    some_days(city)
    everything = board(city.signed_in(client, "leader"))
    west = board(city.signed_in(Client(), "head1"))
    mine = {number for *_, number in west["points"]}
    assert mine < {number for *_, number in everything["points"]}
    assert all(city_place(city, number) == WEST for number in mine)
    assert west["figures"]["running"] == len(mine)


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
    for path in ("/screen/", "/screen/data/", "/screen/cases/?what=overdue"):
        assert city.signed_in(client, "verifier001").get(path).status_code == 403


def test_whoever_may_open_the_wall_may_read_what_is_on_it() -> None:
    holders = [role for role in ROLES.values() if "screen.open" in role.permissions]
    assert holders
    assert all({"case.read", "desk.open"} <= role.permissions for role in holders)


def test_a_refresh_is_eight_statements_whatever_is_on_the_wall(
    city: Any, leader: Client, django_assert_max_num_queries: Any
) -> None:
    some_days(city)
    board(leader)
    with django_assert_max_num_queries(8):
        board(leader)


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
    assert shown["figures"] is None
    assert all(city_place(city, number) == WEST for *_, number in shown["points"])
    assert "不预先统计" in client.get("/screen/").content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"what": "everything"},
        {"what": "phase", "phase": "unknown"},
        {"what": "opened"},
        {"what": "opened", "day": "yesterday"},
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
    assert "没有超时的办件。" in page and "这个范围内没有在办的办件。" in page
