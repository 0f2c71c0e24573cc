"""What every channel's pages use: preferences, documents, the city's lines, conditional questions."""

import json
from typing import Any

import pytest
from django.test import Client

from zhongshu.engine.cases.models import Attachment
from zhongshu.engine.cases.queries import scenarios

pytestmark = pytest.mark.django_db


def test_the_language_is_remembered_and_leads_back_to_the_page(client: Client, city: Any) -> None:
    assert client.post("/language/", {"language": "en", "next": "/track/?number=A"}).url == "/track/?number=A"
    assert '<html lang="en">' in client.get("/track/").content.decode()
    client.post("/language/", {"language": "xx", "next": "https://evil.example/"})
    assert '<html lang="zh-Hans">' in client.get("/").content.decode()


def test_elder_mode_is_remembered_and_asks_one_thing_a_page(client: Client, city: Any) -> None:
    client.post("/mode/", {"mode": "elder", "next": "/"})
    asked = client.get("/report/1101/").content.decode()
    assert '<html lang="zh-Hans" class="elder">' in asked and "第 1 步" in asked
    again = client.post("/report/1101/", {"report-go": "next", "report-step": "description", "description": ""})
    assert again.status_code == 422 and "第 1 步" in again.content.decode()
    onward = client.post(
        "/report/1101/", {"report-go": "next", "report-step": "description", "description": "路口有垃圾。"}
    )
    assert "第 2 步" in onward.content.decode() and "路口有垃圾。" in onward.content.decode()
    back = client.post("/report/1101/", {"report-go": "back", "report-step": "own-place", "description": ""})
    assert back.status_code == 200


def test_sending_in_elder_mode_leads_to_the_first_thing_that_is_wrong(client: Client, city: Any) -> None:
    client.post("/mode/", {"mode": "elder"})
    answer = client.post(
        "/report/1101/", {"report-go": "send", "report-step": "own-contact", "description": "路口有垃圾。"}
    )
    assert answer.status_code == 422 and 'href="#field-own-place"' in answer.content.decode()


def test_a_photo_is_for_those_who_may_see_its_case(client: Client, city: Any) -> None:
    from zhongshu.channels.portal.tests.test_report import photo, send

    city.signed_in(client, "resident")
    send(client, city, photos=[photo()])
    address = f"/documents/{Attachment.objects.get().document}/full/"
    assert client.get(address)["Content-Type"] == "image/jpeg"
    assert city.signed_in(Client(), "supervisor").get(address).status_code == 200
    assert city.signed_in(Client(), "administrator").get(address).status_code == 404
    assert Client().get(address).status_code == 404
    assert client.get(address.replace("full", "huge")).status_code == 404


def test_the_city_is_drawn_from_its_own_places(client: Client, city: Any) -> None:
    drawn = client.get("/map/city.geojson")
    layers = {feature["properties"]["layer"] for feature in json.loads(drawn.content)["features"]}
    assert {"district", "street", "road", "district-name"} <= layers


def test_the_server_says_which_questions_are_asked(client: Client, city: Any) -> None:
    form = next(s for s in scenarios.all_newest() if "handle" in s.forms)
    address = f"/asked/{form.code}/{form.version}/handle/"
    before = client.post(address, {"result": "done"}).json()["asked"]
    after = client.post(address, {"result": "not_ours"}).json()["asked"]
    assert "reason" in after and "reason" not in before
    assert client.post("/asked/nothing/1/handle/").status_code == 404
    assert client.post(f"/asked/{form.code}/{form.version}/nothing/").status_code == 404
