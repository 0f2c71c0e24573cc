"""Cases of one person with several accounts, and looks at those who told."""

from typing import Any

import pytest

from zhongshu.base.http.refusals import Absent
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import contacts, lists, ties
from zhongshu.registers.people.models import Account
from zhongshu.registers.people.queries import looks
from zhongshu.registers.people.tests.folk import Folk


@pytest.fixture
def folk(city: Any) -> Folk:
    return Folk(city)


def report(folk: Folk, login: str) -> Any:
    by = folk.city.actor(login)
    return folk.city.report(source="resident", by=login, account=by.id, name="赵小川", phone="13900000077")


def test_a_contact_shown_on_a_case_is_among_the_looks_of_who_told(folk: Folk) -> None:
    zhao = folk.resident("zhao")
    case_id = report(folk, "zhao").case_id
    acceptor = folk.city.actor("acceptor")
    cases.reveal_contact(case_id, "回访核实位置", by=acceptor, at=folk.city.now)
    (look,) = looks.page(folk.person(zhao).pk)
    assert (str(look.by), look.what, look.purpose, look.words) == (acceptor.id, "contact", "contact", "回访核实位置")
    assert (look.case_id, str(look.account), look.body) == (case_id, zhao.id, acceptor.body)


def test_cases_of_all_accounts_of_a_person_are_theirs_and_nobody_elses(folk: Folk) -> None:
    first, second, sun = folk.resident("zhao"), folk.resident("zhao2"), folk.resident("sun", "孙二", "13900000078")
    early, late = report(folk, "zhao").case_id, report(folk, "zhao2").case_id
    assert [told.row.id for told in lists.mine(first)] == [early]
    Account.objects.filter(pk=second.id).update(person=folk.person(first))
    for account in (first, second):
        assert [told.row.id for told in lists.mine(account)] == [late, early]
        assert contacts.theirs(early, account, "") and contacts.is_theirs(late, account)
    assert lists.mine(sun) == [] and not contacts.is_theirs(early, sun)
    with pytest.raises(Absent):
        contacts.theirs(early, sun, "")


def test_an_official_is_tied_to_who_told_of_what_they_may_read_while_it_runs(folk: Folk) -> None:
    zhao = folk.resident("zhao")
    case_id = report(folk, "zhao").case_id
    accounts, now = [zhao.id], folk.city.now
    for login, tied in (("counter", True), ("acceptor", True), ("administrator", False), ("zhao", False)):
        by = folk.city.actor(login)
        assert ties.tied(accounts, by=by, at=now) is tied, login
        assert [row.id for row in ties.told_by(accounts, by=by, at=now)] == [case_id] * tied, login
    district = folk.city.held(case_id).reach
    for number in (1, 2):
        by = folk.city.actor(f"acceptor{number}1")
        assert ties.tied(accounts, by=by, at=now) is (by.grants[0].place in district)
    assert not ties.tied([], by=folk.city.actor("counter"), at=now)
