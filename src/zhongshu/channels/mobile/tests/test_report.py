"""What a patrol tells."""

import pytest

from zhongshu.engine.cases.models import Case

pytestmark = pytest.mark.django_db

KEY = "019a0000-0000-7000-8000-00000000000a"


@pytest.fixture
def officer(city, client):
    """The grid officer of the street the first cell lies in."""
    return city.signed_in(client, "grid001")


def seen(city, **changes):
    lon, lat = city.spot()
    told = {
        "act-key": KEY, "description": "路边有一堆建筑垃圾。", "position-lon": str(lon), "position-lat": str(lat),
        "position-at": city.now.isoformat(),
    }  # fmt: skip
    return {name: value for name, value in (told | changes).items() if value is not None}


def test_what_was_seen_becomes_a_case_that_skips_acceptance(city, officer, photo):
    sent = officer.post("/mobile/report/1101/", seen(city, photos=photo()))
    case = Case.objects.get()
    assert sent.headers["Location"] == f"/mobile/?reported={case.number}"
    assert case.source == "patrol" and case.phase == "handling"
    assert f"已上报，编号 {case.number}" in officer.get(sent.headers["Location"]).content.decode()


def test_sending_twice_is_one_report(city, officer):
    officer.post("/mobile/report/1101/", seen(city))
    officer.post("/mobile/report/1101/", seen(city))
    assert Case.objects.count() == 1


def test_without_a_position_a_cell_will_do(city, officer):
    page = officer.get("/mobile/report/1101/").content.decode()
    cell = page.split('<option value="')[2].split('"')[0]
    officer.post("/mobile/report/1101/", seen(city, **{"position-lon": None, "position-lat": None, "own-place": cell}))
    assert str(Case.objects.get().place) == cell


def test_without_any_place_what_was_typed_and_photographed_is_kept(city, officer, photo):
    told = seen(city, **{"position-lon": None, "position-lat": None, "photos": photo()})
    answer = officer.post("/mobile/report/1101/", told)
    text = answer.content.decode()
    assert answer.status_code == 422 and 'href="#field-own-position"' in text
    assert "路边有一堆建筑垃圾。" in text and KEY in text and "kept-photos" in text


def test_a_place_outside_the_city_is_refused(city, officer):
    answer = officer.post("/mobile/report/1101/", seen(city, **{"position-lon": "10", "position-lat": "50"}))
    assert answer.status_code == 422 and "不在本市范围内" in answer.content.decode()


def test_who_has_no_duty_to_report_finds_no_page(city, client):
    assert city.signed_in(client, "officer061").get("/mobile/report/").status_code == 403
    assert "巡查上报" not in client.get("/mobile/").content.decode()


def test_categories_are_found_by_name_and_by_what_is_usual_here(city, officer):
    city.report(category="1101")
    page = officer.get("/mobile/report/").content.decode()
    assert "附近常见" in page and "/mobile/report/1101/" in page.split("全部类别")[0]
    found = officer.get("/mobile/report/?q=垃圾").content.decode().split("附近常见")[0]
    assert "/mobile/report/1101/" in found
    assert "没有找到这样的类别" in officer.get("/mobile/report/?q=zzzz").content.decode()


def test_no_such_category_is_absent(officer):
    assert officer.get("/mobile/report/9999/").status_code == 404


def on_the_spot(**changes):
    return {"own-handled": "yes", "handled_note": "已清走。"} | changes


def test_what_the_patrol_has_handled_itself_is_closed_at_once_for_its_own_body(city, officer, photo):
    assert "已当场处置完毕" in officer.get("/mobile/report/1101/").content.decode()
    sent = officer.post("/mobile/report/1101/", seen(city, **on_the_spot(handled_photos=photo())))
    case = Case.objects.get()
    assert sent.headers["Location"] == f"/mobile/?closed={case.number}"
    assert (case.phase, case.body) == ("closed", city.actor("grid001").body)
    assert f"已上报并当场办结，编号 {case.number}" in officer.get(sent.headers["Location"]).content.decode()


def test_without_a_photo_of_it_nothing_is_lost_and_nothing_opened(city, officer, photo):
    answer = officer.post("/mobile/report/1101/", seen(city, **on_the_spot(photos=photo())))
    text = answer.content.decode()
    assert answer.status_code == 422 and 'href="#field-handled_photos"' in text and not Case.objects.exists()
    assert "已清走。" in text and 'id="own-handled" checked' in text and "kept-photos" in text


def test_what_was_typed_without_the_tick_is_a_usual_report(city, officer):
    officer.post("/mobile/report/1101/", seen(city, handled_note="已清走。"))
    assert Case.objects.get().phase == "handling"


def test_a_matter_that_is_not_small_offers_no_handling_on_the_spot(city, officer, photo):
    assert "已当场处置完毕" not in officer.get("/mobile/report/1601/").content.decode()
    answer = officer.post("/mobile/report/1601/", seen(city, **on_the_spot(handled_photos=photo())))
    assert answer.status_code == 422 and "这一类事件不能当场办结" in answer.content.decode()
    assert not Case.objects.exists()
