"""Grants in the demo city: proposed by one, approved by another, looked at each year, lent during leave."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import hypothesis
import pytest
from hypothesis import strategies as st

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.approvals.models import Proposal
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid
from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions import hours
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.registers.people import actions, queries
from zhongshu.registers.people.models import Account, Body, Grant, GrantReview, Person
from zhongshu.registers.people.queries import grants, same
from zhongshu.registers.people.rules.grants import GRACE, REVIEW_EVERY, Wanted

REASON = "新到岗，值守需要"
DAY = timedelta(days=1)
YEAR = REVIEW_EVERY
CITY, DISTRICT, OTHER = 9901, 990101, 990102


def propose(city: Any, wanted: Wanted, to: str = "counter", by: str = "administrator") -> Proposal:
    return actions.propose_grant(city.account(to).pk, wanted, REASON, by=city.actor(by), at=city.now)


def given(city: Any, login: str, role: str, **more: Any) -> Grant:
    return actions.give_grant(city.account(login), role, by=SYSTEM, at=more.pop("at", city.now), **more)


def second(city: Any, login: str, of: str, **more: Any) -> Account:
    """A second account of the person who has one."""
    first = city.account(of)
    more = {"name": first.name, "kind": "staff", "body": first.body, "opened": city.now} | more
    return Account.objects.create(login=login, password="!", **more)


def verbs(account: Account) -> list[str]:
    return [entry.verb for entry in journal.trace("account", str(account.pk))]


def test_a_grant_is_proposed_by_one_and_given_by_another(city: Any) -> None:
    wanted = Wanted("acceptor", place=DISTRICT, hours=hours.weekly([0], time(9), time(17)))
    asked = propose(city, wanted)
    account, security = city.account("counter"), city.actor("security")
    assert not account.grants.filter(role="acceptor").exists()
    approvals.decide(asked.pk, True, "", by=security, at=city.now)
    made = account.grants.get(role="acceptor")
    assert (made.place, made.hours, made.proposal) == (DISTRICT, list(wanted.hours), asked.pk)
    assert str(made.given_by) == security.id and verbs(account)[-1] == "people.grant_given"
    known = grants.every(account.pk)
    assert known is not None and grants.given(made) in known.grants


def test_who_proposed_does_not_approve(city: Any) -> None:
    both = given(city, "administrator", "security_administrator")
    asked = propose(city, Wanted("acceptor", place=DISTRICT))
    with pytest.raises(Forbidden, match="自己的申请"):
        approvals.decide(asked.pk, True, "", by=city.actor("administrator"), at=city.now)
    assert both.pk and not city.account("counter").grants.filter(role="acceptor").exists()


@pytest.mark.parametrize("tie", ["person", "phone", "merged"])
def test_who_proposed_does_not_approve_through_a_second_account(city: Any, tie: str) -> None:
    first, shadow = city.account("administrator"), second(city, "shadow", "administrator")
    if tie == "phone":
        Account.objects.filter(pk__in=[first.pk, shadow.pk]).update(phone="13900000077")
    else:
        person = Person.objects.create(name=first.name, opened=city.now)
        other = Person.objects.create(name=first.name, opened=city.now, merged_into=person)
        Account.objects.filter(pk=first.pk).update(person=person)
        Account.objects.filter(pk=shadow.pk).update(person=other if tie == "merged" else person)
    given(city, "shadow", "security_administrator")
    asked = propose(city, Wanted("acceptor", place=DISTRICT))
    with pytest.raises(Forbidden, match="自己的申请"):
        approvals.decide(asked.pk, True, "", by=city.actor("shadow"), at=city.now)


def test_two_people_of_one_name_are_two_people(city: Any) -> None:
    second(city, "namesake", "administrator", phone="13900000078")
    assert not same.same_person(str(city.account("administrator").pk), str(city.account("namesake").pk))


def test_nobody_proposes_a_grant_to_themselves_by_any_account(city: Any) -> None:
    with pytest.raises(Forbidden, match="给自己授权"):
        propose(city, Wanted("acceptor"), to="administrator")
    second(city, "shadow", "administrator")
    Account.objects.filter(login__in=["shadow", "administrator"]).update(phone="13900000077")
    with pytest.raises(Forbidden, match="给自己授权"):
        propose(city, Wanted("acceptor"), to="shadow")


def test_nobody_approves_a_grant_to_themselves(city: Any) -> None:
    asked = propose(city, Wanted("acceptor", place=DISTRICT), to="security")
    with pytest.raises(Forbidden, match="给自己授权"):
        approvals.decide(asked.pk, True, "", by=city.actor("security"), at=city.now)
    asked.refresh_from_db()
    assert asked.decided is None


@pytest.mark.parametrize(
    "wanted", [Wanted("acceptor"), Wanted("acceptor", place=CITY), Wanted("acceptor", place=OTHER)]
)
def test_nobody_proposes_wider_than_they_administer(city: Any, wanted: Wanted) -> None:
    given(city, "supervisor11", "administrator", place=DISTRICT)
    with pytest.raises(Forbidden, match="更宽"):
        propose(city, wanted, by="supervisor11")
    assert propose(city, replace(wanted, place=DISTRICT), by="supervisor11").decided is None


def test_a_body_is_as_wide_as_its_subtree(city: Any) -> None:
    root = Body.objects.get(parent=None)
    child = Body.objects.filter(parent=root).order_by("pk")[1]
    given(city, "supervisor11", "administrator", body=child)
    with pytest.raises(Forbidden, match="更宽"):
        propose(city, Wanted("acceptor", body=root.pk), by="supervisor11")
    assert propose(city, Wanted("acceptor", body=child.pk, place=CITY), by="supervisor11").pk


@pytest.mark.parametrize("by", ["supervisor", "auditor", "security", "resident", "leader"])
def test_only_an_administrator_proposes(city: Any, by: str) -> None:
    with pytest.raises(Forbidden):
        propose(city, Wanted("acceptor", place=DISTRICT), by=by)


def test_duties_that_must_not_meet_are_not_proposed(city: Any) -> None:
    with pytest.raises(Conflict, match="不核查自己的处置"):
        propose(city, Wanted("verifier"), to="officer061")
    with pytest.raises(Conflict, match="不审计自己"):
        propose(city, Wanted("administrator", place=DISTRICT), to="auditor")


def test_duties_do_not_meet_in_a_second_account_either(city: Any) -> None:
    second(city, "shadow", "auditor")
    Account.objects.filter(login__in=["shadow", "auditor"]).update(phone="13900000077")
    with pytest.raises(Conflict, match="审计"):
        propose(city, Wanted("security_administrator"), to="shadow")


def test_what_came_between_is_seen_when_a_grant_is_approved(city: Any) -> None:
    asked = propose(city, Wanted("verifier"))
    given(city, "counter", "handler")
    with pytest.raises(Conflict, match="核查"):
        approvals.decide(asked.pk, True, "", by=city.actor("security"), at=city.now)


def test_the_demo_city_keeps_its_duties_apart_and_the_check_sees_when_not(city: Any) -> None:
    assert grants.violations(city.now) == []
    second(city, "shadow", "auditor")
    Account.objects.filter(login__in=["shadow", "auditor"]).update(phone="13900000077")
    given(city, "shadow", "administrator")
    (found,) = grants.violations(city.now)
    assert set(found.logins) == {"auditor", "shadow"} and found.clash.rule.anywhere


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        (Wanted("emperor"), "role"), (Wanted("acceptor", body=10**9), "body"), (Wanted("acceptor", place=77), "place"),
        (Wanted("acceptor", hours=(3,)), "hours"), (Wanted("acceptor", purpose="长" * 61), "purpose"),
        (Wanted("acceptor", ends=datetime(2000, 1, 1, tzinfo=hours.SHANGHAI)), "ends"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_said_beside_its_field(city: Any, wanted: Wanted, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        propose(city, wanted)
    assert refused.value.field == field


def test_either_administrator_ends_a_grant_at_once(city: Any) -> None:
    for by in ("administrator", "security"):
        grant = given(city, "counter", "acceptor", place=DISTRICT, at=city.now - DAY)
        with pytest.raises(Absent):
            actions.take_grant(grant.pk, REASON, by=city.actor("supervisor"), at=city.now)
        actions.take_grant(grant.pk, REASON, by=city.actor(by), at=city.now)
        assert not permissions.may(city.actor("counter"), "case.reveal", {DISTRICT}, city.now)
        with pytest.raises(Conflict, match="已经结束"):
            actions.take_grant(grant.pk, REASON, by=city.actor(by), at=city.now)


def test_a_grant_that_has_not_begun_never_will(city: Any) -> None:
    grant = given(city, "counter", "acceptor", starts=city.now + DAY)
    actions.end_grant(grant, by=SYSTEM, at=city.now)
    assert not grants.given(grant).holds(city.now + DAY)


def test_a_lent_grant_lasts_as_long_as_the_leave(city: Any) -> None:
    own, deputy, now = city.account("dispatcher11"), city.account("acceptor11"), city.now
    mine = city.actor("dispatcher11")
    (lent,) = actions.lend_grants(deputy.pk, now + DAY, now + 3 * DAY, by=mine, at=now)
    assert (lent.role, lent.place, lent.deputy_of) == ("dispatcher", DISTRICT, own.grants.get())
    assert verbs(deputy)[-1] == "people.grant_lent"
    for at, may in ((now, False), (now + 2 * DAY, True), (now + 3 * DAY, False)):
        held = queries.actor(deputy.pk, at)
        assert held is not None and permissions.may(held, "case.dispatch", {CITY, DISTRICT}, at) is may
    assert actions.end_lent(own.pk, deputy.pk, by=mine, at=now + 2 * DAY) == 1
    held = queries.actor(deputy.pk, now + 2 * DAY)
    assert held is not None and not permissions.may(held, "case.dispatch", {CITY, DISTRICT}, now + 2 * DAY)


def test_what_is_lent_ends_with_what_it_is_of(city: Any) -> None:
    own, deputy, now = city.account("dispatcher11"), city.account("acceptor11"), city.now
    actions.lend_grants(deputy.pk, now, now + 3 * DAY, by=city.actor("dispatcher11"), at=now)
    actions.end_grant(own.grants.get(), by=SYSTEM, at=now + DAY)
    assert not Grant.objects.living(now + DAY).filter(account=deputy, role="dispatcher").exists()


def test_an_administrator_s_seat_is_never_lent_nor_what_one_holds_as_a_deputy(city: Any) -> None:
    now = city.now
    assert actions.lend_grants(city.account("supervisor").pk, now, now + DAY, by=city.actor("auditor"), at=now) == []
    actions.lend_grants(city.account("acceptor11").pk, now, now + DAY, by=city.actor("dispatcher11"), at=now)
    onwards = actions.lend_grants(city.account("supervisor11").pk, now, now + DAY, by=city.actor("acceptor11"), at=now)
    assert [grant.role for grant in onwards] == ["acceptor"]


def test_nothing_is_lent_to_who_is_no_colleague_or_must_not_hold_it(city: Any) -> None:
    now, mine = city.now, city.actor("dispatcher11")
    assert actions.lend_grants(city.account("acceptor21").pk, now, now + DAY, by=mine, at=now) == []
    officer = city.account("officer061")
    seat = officer.grants.get()
    given(city, "verifier001", "handler", body=seat.body)
    clash = city.account("officer062")
    given(city, "officer061", "verifier", body=seat.body)
    lent = actions.lend_grants(clash.pk, now, now + DAY, by=city.actor("officer061"), at=now)
    assert "verifier" not in [grant.role for grant in lent]


def test_a_grant_is_confirmed_each_year_or_ends(city: Any) -> None:
    now, security = city.now, city.actor("security")
    kept, left, fresh = (
        given(city, "counter", role, place=DISTRICT, at=now - age)
        for role, age in (("acceptor", YEAR), ("dispatcher", YEAR + GRACE), ("grid_officer", DAY))
    )
    scope = permissions.scope(security, "grants.review", now)
    assert [grant.pk for grant in grants.due(scope, now)][:2] == [left.pk, kept.pk]
    assert fresh not in grants.due(scope, now)
    own = security_grant(city)
    refused, done = actions.confirm_grants([own.pk, kept.pk], by=security, at=now)
    assert isinstance(refused.refusal, Forbidden) and done.refusal is None
    assert str(GrantReview.objects.get(grant=kept).confirmed_by) == security.id
    assert actions.end_unreviewed(now) == 1
    assert kept not in grants.due(scope, now)
    left.refresh_from_db()
    assert left.ends == now and verbs(city.account("counter"))[-1] == "people.grant_lapsed"


def security_grant(city: Any) -> Grant:
    return city.account("security").grants.get()


def test_the_last_security_administrator_stays(city: Any) -> None:
    late = city.now + YEAR + GRACE + DAY
    while actions.end_unreviewed(late):
        pass
    seats = set(Grant.objects.living(late).filter(ends=None).values_list("role", flat=True))
    assert seats == {"administrator", "security_administrator", "auditor"}


def test_nobody_confirms_elsewhere(city: Any) -> None:
    given(city, "supervisor11", "security_administrator", place=DISTRICT)
    elsewhere = given(city, "counter", "acceptor", place=OTHER, at=city.now - YEAR)
    (one,) = actions.confirm_grants([elsewhere.pk], by=city.actor("supervisor11"), at=city.now)
    assert isinstance(one.refusal, Absent)


def test_a_page_of_grants_shows_what_the_object_check_shows(city: Any) -> None:
    everything = list(Grant.objects.select_related("account"))
    for pairs in (((None, None),), ((None, DISTRICT),), ((everything[50].body_id, None), (None, 990101001)), ()):
        scope, after, seen = permissions.Scope(pairs), None, []
        while rows := grants.page(scope, grants.Filter(), city.now, after, 100):
            seen += [row.pk for row in rows]
            after = grants.After(rows[-1].starts, rows[-1].pk)
        assert sorted(seen) == sorted(one.pk for one in everything if scope.covers(grants.reach_of(one)))


WEEK = datetime(2026, 3, 2, tzinfo=hours.SHANGHAI)
shifts = st.builds(
    hours.weekly, st.sets(st.integers(0, 6), min_size=1), st.times(timezones=st.none()), st.times(timezones=st.none())
)


@pytest.fixture
def in_force(city: Any) -> Callable[[hours.Hours, datetime], tuple[bool, bool, bool]]:
    """Whether a grant with these hours counts: by the rule, by the queryset and by the statement."""
    from django.db import connection

    from zhongshu.registers.people.queries.in_force import IN_FORCE

    grant = given(city, "counter", "acceptor", at=WEEK - DAY)

    def asked(weekly: hours.Hours, at: datetime) -> tuple[bool, bool, bool]:
        Grant.objects.filter(pk=grant.pk).update(hours=list(weekly))
        grant.hours = list(weekly)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {IN_FORCE} FROM people_grant g WHERE g.id = %(id)s", {"id": grant.pk, "at": at})
            (row,) = cursor.fetchone()
        return grants.given(grant).holds(at), Grant.objects.in_force(at).filter(pk=grant.pk).exists(), row

    return asked


def test_hours_are_one_rule_in_memory_and_in_the_database(
    in_force: Callable[[hours.Hours, datetime], tuple[bool, bool, bool]],
) -> None:
    @hypothesis.given(shifts, st.integers(0, 7 * 86_400 - 1))
    @hypothesis.settings(max_examples=50, deadline=None, derandomize=True)
    def law(weekly: hours.Hours, second_of_week: int) -> None:
        assert len(set(in_force(weekly, WEEK + timedelta(seconds=second_of_week)))) == 1

    law()
    for at in (WEEK + timedelta(hours=9), WEEK + timedelta(hours=17), WEEK + timedelta(hours=17, seconds=-1)):
        assert len(set(in_force((540, 1020), at))) == 1
