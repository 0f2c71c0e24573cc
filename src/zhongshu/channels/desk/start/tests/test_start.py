"""An official starts a case at the desk, reads it over, sends it, and sees what the bodies answer."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from zhongshu.engine.cases.models import Case
from zhongshu.engine.cases.tests.asked import Asking, bureaus, kept

ONE = "/desk/start/story-asking/"


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "own-key": "start-by-hand", "subject": "=夜间施工怎么管", "bodies": bureaus(3), "by": "2099-01-01",
        "own-go": "check",
    } | changes  # fmt: skip


def test_what_one_may_start_is_listed_and_found_by_name(city: Any, client: Client) -> None:
    kept(city.now)
    city.signed_in(client, "supervisor")
    assert b'href="/desk/start/story-asking/"' in client.get("/desk/start/").content
    assert b'href="/desk/start/story-asking/"' in client.get("/desk/start/?q=ASKING").content
    assert b'href="/desk/start/story-asking/"' not in client.get("/desk/start/?q=x-y-z").content


def test_who_has_none_of_the_roles_sees_nothing_to_start(city: Any, client: Client) -> None:
    kept(city.now, roles='"acceptor"')
    city.signed_in(client, "supervisor")
    assert b"/desk/start/story-asking/" not in client.get("/desk/start/").content
    assert client.get(ONE).status_code == client.post(ONE, typed()).status_code == 404
    assert not Case.objects.filter(scenario="story-asking").exists()


def test_what_was_typed_is_read_over_and_then_starts_one_case(city: Any, client: Client) -> None:
    kept(city.now)
    city.signed_in(client, "supervisor")
    checked = client.post(ONE, typed())
    assert checked.status_code == 200 and "请核对" in checked.text and 'value="send"' in checked.text
    assert not Case.objects.filter(scenario="story-asking").exists()
    back = client.post(ONE, typed(**{"own-go": "edit"}))
    assert "请核对" not in back.text and back.text.count(" checked") == 3
    for _ in range(2):
        sent = client.post(ONE, typed(**{"own-go": "send"}))
        case = Case.objects.get(scenario="story-asking")
        assert sent.status_code == 302 and sent.headers["Location"] == f"/desk/cases/{case.number}/"


def test_what_is_wrong_stands_beside_its_question_and_nothing_is_lost(city: Any, client: Client) -> None:
    kept(city.now)
    city.signed_in(client, "supervisor")
    past = client.post(ONE, typed(by="2020-01-01", **{"own-go": "send"}))
    assert past.status_code == 422 and 'id="field-by-wrong"' in past.text and "已经过去" in past.text
    assert "夜间施工怎么管" in past.text and past.text.count(" checked") == 3
    strange = client.post(ONE, typed(bodies=[99_999_999]))
    assert strange.status_code == 422 and 'id="field-bodies-wrong"' in strange.text


def test_the_case_shows_a_table_of_answers_and_lets_its_starter_add_and_drop(city: Any, client: Client) -> None:
    asking = Asking(city, 3)
    asking.answer(asking.bodies[0], note="=1+1")
    city.signed_in(client, "supervisor")
    page = f"/desk/cases/{asking.held.number}/"
    shown = client.get(page)
    assert shown.status_code == 200 and "已答复 1 个单位，共征询 3 个" in shown.text and "=1+1" in shown.text
    token = asking.token(asking.bodies[1])
    assert client.post(f"{page}tasks/{token}/drop/", {"reason": ""}).status_code == 422
    assert client.post(f"{page}tasks/{token}/drop/", {"reason": "与其无关"}).status_code == 302
    assert client.post(f"{page}asked/ask/", {"body": "", "reason": "漏了"}).status_code == 422
    more = next(body for body in bureaus(6) if body not in asking.bodies)
    assert client.post(f"{page}asked/ask/", {"body": str(more), "reason": "漏了"}).status_code == 302
    assert "已答复 1 个单位，共征询 3 个" in client.get(page).text


def test_a_page_shows_the_bodies_in_a_table_and_one_s_own_task_only(city: Any, client: Client) -> None:
    asking = Asking(city, 12)
    city.signed_in(client, "supervisor")
    page = f"/desk/cases/{asking.held.number}/"
    shown = client.get(page).text
    assert 'class="duty' not in shown and shown.count("?task=") == 12 and asking.by.name in shown
    with CaptureQueriesContext(connection) as many:
        client.get(page)
    few = asking.again(2)
    with CaptureQueriesContext(connection) as less:
        client.get(f"/desk/cases/{few}/")
    assert len(many) == len(less)
    assert client.get(f"{page}?task={asking.token(asking.bodies[0])}").text.count('class="duty') == 1


def test_the_answers_are_taken_away_without_a_formula_and_it_is_recorded(city: Any, client: Client) -> None:
    from zhongshu.base.journal import queries as journal

    asking = Asking(city, 2)
    asking.answer(asking.bodies[0], note="=1+1")
    city.signed_in(client, "supervisor")
    address = f"/desk/cases/{asking.held.number}/asked/ask/file/"
    text = b"".join(client.post(address, {"form": "csv"}).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert "'=1+1" in text and len(text.splitlines()) == 3
    book = b"".join(client.post(address, {"form": "xlsx"}).streaming_content)  # type: ignore[attr-defined]
    sheet = ZipFile(BytesIO(book)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert [entry.verb for entry in journal.trace("answers", asking.by.id)] == ["cases.answers_exported"] * 2
    assert client.post(address, {"form": "exe"}).status_code == 422
    assert client.post(address.replace("/ask/", "/collect/"), {"form": "csv"}).status_code == 404
