"""Giving, answering and ending mandates, and what a session makes of them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid
from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions.rules import SYSTEM, Actor
from zhongshu.registers.people import actions as people
from zhongshu.registers.people import queries
from zhongshu.registers.people.actions import mandates as actions
from zhongshu.registers.people.models import Account, Firm, Mandate, Person
from zhongshu.registers.people.queries import mandates
from zhongshu.registers.people.rules.mandates import Consent, NoLongerActing, Terms

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
YEAR = timedelta(days=365)


def resident(login: str, name: str = "林晓舟", phone: str = "") -> Account:
    person = Person.objects.create(name=name, phone=phone, opened=AT)
    return Account.objects.create(login=login, name=name, kind="resident", person=person, opened=AT)


def official(login: str, role: str) -> Account:
    body = people.found_body(login, login, "unit", by=SYSTEM, at=AT)
    account = Account.objects.create(login=login, name=login, kind="staff", body=body, opened=AT)
    people.give_grant(account, role, by=SYSTEM, at=AT)
    return account


def actor(account: Account, at: datetime = AT) -> Actor:
    found = queries.actor(account.pk, at)
    assert found
    return found


def session(account: Account, mandate: Any) -> dict[str, Any]:
    kept = {SESSION_KEY: str(account.pk), HASH_SESSION_KEY: account.get_session_auth_hash()}
    return kept | ({mandates.ACTING: str(mandate)} if mandate else {})


def family(ends: timedelta = YEAR, *matters: str) -> Terms:
    return Terms("family", AT, AT + ends, matters)


def held(matters: tuple[str, ...] = ()) -> tuple[Account, Account, Mandate]:
    """A mother, her son, and the mandate he accepted."""
    mother, son = resident("mother", "林秀兰", "13900000001"), resident("son", "林晓舟")
    made = actions.give(son, family(YEAR, *matters), by=actor(mother), at=AT)
    return mother, son, actions.accept(made.pk, by=actor(son), at=AT)


def verbs(person: Person | None) -> list[str]:
    assert person
    return [entry.verb for entry in journal.trace("person", str(person.pk))]


def test_a_mandate_holds_once_the_agent_accepts_it() -> None:
    mother, son = resident("mother"), resident("son")
    made = actions.give(son, family(), by=actor(mother), at=AT)
    with pytest.raises(NoLongerActing):
        queries.of_session(session(son, made.pk), AT)
    with pytest.raises(Absent):
        actions.accept(made.pk, by=actor(mother), at=AT)
    actions.accept(made.pk, by=actor(son), at=AT)
    acting = queries.of_session(session(son, made.pk), AT)
    assert acting and acting.mandate and acting.behalf == str(mother.person_id)
    assert (acting.id, acting.mandate.kind, acting.mandate.whose) == (str(son.pk), "family", "林**")
    assert verbs(mother.person) == ["people.mandate_given", "people.mandate_accepted"]
    with pytest.raises(Conflict):
        actions.accept(made.pk, by=actor(son), at=AT)


def test_whoever_acts_is_read_in_one_statement(django_assert_num_queries: Any) -> None:
    _, son, mandate = held()
    with django_assert_num_queries(1):
        assert queries.of_session(session(son, mandate.pk), AT)


def test_who_acts_holds_nothing_of_their_own() -> None:
    old, helper = resident("old"), official("helper", "helper")
    people.give_grant(helper, "supervisor", by=SYSTEM, at=AT)
    made = actions.give(helper, Terms("helper", AT, AT + timedelta(days=30)), by=actor(old), at=AT)
    actions.accept(made.pk, by=actor(helper), at=AT)
    acting = queries.of_session(session(helper, made.pk), AT)
    assert acting and (acting.kind, acting.body, acting.grants) == ("resident", None, ())
    plain = queries.of_session(session(helper, None), AT)
    assert plain and plain.kind == "staff" and plain.grants and plain.mandate is None


def test_a_helper_out_of_office_acts_for_nobody() -> None:
    old, helper = resident("old"), official("helper", "helper")
    made = actions.give(helper, Terms("helper", AT, AT + timedelta(days=30)), by=actor(old), at=AT)
    actions.accept(made.pk, by=actor(helper), at=AT)
    people.end_grant(helper.grants.get(), by=SYSTEM, at=AT + timedelta(days=1))
    assert queries.of_session(session(helper, made.pk), AT)
    with pytest.raises(NoLongerActing):
        queries.of_session(session(helper, made.pk), AT + timedelta(days=1))


@pytest.mark.parametrize("who", ["principal", "agent", "counter"])
def test_either_side_or_a_counter_ends_it_at_once(who: str) -> None:
    mother, son, mandate = held()
    by = {"principal": mother, "agent": son}.get(who) or official("clerk", "counter")
    actions.revoke(mandate.pk, "不用了", by=actor(by), at=AT)
    with pytest.raises(NoLongerActing):
        queries.of_session(session(son, mandate.pk), AT)
    assert verbs(mother.person)[-1] == "people.mandate_revoked"
    with pytest.raises(Conflict):
        actions.revoke(mandate.pk, "", by=actor(mother), at=AT)


def test_the_mandate_of_others_is_nobodys_to_use_or_end() -> None:
    _, _, mandate = held()
    stranger = resident("stranger")
    with pytest.raises(NoLongerActing):
        queries.of_session(session(stranger, mandate.pk), AT)
    for act in (actions.accept, actions.decline):
        with pytest.raises(Absent):
            act(mandate.pk, by=actor(stranger), at=AT)
    with pytest.raises(Absent):
        actions.revoke(mandate.pk, "", by=actor(stranger), at=AT)


def test_no_mandate_comes_from_a_mandate() -> None:
    mother, son, mandate = held()
    other = resident("other")
    acting = queries.of_session(session(son, mandate.pk), AT)
    assert acting
    for attempt in (
        lambda: actions.give(other, family(), by=acting, at=AT),
        lambda: actions.revoke(mandate.pk, "", by=acting, at=AT),
        lambda: actions.record_in_person(mother.person, other, family(), Consent("counter", "当面"), by=acting, at=AT),  # type: ignore[arg-type]
        lambda: actions.begin_help(mother.person, family(), Consent("signed"), by=acting, at=AT),  # type: ignore[arg-type]
    ):
        with pytest.raises(Forbidden, match="不能再授权别人"):
            attempt()
    theirs = actions.give(other, family(), by=actor(son), at=AT)
    actions.accept(theirs.pk, by=actor(other), at=AT)
    assert mandates.usable(actor(other), AT) == [theirs], "who acts for the son does not act for his mother"


def test_nobody_acts_for_themselves_or_twice() -> None:
    mother, son, _ = held()
    with pytest.raises(Invalid, match="自己"):
        actions.give(mother, family(), by=actor(mother), at=AT)
    with pytest.raises(Invalid, match="已有一份"):
        actions.give(son, family(), by=actor(mother), at=AT)


def test_a_clerk_records_what_is_said_at_the_counter_but_not_for_themselves() -> None:
    clerk, son = official("clerk", "counter"), resident("son")
    old = actions.open_principal("林秀兰", "13900000001", by=actor(clerk), at=AT)
    consent = Consent("counter", "本人当面口头同意")
    made = actions.record_in_person(old, son, family(), consent, by=actor(clerk), at=AT)
    assert (made.how, made.ground, made.accepted) == ("counter", "本人当面口头同意", None)
    assert verbs(old) == ["people.person_opened", "people.mandate_given"]
    people.give_grant(clerk, "helper", by=SYSTEM, at=AT)
    with pytest.raises(Forbidden, match="给自己"):
        actions.record_in_person(
            old, clerk, Terms("helper", AT, AT + timedelta(days=9)), consent, by=actor(clerk), at=AT
        )
    with pytest.raises(Forbidden):
        actions.record_in_person(old, son, family(), consent, by=actor(son), at=AT)


def test_a_helper_begins_on_a_signed_paper_of_their_own() -> None:
    from zhongshu.registers.documents.models import Document

    helper = official("helper", "helper")
    old = actions.open_principal("林秀兰", "", by=actor(helper), at=AT)
    terms = Terms("helper", AT, AT + timedelta(days=30))
    paper, foreign = (
        Document.objects.create(
            digest=bytes(32), media="image/jpeg", bytes=1, width=1, height=1, uploader=uploader, kept=AT
        )
        for uploader in (helper.pk, SYSTEM.id)
    )
    with pytest.raises(Invalid, match="不是您上传的"):
        actions.begin_help(old, terms, Consent("signed", "", str(foreign.pk)), by=actor(helper), at=AT)
    with pytest.raises(Invalid):
        actions.begin_help(old, terms, Consent("counter", "口头"), by=actor(helper), at=AT)
    made = actions.begin_help(old, terms, Consent("signed", "", str(paper.pk)), by=actor(helper), at=AT)
    acting = queries.of_session(session(helper, made.pk), AT)
    assert acting and acting.behalf == str(old.pk)


def test_a_firm_lets_a_person_act_for_it() -> None:
    firm = Firm.objects.create(name="云汀小吃店", uscc="91990000MA0000001X", opened=AT)
    account = Account.objects.create(login="shop", name="云汀小吃店", kind="firm", firm=firm, opened=AT)
    son = resident("son")
    with pytest.raises(Invalid):
        actions.give(son, family(), by=actor(account), at=AT)
    made = actions.give(son, Terms("firm_agent", AT, AT + 3 * YEAR), by=actor(account), at=AT)
    actions.accept(made.pk, by=actor(son), at=AT)
    acting = queries.of_session(session(son, made.pk), AT)
    assert acting and acting.mandate and (acting.kind, acting.mandate.whose) == ("firm", "云汀小吃店")
    assert next(iter(journal.trace("firm", str(firm.pk)))).verb == "people.mandate_given"
    assert queries.shown_names([str(firm.pk), str(son.person_id)]) == queries.shown_names([]) | {
        str(firm.pk): "云汀小吃店", str(son.person_id): "林**",
    }  # fmt: skip


def test_who_was_merged_or_destroyed_is_acted_for_as_their_record_says() -> None:
    mother, son, mandate = held()
    twin = Person.objects.create(name="林秀兰", opened=AT)
    Person.objects.filter(pk=mother.person_id).update(merged_into=twin)
    acting = queries.of_session(session(son, mandate.pk), AT)
    assert acting and acting.behalf == str(twin.pk)
    Person.objects.filter(pk=mother.person_id).update(merged_into=None, destroyed=AT, name="", phone="")
    with pytest.raises(NoLongerActing):
        queries.of_session(session(son, mandate.pk), AT)


def test_the_database_keeps_no_mandate_without_an_end_or_evidence() -> None:
    mother, son = resident("mother"), resident("son")
    row = {
        "principal_person": mother.person, "agent_person": son.person, "kind": "family", "starts": AT,
        "ends": AT + YEAR, "how": "online", "given_by": mother.pk, "given": AT,
    }  # fmt: skip
    wrong: list[dict[str, Any]] = [
        {"ends": None}, {"ends": AT}, {"ends": AT + 2 * YEAR}, {"how": "signed"}, {"agent_person": mother.person},
        {"kind": "helper"}, {"agent_account": son}, {"revoked": AT},
    ]  # fmt: skip
    for change in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Mandate.objects.create(**row | change)
    Mandate.objects.create(**row)


MATTERS = st.lists(st.sampled_from(["11", "1101", "16", "noise", "city-event"]), max_size=3)
HOURS = st.integers(-48, 48).map(lambda hours: timedelta(hours=hours))


class TestTheLaw(TestCase):
    """What the rules say of a mandate, the statements say too."""

    @settings(max_examples=50, deadline=None, derandomize=True)
    @given(
        starts=HOURS, lasts=st.integers(1, 60), at=HOURS, matters=MATTERS, accepted=st.booleans(),
        revoked=st.booleans(),
        case=st.sampled_from([("city-event", "1101"), ("city-event", "1102"), ("noise", "1601")]),
    )  # fmt: skip
    def test_a_session_and_the_rules_agree_on_who_acts_in_what(
        self, starts: timedelta, lasts: int, at: timedelta, matters: list[str], accepted: bool, revoked: bool,
        case: tuple[str, str],
    ) -> None:  # fmt: skip
        mother, son, now = resident("mother"), resident("son"), AT + at
        mandate = Mandate.objects.create(
            principal_person=mother.person, agent_person=son.person, kind="family", matters=matters,
            starts=AT + starts, ends=AT + starts + timedelta(hours=lasts), how="online", given_by=mother.pk, given=AT,
            accepted=AT if accepted else None, revoked=AT if revoked else None,
            revoked_by=mother.pk if revoked else None,
        )  # fmt: skip
        covered = accepted and not revoked and mandate.terms.covers(*case, now)
        try:
            acting = queries.of_session(session(son, mandate.pk), now)
            assert acting and acting.mandate
            seen = acting.mandate.covers(*case)
        except NoLongerActing:
            seen = False
        assert seen is covered
        assert mandates.acts_for(son.pk, mother.person_id, *case, now) is covered  # type: ignore[arg-type]
