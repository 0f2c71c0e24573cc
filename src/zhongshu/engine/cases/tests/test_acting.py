"""What one tells and does for another: whose it is, who sees it and hears of it, and how long."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.http.refusals import Absent, Forbidden
from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions.mandates import covers
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.models import Contact
from zhongshu.engine.cases.queries import contacts, lists
from zhongshu.engine.cases.queries.whose import WITHIN
from zhongshu.engine.cases.tests.test_supplement import ANSWERS, Report
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.engine.messages.models import Message
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.actions import mandates as actions
from zhongshu.registers.people.models import Account, Mandate, Person
from zhongshu.registers.people.queries import mandates
from zhongshu.registers.people.rules.mandates import NoLongerActing


class Family:
    """The demo resident, and an old lady who may or may not sign in, for whom they act."""

    def __init__(self, city: Any, kind: str = "family", agent: str = "resident", **changes: Any) -> None:
        self.city = city
        self.agent: Account = city.account(agent)
        self.person = Person.objects.create(name="林秀兰", phone="13900000009", opened=city.now)
        party = {"agent_account": self.agent} if kind == "helper" else {"agent_person": self.agent.person}
        self.mandate = Mandate.objects.create(
            principal_person=self.person, kind=kind, starts=city.now, ends=city.now + timedelta(days=20), how="counter",
            given_by=self.agent.pk, given=city.now, accepted=city.now, **party, **changes,
        )  # fmt: skip

    @property
    def acting(self) -> Actor:
        kept = {
            SESSION_KEY: str(self.agent.pk), HASH_SESSION_KEY: self.agent.get_session_auth_hash(),
            mandates.ACTING: str(self.mandate.pk),
        }  # fmt: skip
        found = people.of_session(kept, self.city.now)
        assert found
        return found

    def signs_in(self) -> Actor:
        """The old lady opens an account of her own."""
        account = Account.objects.create(
            login="xiulan", name="林秀兰", kind="resident", person=self.person, opened=self.city.now
        )
        found = people.actor(account.pk, self.city.now)
        assert found
        return found

    def revoke(self) -> None:
        actions.revoke(self.mandate.pk, "", by=self.city.actor(self.agent.login), at=self.city.now)


class Told(Report):
    """What an agent told of while they acted."""

    def __init__(self, city: Any, by: Actor, category: str = "1601") -> None:
        answers = {"description": "楼下夜里唱歌，睡不着觉。"}
        super().__init__(city, category, by=by, account=by.id, answers=answers)
        self.resident = by


def ids(by: Actor) -> list[UUID]:
    return [told.row.id for told in lists.mine(by)]


@pytest.fixture
def family(city: Any) -> Family:
    return Family(city)


def test_what_is_told_for_another_is_theirs_and_the_agents_only_while_acting(city: Any, family: Family) -> None:
    told, agent, old = Told(city, family.acting), city.actor("resident"), family.signs_in()
    assert ids(family.acting) == ids(old) == [told.id]
    assert ids(agent) == []
    assert [str(one.agent) for one in lists.mine(old)] == [agent.id]
    for by in (family.acting, old):
        assert contacts.is_theirs(told.id, by)
    assert not contacts.is_theirs(told.id, agent)


def test_when_the_mandate_is_gone_the_agent_sees_nothing_and_the_principal_all(city: Any, family: Family) -> None:
    told, old, before = Told(city, family.acting), family.signs_in(), family.acting
    family.revoke()
    with pytest.raises(NoLongerActing):
        family.acting  # noqa: B018  asking is the test
    with pytest.raises(NoLongerActing):
        cases.urge_own(told.id, by=before, at=city.now)
    with pytest.raises(NoLongerActing):
        Told(city, before)
    with pytest.raises(Absent):
        contacts.theirs(told.id, city.actor("resident"), "")
    assert ids(old) == [told.id]


def test_no_query_code_outlives_a_mandate(city: Any, family: Family) -> None:
    told = Told(city, family.acting)
    assert told.opened.query_code == ""
    assert Contact.objects.get(case_id=told.id).query_digest is None


def test_a_code_of_ones_own_opens_nothing_while_one_acts(city: Any, family: Family) -> None:
    own = Walk(city, source="resident", by="resident")
    with pytest.raises(Absent):
        contacts.theirs(own.id, family.acting, own.opened.query_code)
    assert contacts.theirs(own.id, city.actor("resident"), own.opened.query_code)


def test_what_the_principal_told_themselves_the_agent_sees_while_acting(city: Any, family: Family) -> None:
    old = family.signs_in()
    own = Walk(city, source="resident", by="xiulan", account=old.id)
    assert ids(family.acting) == [own.id]
    cases.urge_own(own.id, by=family.acting, at=city.now)


def test_every_entry_says_who_did_it_for_whom(city: Any, family: Family) -> None:
    told = Told(city, family.acting)
    told.ask()
    told.answer(ANSWERS, by=family.acting)
    cases.withdraw(told.id, "已经不吵了", by=family.acting, at=city.now)
    done = [entry for entry in journal.trace("case", str(told.id)) if entry.actor == str(family.agent.pk)]
    assert [entry.verb for entry in done] == ["case.opened", "case.supplement_answered", "case.withdrawn"]
    assert {entry.behalf for entry in done} == {str(family.person.pk)}
    assert {step["behalf"] for step in city.trace(told.id) if step["actor"] == str(family.agent.pk)} == {"林**"}


def test_a_matter_outside_the_mandate_is_neither_told_nor_seen_nor_urged(city: Any) -> None:
    family = Family(city, matters=["11"])
    old = family.signs_in()
    noise = Walk(city, category="1601", source="resident", by="xiulan", account=old.id,
                 answers={"description": "楼下夜里唱歌，睡不着觉。"})  # fmt: skip
    rubbish = Walk(city, category="1101", source="resident", by="xiulan", account=old.id)
    assert ids(family.acting) == [rubbish.id]
    assert set(ids(old)) == {noise.id, rubbish.id}
    with pytest.raises(Absent):
        cases.urge_own(noise.id, by=family.acting, at=city.now)
    with pytest.raises(Forbidden, match="不包括这类事项"):
        Told(city, family.acting, "1601")


@pytest.mark.django_db
@settings(max_examples=30, deadline=None, derandomize=True)
@given(matters=st.lists(st.sampled_from(["11", "1101", "16", "noise", "city-event", "12"]), max_size=3))
def test_the_list_and_the_rules_agree_on_the_matters_of_a_mandate(matters: list[str]) -> None:
    kinds = [("city-event", "1101"), ("city-event", "1202"), ("noise", "1601"), ("street-vending", "1401")]
    with connection.cursor() as cursor:
        for scenario, category in kinds:
            cursor.execute(
                f"SELECT {WITHIN} FROM (SELECT %(scenario)s AS scenario, %(category)s AS category) c",
                {"matters": matters, "scenario": scenario, "category": category},
            )
            assert cursor.fetchone()[0] is covers(tuple(matters), scenario, category)


def test_principal_and_agent_are_told_the_agent_only_while_they_may_act(city: Any, family: Family) -> None:
    told = Told(city, family.acting)
    city.react()
    sent = Message.objects.filter(template__in=("case.opened", "mandate.news"))
    assert {(m.template, str(m.account or ""), m.phone) for m in sent} == {
        ("case.opened", "", "13900000009"), ("mandate.news", str(family.agent.pk), ""),
    }  # fmt: skip
    old = family.signs_in()
    family.revoke()
    told.do("accept", accepted=False, reason="不属于受理范围。")
    city.react()
    heard = Message.objects.filter(
        template__in=("case.refused", "case.closed", "mandate.news"), sent__gte=told.held.closed
    )
    assert {(m.template, str(m.account)) for m in heard} == {("case.refused", old.id)}


def test_a_helper_does_not_take_back_what_they_told_but_family_does(city: Any) -> None:
    helped, family = Family(city, "helper", "helper"), Family(city)
    told = Told(city, helped.acting)
    with pytest.raises(Forbidden, match="帮办员不能替本人撤回"):
        cases.withdraw(told.id, "不要了", by=helped.acting, at=city.now)
    with pytest.raises(Absent):
        cases.withdraw(told.id, "不要了", by=family.acting, at=city.now)
    Mandate.objects.filter(pk=family.mandate.pk).update(principal_person=helped.person)
    cases.withdraw(told.id, "不要了", by=family.acting, at=city.now)


def test_nobody_approves_or_does_a_task_while_they_act(city: Any, family: Family) -> None:
    walk = Walk(city, source="resident", by="resident")
    acceptor = walk.doer("accept")
    disguised = replace(acceptor, behalf=family.acting.behalf, mandate=family.acting.mandate)
    for attempt in (
        lambda: cases.claim(walk.id, walk.task("accept").token, by=disguised, at=city.now),
        lambda: walk.do("accept", by=disguised, accepted=True),
        lambda: approvals.decide(walk.id, True, "", by=disguised, at=city.now),
        lambda: approvals.propose("x", "y", {}, "理由", (), by=disguised, at=city.now),
        lambda: approvals.withdraw(walk.id, by=disguised, at=city.now),
    ):
        with pytest.raises(Forbidden, match="正在代他人办理"):
            attempt()
    assert walk.open == ["accept"]


def test_who_acts_for_the_applicant_does_not_handle_the_case(city: Any) -> None:
    own = Walk(city, source="resident", by="resident", account=city.actor("resident").id)
    acceptor = own.doer("accept")
    clerk = Account.objects.get(pk=acceptor.id)
    clerk.person = Person.objects.create(name=clerk.name, opened=city.now)
    clerk.save()
    mandate = Mandate.objects.create(
        principal_person=city.account("resident").person, agent_person=clerk.person, kind="family", starts=city.now,
        ends=city.now + timedelta(days=9), how="online", given_by=clerk.pk, given=city.now, accepted=city.now,
    )  # fmt: skip
    token, acceptor = own.task("accept").token, city.actor(clerk.login)
    with pytest.raises(Forbidden, match="您是这个办件申请人的代办人"):
        cases.claim(own.id, token, by=acceptor, at=city.now)
    with pytest.raises(Forbidden, match="您是这个办件申请人的代办人"):
        own.do("accept", by=acceptor, accepted=True)
    actions.revoke(mandate.pk, "", by=city.actor("resident"), at=city.now)
    cases.claim(own.id, token, by=acceptor, at=city.now)


def test_who_handles_the_case_does_not_act_in_it(city: Any) -> None:
    own = Walk(city, source="resident", by="resident", account=city.actor("resident").id)
    acceptor = own.doer("accept")
    cases.claim(own.id, own.task("accept").token, by=acceptor, at=city.now)
    account = Account.objects.get(pk=acceptor.id)
    helped = Family(city, "family", "resident")
    acting = replace(helped.acting, id=str(account.pk), behalf=str(city.account("resident").person_id))
    with pytest.raises(Forbidden, match="您是这个办件的办理人员"):
        cases.urge_own(own.id, by=acting, at=city.now)


def test_two_accounts_of_one_person_see_the_same_matters(city: Any) -> None:
    first = city.account("resident")
    Account.objects.create(login="lin2", name=first.name, kind="resident", person=first.person, opened=city.now)
    own = Walk(city, source="resident", by="resident", account=str(first.pk))
    assert ids(city.actor("lin2")) == [own.id]
    helped = Family(city, "helper", "helper")
    for_her = Told(city, helped.acting)
    Person.objects.filter(pk=helped.person.pk).update(merged_into=first.person)
    assert ids(city.actor("resident")) == [for_her.id, own.id], "and what was told for a record merged into theirs"


def test_the_list_of_ones_matters_is_one_statement(city: Any, family: Family, django_assert_num_queries: Any) -> None:
    Told(city, family.acting)
    acting = family.acting
    with django_assert_num_queries(1):
        assert lists.mine(acting)
