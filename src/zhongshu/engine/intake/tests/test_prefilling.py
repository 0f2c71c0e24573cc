"""Answers that are known already: offered with where they are from, written down where somebody is shown them."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.permissions.mandates import MandateScope
from zhongshu.base.permissions.rules import ANONYMOUS, SYSTEM, Actor
from zhongshu.engine.intake import sources
from zhongshu.engine.intake.actions.prefilling import prefill
from zhongshu.engine.intake.doors import sources as filled
from zhongshu.engine.intake.rules.offers import Offered, origins
from zhongshu.registers.people.models import Firm, Look, Mandate, Person

WANTED = {"owner": "person.name", "rows.0.call": "person.phone", "number": "person.id_number"}
FIRM = {"company": "firm.name", "code": "firm.uscc", "where": "firm.address"}
NEW_YEAR = datetime(2026, 1, 1, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def _plugged() -> None:
    assert isinstance(filled["person"], sources.OfPerson) and isinstance(filled["firm"], sources.OfFirm)


def test_people_are_offered_what_is_known_of_themselves_and_their_number_is_a_look(city: Any) -> None:
    by, person = city.actor("resident"), city.account("resident").person
    before = Look.objects.filter(person=person).count()
    offered = prefill(WANTED, by=by, at=city.now)
    assert offered["owner"].value == person.name and offered["owner"].source == "来自实名信息"
    assert offered["owner"].as_of == person.verified
    assert offered["rows.0.call"].value == person.phone
    assert len(offered["number"].value) == 18
    assert Look.objects.filter(person=person).count() == before + 1
    assert Look.objects.filter(person=person).latest("at").purpose == "own"


def test_nobody_and_officials_are_offered_nothing(city: Any) -> None:
    assert prefill(WANTED | FIRM, by=ANONYMOUS, at=city.now) == {}
    assert prefill(WANTED | FIRM, by=city.actor("acceptor"), at=city.now) == {}


def test_a_source_that_nobody_fills_offers_nothing(city: Any) -> None:
    assert (
        prefill({"a": "place.name", "b": "person", "c": "person.shoe_size"}, by=city.actor("resident"), at=city.now)
        == {}
    )


def acting(city: Any, **principal: Any) -> Actor:
    given = Mandate.objects.create(
        agent_person=city.account("resident").person, starts=city.now, ends=city.now + timedelta(days=30),
        how="online", given_by=SYSTEM.id, given=city.now, accepted=city.now, **principal,
    )  # fmt: skip
    kind, party = given.party
    scope = MandateScope(str(given.pk), given.kind, "林**")
    return replace(city.actor("resident"), kind="firm" if kind == "firm" else "resident", behalf=party, mandate=scope)


def test_who_acts_for_another_is_shown_name_and_telephone_once_as_a_look_and_never_the_number(city: Any) -> None:
    lady = Person.objects.create(name="林秀兰", phone="13900000055", opened=city.now)
    agent = acting(city, principal_person=lady, kind="family")
    for _ in range(2):
        offered = prefill(WANTED, by=agent, at=city.now)
        assert {path: one.value for path, one in offered.items()} == {"owner": "林秀兰", "rows.0.call": "13900000055"}
        assert offered["owner"].source == "来自您的账号"
    assert [(str(look.by), look.purpose) for look in Look.objects.filter(person=lady)] == [(agent.id, "service")]


def test_who_acts_for_a_firm_is_offered_what_its_register_says(city: Any) -> None:
    firm = Firm.objects.first()
    assert firm is not None
    agent = acting(city, principal_firm=firm, kind="firm_agent")
    offered = prefill(WANTED | FIRM, by=agent, at=city.now)
    assert {path: one.value for path, one in offered.items()} == {"company": firm.name, "code": firm.uscc}


def test_the_official_reads_where_an_answer_is_from_and_that_it_was_changed() -> None:
    known = Offered("王芳", "来自实名信息", "From your verified record", NEW_YEAR)
    found = origins(
        {"owner": "王芳芳", "payer": "王芳", "empty": ""}, dict.fromkeys(("owner", "payer", "empty"), known)
    )
    assert {path: one.changed for path, one in found.items()} == {"owner": True, "payer": False}
    assert found["owner"].written() == {
        "source": "来自实名信息", "source_en": "From your verified record", "as_of": NEW_YEAR.isoformat(),
        "changed": True,
    }  # fmt: skip
