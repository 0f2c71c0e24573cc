"""Going on and off duty."""

import pytest

from zhongshu.engine.dispatch.models import Shift

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(city, client):
    """A grid officer at home."""
    Shift.objects.all().delete()
    return city.signed_in(client, "grid001")


def choices(page):
    return [part.split('"')[0] for part in page.content.decode().split('<option value="')[1:]]


def test_an_officer_goes_on_duty_in_a_cell_and_off_again(city, officer):
    cell = choices(officer.get("/mobile/shift/"))[0]
    officer.post("/mobile/shift/", {"go": "begin", "place": cell, "hours": "8"})
    shift = Shift.objects.get()
    assert str(shift.place) == cell and (shift.ends - shift.starts).total_seconds() == 8 * 3600
    assert "您正在值班" in officer.get("/mobile/shift/").content.decode()
    officer.post("/mobile/shift/", {"go": "end"})
    assert "您正在值班" not in officer.get("/mobile/shift/").content.decode()


def test_beginning_twice_is_one_shift(officer):
    cell = choices(officer.get("/mobile/shift/"))[0]
    for _ in range(2):
        officer.post("/mobile/shift/", {"go": "begin", "place": cell, "hours": "4"})
    assert Shift.objects.count() == 1


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"place": "11", "hours": "8"}, "请选择您值班的地方。"),
        ({"hours": "1000"}, "请选择值班多久。"),
        ({}, "请选择值班多久。"),
    ],
)
def test_a_foreign_place_or_length_is_refused(officer, sent, sentence):
    cell = choices(officer.get("/mobile/shift/"))[0]
    answer = officer.post("/mobile/shift/", {"go": "begin", "place": cell} | sent)
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert not Shift.objects.exists()


def test_a_handler_chooses_their_bodys_street(city, client):
    Shift.objects.all().delete()
    account = city.account("officer061")
    page = city.signed_in(client, "officer061").get("/mobile/shift/")
    assert str(account.body.place) in choices(page)
