"""Numbers of people in what a case was told: masked wherever an official reads, in full for a purpose that is kept."""

import json
from typing import Any

import pytest
from django.test import Client

from zhongshu.base.journal import caches
from zhongshu.base.journal import queries as journal
from zhongshu.channels.presenters.tests.carried import carried
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.models import Scenario as Stored
from zhongshu.engine.cases.queries import one, scenarios
from zhongshu.engine.cases.rules.starting import Start
from zhongshu.engine.cases.tests import asked
from zhongshu.registers.people.models import Look

CARD = {"type": "string", "format": "id-number", "title": "证件号码"}
PHONE = {"type": "string", "format": "phone", "title": "联系电话"}
NUMBER, MASKED = "990101200001010014", "9901************14"


def begun(city: Any, by: str, who: str) -> cases.Opened:
    """A case in which a card and a phone were asked for, and bodies are asked for whom to call."""
    files = asked.files(by=f'"{by}"', roles='"supervisor"' if by == "official" else "")
    for name, more in (("form.json", {"card": CARD, "phone": PHONE}), ("tasks/ask.json", {"call": PHONE})):
        form = json.loads(files[name])
        form["properties"] |= more
        files[name] = json.dumps(form)
    Stored.objects.create(code="story-asking", version=1, digest="story-asking", files=files, loaded=city.now)
    caches.forget_all()
    scenarios.version.cache_clear()
    told = {"subject": "开店", "bodies": asked.bureaus(1), "by": "2099-01-01", "card": NUMBER, "phone": "13900000001"}
    start = Start("personal", by, told)
    return cases.start(scenarios.newest("story-asking"), start, by=city.actor(who), at=city.now)


def answered(city: Any, opened: cases.Opened) -> None:
    """The body that was asked has answered whom to call."""
    from zhongshu.registers.people import queries as people

    (task,) = one.view(opened.case_id).open_tasks
    able = people.holders("handler", people.reach(-task.pool), city.now).order_by("login")
    crew = people.actor(able[0].pk, city.now)
    cases.complete(opened.case_id, task.token, {"agree": True, "call": "13911112222"}, by=crew, at=city.now)


@pytest.mark.parametrize(("by", "who"), [("applicant", "resident"), ("official", "supervisor")])
def test_numbers_in_answers_are_masked_and_shown_for_a_purpose_that_is_kept(
    city: Any, client: Client, by: str, who: str
) -> None:
    opened = begun(city, by, who)
    answered(city, opened)
    address = f"/desk/cases/{opened.number}/"
    page = city.signed_in(client, "supervisor").get(address).text
    assert MASKED in page and "139****0001" in page and page.count("139****2222") == 2
    assert NUMBER not in page and "13900000001" not in page and "13911112222" not in page
    assert "查看联系方式和证件号码" in page
    assert client.post(f"{address}contact/", {"purpose": ""}).status_code == 422
    shown = client.post(f"{address}contact/", {"purpose": "核对申请人身份"})
    assert NUMBER in shown.text and "13900000001" in shown.text and shown.text.count("13911112222") == 2
    assert shown["Cache-Control"] == "no-store" and NUMBER not in client.get(address).text
    (look,) = journal.trace("look", str(opened.case_id))
    assert look.facts["answers"] == ["card", "phone", "ask.call"]
    assert [seen.what for seen in Look.objects.filter(case_id=opened.case_id)] == (
        [Look.What.IDENTITY] if by == "applicant" else []
    )


def test_the_sheet_of_what_bodies_answered_has_them_masked(city: Any, client: Client) -> None:
    opened = begun(city, "official", "supervisor")
    answered(city, opened)
    address = f"/desk/cases/{opened.number}/asked/ask/file/"
    sheet = city.signed_in(client, "supervisor").post(address, {"form": "csv"})
    assert "139****2222" in b"".join(sheet).decode()


def test_who_has_typed_a_number_reads_it_over_in_full(city: Any, client: Client) -> None:
    begun(city, "official", "supervisor")
    address = "/desk/start/story-asking/"
    typed = {"subject": "开店", "bodies": asked.bureaus(1), "by": "2099-01-01", "phone": "13900000001"}
    form = carried(city.signed_in(client, "supervisor").get(address).text, "own-key")
    page = client.post(address, form | typed | {"own-go": "check"}).text
    assert "请核对" in page and '<dd class="typed">13900000001</dd>' in page
