"""Who told of a matter adds what is missing, urges, takes it back: signed in, or with number and query code."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from zhongshu.channels.presenters.tests.carried import SAVE, carried, enter, field
from zhongshu.engine.cases.queries import supplement
from zhongshu.engine.cases.tests.test_supplement import Report
from zhongshu.engine.intake.models import Draft

pytestmark = pytest.mark.django_db


def page(client: Client, report: Report) -> str:
    return client.get(f"/track/{report.id}/").content.decode()


def post(client: Client, report: Report, path: str, **typed: Any) -> Any:
    return client.post(f"/track/{report.id}/{path}/", typed)


@pytest.fixture
def report(city: Any) -> Report:
    return Report(city)


@pytest.fixture
def resident(city: Any, client: Client) -> Client:
    return city.signed_in(client, "resident")


@pytest.fixture
def stranger(city: Any) -> Client:
    return Client()


def photo() -> SimpleUploadedFile:
    made = BytesIO()
    Image.new("RGB", (32, 24), "gray").save(made, "JPEG")
    return SimpleUploadedFile("door.jpg", made.getvalue(), "image/jpeg")


def test_what_is_missing_is_asked_for_and_comes_in_words_and_photos(report: Report, resident: Client) -> None:
    assert "请补正" not in page(resident, report)
    report.ask()
    shown = page(resident, report)
    assert "还缺 2 项" in shown and "门牌号" in shown and "找不到地方" in shown
    assert post(resident, report, "supplement", text_1="夜里十一点", photos_2=photo()).status_code == 302
    (kept,) = supplement.of_case(report.id)
    assert kept.answers[0].text == "夜里十一点" and len(kept.answers[1].photos) == 1
    shown = page(resident, report)
    assert "您补正的内容" in shown and "请补正" not in shown and "申请人已提交补正" in shown


def test_an_item_left_out_is_named_and_words_and_photos_are_kept(report: Report, resident: Client) -> None:
    report.ask()
    answer = post(resident, report, "supplement", text_1="", photos_2=photo())
    shown = answer.content.decode()
    assert answer.status_code == 422 and shown.count("请填写这一项，或附上照片。") == 1
    kept = shown.split('name="photos_2" value="')[1].split('"')[0]
    assert post(resident, report, "supplement", text_1="夜里", photos_2=kept).status_code == 302


def keep(client: Client, report: Report, **typed: Any) -> Any:
    """Save the form half filled in, as its page does."""
    return post(client, report, "supplement", **carried(page(client, report)), **SAVE, **typed)


def test_what_is_added_is_kept_half_filled_in_and_closed_when_it_is_sent(report: Report, resident: Client) -> None:
    report.ask()
    assert keep(resident, report, text_1="夜里十一点", photos_2=photo()).url == "/mine/#drafts"
    assert f"补正 {report.held.number}" in resident.get("/mine/").text
    shown = page(resident, report)
    assert "夜里十一点" in shown and "可以接着填写" in shown and 'name="photos_2" value="' in shown
    assert resident.get(f"/drafts/{Draft.objects.get().pk}/").url.startswith(f"/track/{report.id}/?draft=")
    sent = carried(shown) | {"text_1": "夜里", "photos_2": field(shown, "photos_2")}
    assert post(resident, report, "supplement", **sent).status_code == 302
    assert supplement.waiting(report.id) is None and Draft.objects.get().finished
    assert "补正 " not in resident.get("/mine/").text


def test_what_two_tabs_add_comes_together_and_what_they_dispute_is_chosen_first(
    report: Report, resident: Client
) -> None:
    report.ask()
    first, second = carried(page(resident, report)), carried(page(resident, report))
    post(resident, report, "supplement", **first, **SAVE, text_1="夜里十一点", text_2="")
    asked = post(resident, report, "supplement", **second, **SAVE, text_1="凌晨一点", text_2="12 号")
    assert asked.status_code == 409 and "第 1 项" in asked.text and Draft.objects.count() == 1
    assert "12 号" in page(resident, report)
    sent = post(resident, report, "supplement", **carried(page(resident, report)), text_1="凌晨一点", text_2="12 号")
    assert sent.status_code == 409 and "请先选定" in sent.text and supplement.waiting(report.id)


def test_what_is_added_after_the_session_has_ended_is_there_after_signing_in(
    city: Any, report: Report, resident: Client
) -> None:
    report.ask()
    typed = carried(page(resident, report)) | {"text_1": "夜里十一点"}
    resident.session.flush()
    (begun,) = re.findall(r"drafts%2F([0-9a-f-]+)", post(resident, report, "supplement", **typed).url)
    enter(city, resident, "resident")
    assert "夜里十一点" in resident.get(f"/drafts/{begun}/", follow=True).text


def test_what_was_typed_for_one_list_is_not_offered_for_another(report: Report, resident: Client) -> None:
    report.ask()
    keep(resident, report, text_1="夜里十一点")
    Draft.objects.update(element="supplement:0")
    assert "夜里十一点" not in page(resident, report)


def test_nobody_signed_in_keeps_it_in_their_browser(city: Any, stranger: Client) -> None:
    report = Report(city, account=None, phone="13800000000")
    report.ask()
    stranger.post("/track/", {"number": report.held.number, "code": report.opened.query_code})
    assert "saved=1" in keep(stranger, report, text_1="夜里十一点").url
    assert "夜里十一点" in page(stranger, report)
    sent = post(stranger, report, "supplement", **carried(page(stranger, report)), text_1="夜里", text_2="12 号")
    assert sent.status_code == 302 and Draft.objects.get().finished


def test_with_the_number_and_the_code_one_may_do_it_too(city: Any, stranger: Client) -> None:
    report = Report(city, account=None, phone="13800000000")
    report.ask()
    assert post(stranger, report, "supplement", text_1="夜里", text_2="12 号").status_code == 404
    stranger.post("/track/", {"number": report.held.number, "code": report.opened.query_code})
    assert post(stranger, report, "supplement", text_1="夜里", text_2="12 号").status_code == 302
    assert supplement.waiting(report.id) is None


def test_what_came_already_is_not_taken_twice(report: Report, resident: Client) -> None:
    report.ask()
    report.answer()
    assert post(resident, report, "supplement", text_1="夜里", text_2="12 号").status_code == 409


def test_one_urges_once_a_day(report: Report, resident: Client) -> None:
    assert "提醒办理人员尽快办" in page(resident, report)
    assert post(resident, report, "urge", urge="长" * 201).status_code == 422
    assert post(resident, report, "urge", urge="三天了").status_code == 302
    assert "您今天已经催办" in page(resident, report) and "申请人催办" in page(resident, report)
    again = post(resident, report, "urge")
    assert again.status_code == 409 and "明天可以再催" in again.content.decode()


def test_one_takes_a_matter_back_with_a_reason(report: Report, resident: Client) -> None:
    without = post(resident, report, "withdraw", withdraw=" ")
    assert without.status_code == 422 and "请写明原因" in without.content.decode()
    assert post(resident, report, "withdraw", withdraw="噪声已停止").status_code == 302
    shown = page(resident, report)
    assert "申请已撤回" in shown and "噪声已停止" in shown and "撤回这件事" not in shown
    again = post(resident, report, "withdraw", withdraw="噪声已停止")
    assert again.status_code == 409 and "不能再撤回" in again.content.decode()


@pytest.mark.parametrize("path", ["supplement", "urge", "withdraw"])
def test_nobody_else_does_any_of_it(report: Report, stranger: Client, path: str) -> None:
    report.ask()
    assert post(stranger, report, path, withdraw="不要了", text_1="夜里", text_2="12 号").status_code == 404
    assert report.held.closed is None and supplement.waiting(report.id)
