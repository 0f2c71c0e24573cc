"""Telling the city: stories of residents who do not sign in."""

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from zhongshu.engine.cases.models import Attachment, Case, Contact

pytestmark = pytest.mark.django_db
CATEGORY = "1101"
KEY = "6f8b3c0a-52a7-4f0e-9a51-1f6f5c0d2b11"


def photo(colour: str = "red") -> SimpleUploadedFile:
    picture = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(picture, "JPEG")
    return SimpleUploadedFile("IMG_1.jpg", picture.getvalue(), "image/jpeg")


def typed(city: Any, **changes: Any) -> dict[str, Any]:
    lon, lat = city.spot()
    return {
        "act-key": KEY, "report-go": "send", "description": "路口有一堆垃圾，气味很大。",
        "place-lon": f"{lon:.6f}", "place-lat": f"{lat:.6f}", "place-address": "菜场门口",
    } | changes  # fmt: skip


def send(client: Client, city: Any, **changes: Any) -> Any:
    client.get(f"/report/{CATEGORY}/")
    return client.post(f"/report/{CATEGORY}/", typed(city, **changes))


def page(response: Any) -> str:
    return response.content.decode()


def test_a_report_gets_a_number_and_a_query_code_that_show_its_progress(client: Client, city: Any) -> None:
    told = client.get(send(client, city).url)
    case = Case.objects.get()
    assert case.number in page(told)
    code = re.search(r">(\d{8})<", page(told))[1]
    stranger = Client()
    assert stranger.get(f"/track/{case.pk}/").status_code == 404
    found = stranger.post("/track/", {"number": case.number.lower(), "code": code}, follow=True)
    assert "路口有一堆垃圾" in page(found) and "已收到上报" in page(found)


def test_sending_the_same_page_twice_is_one_case_and_shows_one_number(client: Client, city: Any) -> None:
    first, second = send(client, city), client.post(f"/report/{CATEGORY}/", typed(city))
    assert first.url == second.url
    assert Case.objects.count() == Contact.objects.count() == 1
    assert "查询码" in page(client.get(second.url))


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(client: Client, city: Any) -> None:
    wrong = {"description": "", "contact-phone": "12", "contact-name": "王女士", "place-address": "菜场门口"}
    answer = send(client, city, **wrong)
    assert answer.status_code == 422
    assert 'id="field-description-wrong"' in page(answer) and 'href="#field-own-phone"' in page(answer)
    assert all(f'value="{text}"' in page(answer) for text in ("12", "王女士", "菜场门口", KEY))
    assert not Case.objects.exists()


def test_a_photo_is_kept_though_another_field_is_wrong(client: Client, city: Any) -> None:
    answer = send(client, city, description="", photos=[photo()])
    kept = re.search(r'name="photos" value="([0-9a-f-]{36})"', page(answer))[1]
    assert client.get(f"/documents/{kept}/thumb/")["Content-Type"] == "image/jpeg"
    assert Client().get(f"/documents/{kept}/thumb/").status_code == 404
    client.post(f"/report/{CATEGORY}/", typed(city, photos=[kept]))
    assert str(Attachment.objects.get().document) == kept


def test_a_photo_of_somebody_else_cannot_be_put_on_a_report(client: Client, city: Any) -> None:
    answer = send(client, city, description="", photos=[photo()])
    foreign = re.search(r'name="photos" value="([0-9a-f-]{36})"', page(answer))[1]
    send(Client(), city, photos=[foreign])
    assert Case.objects.count() == 1 and not Attachment.objects.exists()


def test_a_photo_that_is_not_wanted_is_left_out(client: Client, city: Any) -> None:
    answer = send(client, city, description="", photos=[photo()])
    kept = re.search(r'name="photos" value="([0-9a-f-]{36})"', page(answer))[1]
    client.post(f"/report/{CATEGORY}/", typed(city, photos=[kept], **{"photo-drop": kept}))
    assert Case.objects.exists() and not Attachment.objects.exists()


def test_more_photos_than_allowed_are_refused_and_the_allowed_kept(client: Client, city: Any) -> None:
    answer = send(client, city, photos=[photo(f"#0000{n}0") for n in range(1, 9)])
    assert answer.status_code == 422 and "最多 6 张照片" in page(answer)
    assert len(re.findall(r'name="photos" value="', page(answer))) == 6


def test_a_file_too_large_is_refused_beside_its_field_and_the_rest_is_kept(client: Client, city: Any) -> None:
    large = SimpleUploadedFile("large.jpg", b"\xff\xd8\xff" + bytes(16 * 1024 * 1024), "image/jpeg")
    answer = send(client, city, photos=[large])
    assert answer.status_code == 413 and 'id="field-photos-wrong"' in page(answer)
    assert "路口有一堆垃圾" in page(answer) and not Case.objects.exists()


def test_a_request_of_two_hundred_megabytes_is_refused_before_it_is_read(client: Client, city: Any) -> None:
    answer = client.post(f"/report/{CATEGORY}/", typed(city), CONTENT_LENGTH=str(200 << 20))
    assert answer.status_code == 413 and "MB" in page(answer)


def test_a_file_that_is_no_photo_is_refused_with_a_sentence(client: Client, city: Any) -> None:
    answer = send(client, city, photos=[SimpleUploadedFile("a.jpg", b"<script>alert(1)</script>", "image/jpeg")])
    assert answer.status_code == 422 and 'id="field-photos-wrong"' in page(answer)
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "point", [("0", "0"), ("nan", "nan"), ("1e999", "5"), ("", ""), ("一", "二"), ("121.0", "999")]
)
def test_a_point_that_is_not_in_the_city_is_refused(client: Client, city: Any, point: tuple[str, str]) -> None:
    answer = send(client, city, **{"place-lon": point[0], "place-lat": point[1]})
    assert answer.status_code == 422 and 'href="#field-own-place"' in page(answer)
    assert not Case.objects.exists()


def test_an_unknown_category_is_absent(client: Client, city: Any) -> None:
    assert client.get("/report/9999/").status_code == 404
    assert client.get("/report/<script>/").status_code == 404


def test_a_text_of_a_million_letters_is_refused_and_kept(client: Client, city: Any) -> None:
    answer = send(client, city, description="长" * 400_000)
    assert answer.status_code == 422 and "400000" in page(answer)
    assert "长" * 400_000 in page(answer)


def test_a_script_is_shown_as_text(client: Client, city: Any) -> None:
    wicked = "<script>alert('坏')</script>"
    told = send(client, city, description=wicked, **{"place-address": wicked})
    shown = page(client.get(f"/track/{told.url.rstrip('/').rsplit('/', 1)[1]}/"))
    assert "<script>alert" not in shown and shown.count("&lt;script&gt;alert") == 2


def test_characters_no_database_takes_are_dropped(client: Client, city: Any) -> None:
    assert send(client, city, **{"place-address": "菜场\0门口", "contact-name": "王\0"}).status_code == 302
    assert client.get("/report/", {"q": "垃圾\0"}).status_code == 200
    assert client.post("/track/", {"number": "A\0", "code": "\0"}).status_code == 404


def test_the_place_may_be_one_that_the_address_search_found(client: Client, city: Any) -> None:
    lon, lat = city.spot(5)
    told = send(client, city, **{"place-lon": "", "place-lat": "", "place-spot": f"{lon:.6f},{lat:.6f}"})
    assert told.status_code == 302 and Case.objects.get().lon == pytest.approx(lon, abs=1e-5)


def test_the_address_search_works_without_scripts_and_keeps_what_was_typed(client: Client, city: Any) -> None:
    from zhongshu.registers.places.models import Road

    road = Road.objects.exclude(name="").first()
    answer = send(client, city, **{"report-go": "find", "place-address": f"{road.name}12号"})
    assert answer.status_code == 200 and 'name="place-spot"' in page(answer)
    assert "路口有一堆垃圾" in page(answer) and not Case.objects.exists()


def test_too_many_reports_from_one_address_are_told_to_wait(client: Client, city: Any) -> None:
    from uuid import uuid4

    another = {"report-known": "other"}
    answers = [send(client, city, **{"act-key": str(uuid4()), **another}).status_code for _ in range(21)]
    assert answers == [302] * 20 + [429]
    assert Case.objects.count() == 20


def test_words_find_a_category_and_go_with_the_visitor(client: Client, city: Any) -> None:
    from zhongshu.registers.catalogue import queries as catalogue

    leaf = catalogue.category(CATEGORY)
    shown = page(client.get("/report/", {"q": leaf.name}))
    assert f'href="/report/{CATEGORY}/?text=' in shown
    assert "井盖没了</textarea>" in page(client.get(f"/report/{CATEGORY}/", {"text": "井盖没了"}))


def test_categories_are_read_in_few_statements(client: Client, city: Any, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(8):
        client.get("/report/")


def test_a_page_without_the_csrf_token_changes_nothing(city: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"/report/{CATEGORY}/", typed(city)).status_code == 403
    assert not Case.objects.exists()
