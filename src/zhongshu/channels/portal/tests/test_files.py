"""Files that people attach: sent before their form, seen by those whose matter it is, handed out to be saved."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from zhongshu.channels.portal.tests.test_report import photo
from zhongshu.engine.cases.actions import attachments
from zhongshu.engine.cases.models import Attachment
from zhongshu.engine.cases.tests.test_supplement import Report
from zhongshu.registers.documents import actions as documents
from zhongshu.registers.documents.models import Document
from zhongshu.registers.documents.tests.test_files import packed, pdf
from zhongshu.registers.people.models import Account

pytestmark = pytest.mark.django_db


def plan(name: str = "平面图 1.pdf", data: bytes = pdf()) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "text/html")


def sent(client: Client, path: str = "/documents/", **given: Any) -> Any:
    return client.post(path, {"file": plan()} | given)


@pytest.fixture
def report(city: Any) -> Report:
    return Report(city)


@pytest.fixture
def browser(city: Any) -> Callable[[str], Client]:
    return lambda login: city.signed_in(Client(), login)


def attached(report: Report, client: Client, token: int | None = None) -> str:
    """A file of this client's on the case."""
    document = sent(client).json()["value"]
    attachments.attach(report.id, token, {"plan": [UUID(document)]}, None, report.city.now)
    return document


def test_a_file_is_kept_as_soon_as_it_is_sent_and_once_under_its_own_id(city: Any, client: Client) -> None:
    own = str(uuid4())
    first, again = sent(client, id=own), sent(client, id=own)
    assert first.json() == again.json() and Document.objects.count() == 1
    told = first.json()
    assert (told["value"], told["name"], told["kind"]) == (own, "平面图 1.pdf", "PDF")
    assert client.get(told["address"]).status_code == 200 and Client().get(told["address"]).status_code == 404


def test_what_is_no_file_of_ours_is_refused_in_words(city: Any, client: Client) -> None:
    for given, word in [({"file": plan(data=b"MZ")}, "只能上传"), ({"id": "7"}, "编号"), ({"file": ""}, "没有收到")]:
        answer = sent(client, **given)
        assert answer.status_code in (400, 422) and word in answer.content.decode()
    assert not Document.objects.exists()


def test_a_file_is_saved_under_its_name_and_runs_nothing(report: Report, browser: Any) -> None:
    resident = browser("resident")
    answer = resident.get(f"/documents/{attached(report, resident)}/full/")
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%E5%B9%B3%E9%9D%A2%E5%9B%BE%201.pdf"
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer.content.startswith(b"%PDF")


def test_a_name_does_not_hide_what_a_file_is(city: Any, client: Client) -> None:
    table = packed("[Content_Types].xml", "xl/workbook.xml")
    assert sent(client, file=plan("账目.pdf.exe", table)).json()["name"] == "账目.pdf.exe.xlsx"


def test_the_applicant_and_the_desk_see_a_file_listed_with_name_kind_and_size(report: Report, browser: Any) -> None:
    resident = browser("resident")
    document = attached(report, resident)
    own = resident.get(f"/track/{report.id}/").content.decode()
    assert "平面图 1.pdf" in own and f"/documents/{document}/full/" in own
    desk = browser(_login(report))
    shown = desk.get(f"/desk/cases/{report.held.number}/").content.decode()
    assert "平面图 1.pdf" in shown and "PDF · " in shown
    answer = desk.get(f"/desk/cases/{report.held.number}/photos/{document}/")
    assert answer["Content-Disposition"].startswith("attachment") and answer.content.startswith(b"%PDF")


def _login(report: Report) -> str:
    return Account.objects.get(pk=report.acceptor.id).login


def test_what_an_official_attached_to_a_task_and_what_a_stranger_asks_for_is_absent(
    report: Report, browser: Any
) -> None:
    desk, resident = browser(_login(report)), browser("resident")
    inner = attached(report, desk, report.task("accept").token)
    assert resident.get(f"/documents/{inner}/full/").status_code == 404
    assert "平面图" not in resident.get(f"/track/{report.id}/").content.decode()
    own = attached(report, resident)
    assert Client().get(f"/documents/{own}/full/").status_code == 404
    assert browser("newcomer").get(f"/documents/{own}/full/").status_code == 404
    assert browser(_login(report)).get(f"/documents/{own}/full/").status_code == 200


def test_the_desk_and_the_street_send_files_too(report: Report, browser: Any) -> None:
    desk = browser(_login(report))
    told = sent(desk, "/desk/files/").json()
    assert desk.get(told["address"])["Content-Disposition"].startswith("attachment")
    assert browser("supervisor").get(told["address"]).status_code == 404
    street = sent(browser("grid001"), "/mobile/photos/", **{"act-key": str(uuid4())})
    assert json.loads(street.content)["kind"] == "PDF"


def test_a_destroyed_file_is_neither_listed_nor_handed_out(report: Report, browser: Any) -> None:
    resident = browser("resident")
    document = attached(report, resident)
    documents.destroy(UUID(document), "保存期限届满", by=report.resident, at=report.city.now)
    assert Attachment.objects.filter(case_id=report.id).exists()
    assert "平面图" not in resident.get(f"/track/{report.id}/").content.decode()
    assert resident.get(f"/documents/{document}/full/").status_code == 404


def test_at_the_desk_a_photo_that_is_not_wanted_is_left_out(city: Any, browser: Any) -> None:
    desk, at = browser("supervisor"), "/desk/report/?category=1101"
    typed = {"description": "路口有一堆垃圾", "own-go": "search"}
    shown = desk.post(at, typed | {"photos": [photo()]}).content.decode()
    kept = shown.split('name="photos" value="')[1].split('"')[0]
    assert f'value="{kept}"' in desk.post(at, typed | {"photos": [kept]}).content.decode()
    left = desk.post(at, typed | {"photos": [kept], "photo-drop": kept}).content.decode()
    assert 'name="photos" value=' not in left
