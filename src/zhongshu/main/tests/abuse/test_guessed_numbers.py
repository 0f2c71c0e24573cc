"""Somebody who guessed a number: another resident, an official of another region, a clerk of a sister body."""

import html
import os
import re
from typing import Any

import pytest
from django.test import Client

from zhongshu.base.journal import queries as journal
from zhongshu.base.journal.models import Entry
from zhongshu.data.figures.models import Counter
from zhongshu.engine.cases.models import Contact
from zhongshu.main.tests.abuse import addresses
from zhongshu.main.tests.abuse.told import PHONE, SECRET, Told

DEEP = os.environ.get("ZHONGSHU_DEEP") == "1"
WHO = ["anonymous", "neighbour", "far", "sister"]


def asked_by(who: str, told: Told) -> list[tuple[str, str]]:
    """The addresses somebody tries: each is tried by two of them, in the full counts by everybody."""
    found = [(name, address) for name, address, _ in addresses.pages(told.values)]
    return found if DEEP else found[WHO.index(who) % 2 :: 2]


@pytest.mark.parametrize("who", WHO)
def test_no_page_shows_what_was_guessed(city: Any, told: Told, strangers: dict[str, Client], who: str) -> None:
    city.react()
    leaking = {
        name: answer.status_code
        for name, address in asked_by(who, told)
        if told.is_in(answer := strangers[who].get(address)) or answer.status_code >= 500
    }
    assert leaking == {}


@pytest.mark.parametrize("who", WHO)
def test_no_form_changes_what_was_guessed(city: Any, told: Told, strangers: dict[str, Client], who: str) -> None:
    before = told.state()
    typed = {
        "reason": "随便写一个理由。",
        "level": "5",
        "result": "done",
        "note": "x",
        "to": "accept",
        "case": told.case.number,
    }
    answers = {
        name: strangers[who].post(address, typed) for name, address in asked_by(who, told)
        if name not in {"account:sign_out"}
    }  # fmt: skip
    assert {name: a.status_code for name, a in answers.items() if told.is_in(a) or a.status_code >= 500} == {}
    assert told.state() == before


def test_what_the_owner_sees_is_there_to_be_leaked(city: Any, told: Told) -> None:
    mine = city.signed_in(Client(), "resident")
    supervisor = city.signed_in(Client(), "supervisor")
    assert told.is_in(mine.get(f"/track/{told.case.pk}/"))
    assert told.is_in(supervisor.get(f"/desk/cases/{told.case.number}/"))
    assert supervisor.get(f"/documents/{told.values['document']}/full/").status_code == 200
    assert supervisor.get(f"/desk/cases/?q={told.case.number}").status_code in {200, 302}


@pytest.mark.parametrize("who", ["far", "sister"])
def test_that_it_was_tried_is_kept(city: Any, told: Told, strangers: dict[str, Client], who: str) -> None:
    assert strangers[who].get(f"/desk/cases/{told.case.number}/").status_code == 404
    tried = Entry.objects.filter(actor=str(city.account(who).pk), verb="cases.foreign_case_tried")
    assert [entry.facts["case"] for entry in tried] == [str(told.case.pk)]


LISTS = (
    "/desk/cases/?q={number}", "/desk/cases/?q={secret}", "/desk/cases/?under={place}", "/desk/cases/?under=-{body}",
    "/desk/?q={number}", "/desk/dispatch/?case={number}", "/desk/dispatch/?q={number}", "/desk/dispatch/points/",
    "/desk/figures/cases/?measure=opened",
    "/desk/bulk/?case={number}",
    "/screen/data/", "/screen/points/", "/screen/cases/?what=opened", "/mobile/", "/desk/handovers/?q=林",
)  # fmt: skip


def test_no_list_search_export_or_map_of_another_region_holds_it(
    city: Any, told: Told, strangers: dict[str, Client]
) -> None:
    city.react()
    place = max(key for key in told.case.reach if key > 0)
    asked = {"number": told.case.number, "secret": SECRET, "place": place, "body": told.case.body or 1}
    for address in (each.format(**asked) for each in LISTS):
        answer = strangers["far"].get(address)
        said = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode(errors="replace")
        assert answer.status_code < 500 and PHONE not in said and f"/cases/{told.case.number}/" not in said, address
        assert [text for text in (SECRET, told.case.number) if text in said and text not in address] == [], address


def test_an_export_of_another_region_does_not_hold_it(city: Any, told: Told, strangers: dict[str, Client]) -> None:
    city.react()
    leader = city.signed_in(Client(), "leader")
    figures = leader.get("/desk/figures/?measure=opened").content.decode()
    behind = html.unescape(re.findall(r'href="/desk/figures/cases/(\?[^"]*)"', figures)[0])
    files = {}
    for who, client in (("leader", leader), ("far", strangers["far"]), ("sister", strangers["sister"])):
        answer = client.post(f"/desk/figures/export/{behind}", {"form": "csv"})
        files[who] = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
    assert told.case.number in files["leader"]
    assert told.case.number not in files["far"] + files["sister"]


def test_a_guessed_photo_answers_as_absent_and_that_it_was_tried_is_kept(
    city: Any, told: Told, strangers: dict[str, Client]
) -> None:
    nowhere = strangers["far"].get("/documents/00000000-0000-0000-0000-00000000abcd/full/")
    guessed = strangers["far"].get(f"/documents/{told.values['document']}/full/")
    assert nowhere.status_code == guessed.status_code == 404
    said = [re.sub(r"\b\w{64}\b|/documents/[^\"?]*", "", each.content.decode()) for each in (nowhere, guessed)]
    assert said[0] == said[1]
    (entry,) = Entry.objects.filter(kind="security", actor=str(city.account("far").pk))
    assert (entry.verb, entry.facts["kind"]) == ("security.foreign_tried", "document")


def test_statistics_of_another_region_do_not_count_it(city: Any, told: Told, strangers: dict[str, Client]) -> None:
    def counted() -> str:
        page = strangers["far"].get("/desk/figures/?measure=opened&group=body").content.decode()
        return re.sub(r"\b\w{64}\b", "", page)  # without the sign of this very page

    city.react()  # what was given to the strangers for this story is told to them
    before = counted()
    city.report(spot=(told.case.lon, told.case.lat))
    city.react()
    assert Counter.objects.exists() and counted() == before


def test_the_live_feed_of_another_region_does_not_tell_of_it(
    city: Any, told: Told, strangers: dict[str, Client]
) -> None:
    from zhongshu.base.live import doors as live

    sessions = {who: client.cookies["sessionid"].value for who, client in strangers.items() if client.cookies}
    entries = journal.trace("case", str(told.case.pk))
    assert entries
    for who in ("far", "sister", "neighbour"):
        found = live.door.filter_of(sessions[who])
        assert found is None or not any(found.lets(entry) for entry in entries)
    assert Contact.objects.filter(case_id=told.case.pk).exists()
