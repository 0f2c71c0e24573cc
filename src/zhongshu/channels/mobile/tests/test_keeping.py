"""What an officer tells of is kept before it is sent: half filled in, after the session has ended, with its photos."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from zhongshu.channels.presenters.tests.carried import SAVE, carried, enter, field
from zhongshu.engine.cases.models import Case
from zhongshu.engine.intake.models import Draft
from zhongshu.engine.intake.queries import pages

ONE = "/mobile/report/1101/"


@pytest.fixture
def officer(city: Any, client: Client) -> Client:
    return city.signed_in(client, "grid001")


def here(city: Any) -> dict[str, str]:
    lon, lat = city.spot()
    return {"position-lon": str(lon), "position-lat": str(lat), "position-at": city.now.isoformat()}


def test_a_report_is_saved_with_its_photos_offered_again_and_closed_when_it_is_sent(
    city: Any, officer: Client, photo: Any
) -> None:
    typed = {"description": "路边有一堆建筑垃圾。", "own-address": "菜场北门", "handled_note": "已清走。"}
    form = carried(officer.get(ONE).text, "act-key") | SAVE | typed
    answer = officer.post(ONE, form | {"photos": photo(), "own-handled": "yes", "handled_photos": photo()})
    page = officer.get(answer.url).text
    assert "已经保存" in page and "路边有一堆建筑垃圾。" in page and 'value="菜场北门"' in page and "已清走。" in page
    assert 'id="own-handled" checked' in page and page.count("kept-photos") == 2
    assert "您有一份没有写完的" in officer.get(ONE).text
    begun = Draft.objects.get()
    assert officer.get(f"/drafts/{begun.pk}/").url == f"{ONE}?draft={begun.pk}"
    assert field(page, "act-key") == str(begun.pk)
    for _ in range(2):
        officer.post(ONE, carried(page, "act-key") | typed | here(city))
    begun.refresh_from_db()
    assert begun.finished and Case.objects.count() == 1 and "您有一份没有写完的" not in officer.get(ONE).text


def test_a_report_sent_after_the_session_has_ended_is_there_after_signing_in(city: Any, officer: Client) -> None:
    form = carried(officer.get(ONE).text, "act-key") | here(city) | {"description": "路边有一堆建筑垃圾。"}
    officer.session.flush()
    (begun,) = re.findall(r"drafts%2F([0-9a-f-]+)", officer.post(ONE, form).url)
    enter(city, officer, "grid001")
    assert "路边有一堆建筑垃圾。" in officer.get(f"/drafts/{begun}/", follow=True).text


def test_a_page_kept_from_before_sends_a_second_report_though_its_draft_was_sent(city: Any, officer: Client) -> None:
    form = carried(officer.get(ONE).text, "act-key") | here(city)
    officer.post(ONE, form | SAVE | {"description": "路边有一堆建筑垃圾。"})
    officer.post(ONE, form | {"description": "路边有一堆建筑垃圾。"})
    officer.post(ONE, form | {"description": "路灯下有一堆纸箱。", "act-key": str(uuid4())})
    assert Case.objects.count() == 2 and Draft.objects.get().finished


def test_what_is_to_be_mended_finds_its_form_though_its_draft_is_gone(city: Any, officer: Client) -> None:
    form = carried(officer.get(ONE).text, "act-key")
    begun = officer.post(ONE, form | SAVE | {"description": "路边有一堆建筑垃圾。"}).url
    officer.post(f"/drafts/{Draft.objects.get().pk}/drop/")
    page = officer.get(begun)
    assert page.status_code == 200 and "路边有一堆建筑垃圾。" not in page.text


def test_anothers_draft_is_absent_in_the_street_too(city: Any, officer: Client) -> None:
    officer.post(ONE, carried(officer.get(ONE).text, "act-key") | SAVE | {"description": "路边有一堆建筑垃圾。"})
    other = city.signed_in(Client(), "grid002")
    assert other.get(f"{ONE}?draft={Draft.objects.get().pk}").status_code == 404


def test_a_task_not_yet_accepted_carries_its_draft_for_when_it_is(errand: Any, client: Client) -> None:
    errand.city.signed_in(client, errand.officer)
    page = carried(client.get(errand.page).text)
    assert (drawn := pages.read(page["draft-page"])) and drawn.subject.case_id == errand.id
