"""What the desk's map is told: cases of the tab, officers of the visitor's scope, nothing when nothing is new."""

import pytest

from zhongshu.channels.desk.dispatch.tests.stories import handlers, on_duty, with_a_body
from zhongshu.engine.cases.queries import one
from zhongshu.engine.dispatch.models import Position, Shift
from zhongshu.registers.people.models import Grant

pytestmark = pytest.mark.django_db
POINTS, OFFICERS = "/desk/dispatch/points/", "/desk/dispatch/officers/"


@pytest.fixture
def opened(city):
    """A case, and nobody on shift yet."""
    Shift.objects.all().delete()
    return with_a_body(city)


def test_officers_on_shift_are_shown_and_fade_after_ten_minutes(city, client, opened):
    near, far = handlers(city, opened)[:2]
    on_duty(city, near, opened, minutes_ago=2)
    on_duty(city, far, opened, minutes_ago=11)
    found = {one["id"]: one for one in city.signed_in(client, "dispatcher").get(OFFICERS).json()}
    assert {id_: one["fresh"] for id_, one in found.items()} == {str(near.pk): True, str(far.pk): False}
    assert found[str(near.pk)]["load"] == 0


def test_where_somebody_off_duty_was_is_nobodys_business(city, client, opened):
    Position.objects.update_or_create(
        account=handlers(city, opened)[0].pk, defaults={"lon": 121, "lat": 29, "at": city.now}
    )
    assert city.signed_in(client, "dispatcher").get(OFFICERS).json() == []


def test_officers_of_another_district_are_not_shown(city, client, opened):
    on_duty(city, handlers(city, opened)[0], opened)
    district = int(str(one.view(opened.case_id).row.place)[:6])
    seats = Grant.objects.filter(role="dispatcher", place__gte=100_000).order_by("pk")
    for seat in seats:
        found = city.signed_in(client, seat.account.login).get(OFFICERS).json()
        assert bool(found) == (seat.place == district)


def test_what_is_known_already_is_not_sent_again(city, client, opened):
    near = handlers(city, opened)[0]
    on_duty(city, near, opened, minutes_ago=2)
    city.signed_in(client, "dispatcher")
    for address in (OFFICERS, f"{POINTS}?show=officer"):
        known = client.get(address)["ETag"]
        again = client.get(address, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
    known = client.get(OFFICERS)["ETag"]
    Position.objects.filter(account=near.pk).update(lon=121.01)
    assert client.get(OFFICERS, headers={"If-None-Match": known}).status_code == 200


def test_the_map_holds_the_cases_of_its_tab(city, client, opened):
    city.signed_in(client, "dispatcher")
    (point,) = client.get(f"{POINTS}?show=officer").json()
    row = one.view(opened.case_id).row
    assert (point["number"], point["lon"], point["lat"]) == (opened.number, row.lon, row.lat)
    assert client.get(f"{POINTS}?show=person").json() == []


def test_asking_costs_the_same_few_statements(city, client, opened, django_assert_max_num_queries):
    for account in handlers(city, opened):
        on_duty(city, account, opened)
    for number in range(10):
        with_a_body(city, spot=city.spot(number))
    city.signed_in(client, "dispatcher").get(OFFICERS)
    for address, most in ((OFFICERS, 3), (f"{POINTS}?show=officer", 6)):
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200


def test_who_is_not_signed_in_is_told_so(client, db):
    assert client.get(OFFICERS, headers={"Accept": "application/json"}).status_code == 401
