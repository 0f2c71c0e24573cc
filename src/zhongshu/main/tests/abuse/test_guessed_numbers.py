"""Somebody who guessed a number: another resident, an official of another region, a clerk of a sister body."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from zhongshu.base.journal import queries as journal
from zhongshu.base.journal.models import Entry
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.channels.portal.tests.test_report import photo, send
from zhongshu.data.figures.models import Counter
from zhongshu.engine.cases.models import Attachment, Case, Contact, Task
from zhongshu.main.tests.abuse import addresses
from zhongshu.registers.people import actions as people
from zhongshu.registers.people.models import Account, Body

SECRET = "三单元的王女士说门口堆了东西"
PHONE = "13911112222"
EVERY_SEAT = ("acceptor", "dispatcher", "handler", "verifier", "supervisor", "leader", "administrator")


@dataclass(frozen=True, slots=True)
class Told:
    """A resident's report, and everything that could be guessed of it."""

    case: Case
    values: dict[str, Any]

    def is_in(self, answer: Any) -> bool:
        """Whether anything of it stands in an answer; its number is nothing new to one who asked by it."""
        said = b"".join(answer.streaming_content) if answer.streaming else answer.content
        told = {SECRET, PHONE} | {self.case.number} - set(answer.request["PATH_INFO"].split("/"))
        return any(text.encode() in said for text in told)

    def state(self) -> tuple[Any, ...]:
        """What nobody else may change."""
        case = Case.objects.values_list("phase", "closed", "body", "data").get(pk=self.case.pk)
        entries = Entry.objects.filter(kind="case", subject=str(self.case.pk)).count()
        return (
            *case,
            entries,
            Task.objects.filter(case_id=self.case.pk, closed=None).values_list("token", "assignee")[0],
        )


@pytest.fixture
def told(city: Any) -> Told:
    mine = Client()
    city.signed_in(mine, "resident")
    send(mine, city, description=SECRET, photos=[photo()], **{"contact-phone": PHONE, "contact-name": "王女士"})
    case = Case.objects.get()
    values = {
        "case_id": case.pk, "number": case.number, "document": Attachment.objects.get().document, "size": "full",
        "token": Task.objects.filter(case_id=case.pk).latest("token").token, "body_id": case.body or 1,
        "account": city.account("resident").pk,
    }  # fmt: skip
    return Told(case, values)


def _somebody(city: Any, login: str, body: Body | None = None, place: int | None = None, roles: Any = ()) -> None:
    """Somebody who holds these roles over one body and place; nobody types a password here, so there is none."""
    kind = "staff" if body else "resident"
    made = Account.objects.create(login=login, name="何远山", kind=kind, body=body, opened=city.now, password="!")
    for role in roles:
        people.give_grant(made, role, body=body, place=place, by=SYSTEM, at=city.now)


@pytest.fixture
def strangers(city: Any, told: Told) -> dict[str, Client]:
    """Who has nothing to do with it: signed in as each."""
    _somebody(city, "neighbour")
    reach = Case.objects.values_list("reach", flat=True).get(pk=told.case.pk)
    away = Body.objects.exclude(place=None).filter(kind="government", parent__isnull=False).order_by("pk")
    far = next(body for body in away if body.place not in reach)
    _somebody(city, "far", far, far.place, EVERY_SEAT)
    sister = Body.objects.filter(kind="bureau", parent=far.parent).order_by("-pk").first()
    assert sister is not None
    _somebody(city, "sister", sister, None, ("handler", "verifier", "acceptor"))
    for login in ("far", "sister"):
        assert not permissions.may(city.actor(login), "case.read", reach, city.now)
    found = {"anonymous": Client()}
    return found | {login: city.signed_in(Client(), login) for login in ("neighbour", "far", "sister")}


@pytest.mark.parametrize("who", ["anonymous", "neighbour", "far", "sister"])
def test_no_page_shows_what_was_guessed(city: Any, told: Told, strangers: dict[str, Client], who: str) -> None:
    city.react()
    leaking = {
        name: answer.status_code
        for name, address, _ in addresses.pages(told.values)
        if told.is_in(answer := strangers[who].get(address)) or answer.status_code >= 500
    }
    assert leaking == {}


@pytest.mark.parametrize("who", ["anonymous", "neighbour", "far", "sister"])
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
        name: strangers[who].post(address, typed) for name, address, _ in addresses.pages(told.values)
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
    "/desk/figures/cases/?measure=opened", "/desk/figures/export/?measure=opened&format=csv",
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


def test_statistics_of_another_region_do_not_count_it(city: Any, told: Told, strangers: dict[str, Client]) -> None:
    def counted() -> str:
        page = strangers["far"].get("/desk/figures/?measure=opened&group=body").content.decode()
        return re.sub(r"\b\w{64}\b", "", page)  # without the sign of this very page

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
