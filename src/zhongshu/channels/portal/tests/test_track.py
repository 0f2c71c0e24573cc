"""Following a matter, and rating it when it is closed."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from zhongshu.base.calendar import clock
from zhongshu.engine.cases.models import Case
from zhongshu.engine.ratings.models import Rating

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(client: Client, city: Any) -> Any:
    """A report of the signed-in resident, opened through its page."""
    city.signed_in(client, "resident")
    lon, lat = city.spot()
    client.get("/report/1101/")
    client.post("/report/1101/", {"description": "路口有一堆垃圾，气味很大。", "place-lon": lon, "place-lat": lat})
    return Case.objects.get()


def close(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(closed=case.opened + timedelta(hours=2), phase="closed")


def test_a_wrong_code_and_an_unknown_number_answer_the_same(told: Case) -> None:
    stranger = Client()
    wrong = stranger.post("/track/", {"number": told.number, "code": "00000000"})
    unknown = stranger.post("/track/", {"number": "XX000000000000", "code": "00000000"})
    assert wrong.status_code == unknown.status_code == 404
    told_apart = [r.content.decode().replace(told.number, "N").replace("XX000000000000", "N") for r in (wrong, unknown)]
    hidden = [text.split('name="csrfmiddlewaretoken"')[-1].split(">", 1)[1] for text in told_apart]
    assert hidden[0] == hidden[1]


def test_guessing_query_codes_soon_has_to_wait(told: Case) -> None:
    stranger = Client()
    tries = [stranger.post("/track/", {"number": told.number, "code": f"{n:08d}"}).status_code for n in range(21)]
    assert tries == [404] * 20 + [429]


def test_a_signed_in_resident_sees_their_own_matters_only(told: Case, client: Client, city: Any) -> None:
    assert told.number in client.get("/mine/").content.decode()
    assert client.get(f"/track/{told.pk}/").status_code == 200
    other = city.signed_in(Client(), "officer061")
    assert told.number not in other.get("/mine/").content.decode()
    assert other.get(f"/track/{told.pk}/").status_code == 404


def test_my_matters_ask_who_i_am_first(city: Any) -> None:
    assert Client().get("/mine/").url == "/sign-in/?next=%2Fmine%2F"


def test_the_reporter_is_told_no_officials_name(told: Case, client: Client, city: Any) -> None:
    officials = {city.account(login).name for login in ("acceptor", "dispatcher", "supervisor", "verifier001")}
    shown = client.get(f"/track/{told.pk}/").content.decode()
    assert "已收到上报" in shown and not any(name in shown for name in officials)


def test_a_closed_matter_is_rated_once(told: Case, client: Client) -> None:
    close(told)
    assert 'name="level"' in client.get(f"/track/{told.pk}/").content.decode()
    client.post(f"/track/{told.pk}/rate/", {"level": "5", "reasons": ["quick"]})
    assert Rating.objects.get().level == 5
    assert client.post(f"/track/{told.pk}/rate/", {"level": "1", "text": "改了"}).status_code == 409
    assert 'name="level"' not in client.get(f"/track/{told.pk}/").content.decode()


def test_a_bad_rating_without_a_reason_is_asked_for_one_and_kept(told: Case, client: Client) -> None:
    close(told)
    answer = client.post(f"/track/{told.pk}/rate/", {"level": "2"})
    assert answer.status_code == 422 and 'value="2" id="level-2" checked' in answer.content.decode()
    assert client.post(f"/track/{told.pk}/rate/", {"level": "九"}).status_code == 422
    assert not Rating.objects.exists()


def test_nobody_else_can_rate_a_matter(told: Case, city: Any) -> None:
    close(told)
    assert Client().post(f"/track/{told.pk}/rate/", {"level": "1", "text": "差"}).status_code == 404
    assert not Rating.objects.exists()


def test_progress_is_read_in_few_statements(told: Case, client: Client, django_assert_max_num_queries: Any) -> None:
    client.get(f"/track/{told.pk}/")
    with clock.at(told.opened), django_assert_max_num_queries(20):
        client.get(f"/track/{told.pk}/")
