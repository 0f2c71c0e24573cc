"""Two records of one person: becoming one, and two again."""

from typing import Any
from uuid import uuid4

import pytest

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden
from zhongshu.base.journal import queries as journal
from zhongshu.registers.people import actions
from zhongshu.registers.people.models import Account, FirmRole, Look, Person
from zhongshu.registers.people.queries import persons
from zhongshu.registers.people.rules import persons as rules
from zhongshu.registers.people.tests.folk import Folk, number

OWN, ANOTHER = number(serial="001"), number(serial="002")


@pytest.fixture
def pair(folk: Folk) -> tuple[Any, Any]:
    """Two accounts of perhaps one person: the first was seen at the counter."""
    first, second = folk.resident("zhao"), folk.resident("zhao2")
    folk.verified(first, OWN)
    actions.show_identity(folk.person(second).pk, "", by=second, at=folk.city.now)
    return first, second


def rows() -> dict[str, list[Any]]:
    """Everything that a merging touches."""
    return {
        model.__name__: sorted(model._default_manager.values_list(), key=str)
        for model in (Person, Account, FirmRole, Look)
    }


def merged(folk: Folk, into: Any, other: Any, by: str = "administrator") -> Any:
    ids = [folk.person(account).pk for account in (into, other)]
    return actions.merge_persons(*ids, "本人确认是同一人", by=folk.city.actor(by), at=folk.city.now)


def test_what_was_of_the_other_record_is_of_the_one_that_stays(folk: Folk, pair: Any) -> None:
    first, second = pair
    other = folk.person(second)
    done = merged(folk, first, second)
    stays = folk.person(first)
    assert folk.person(second) == stays and persons.one(other.pk) is None
    assert {account.login for account in persons.accounts_of(stays.pk)} == {"zhao", "zhao2"}
    assert Look.objects.filter(person=stays).count() == 1 and not Look.objects.filter(person=other).exists()
    assert set(persons.same(other.pk)) == set(persons.same(stays.pk)) == {stays.pk, other.pk}
    assert [merge.pk for merge in persons.mergings(stays.pk)] == [done.pk]
    for person in (stays, other):
        assert journal.trace("person", str(person.pk))[-1].verb == "people.persons_merged"


def test_undoing_gives_back_exactly_what_was(folk: Folk, pair: Any) -> None:
    before = rows()
    done = merged(folk, *pair)
    assert rows() != before
    actions.undo_merge(done.pk, "不是同一人", by=folk.city.actor("administrator"), at=folk.city.now)
    assert rows() == before
    with pytest.raises(Conflict, match="已经撤销过"):
        actions.undo_merge(done.pk, "不是同一人", by=folk.city.actor("administrator"), at=folk.city.now)
    merged(folk, *pair)


def test_what_came_after_the_merging_stays_where_it_came(folk: Folk, pair: Any) -> None:
    first, second = pair
    done = merged(folk, first, second)
    stays = folk.person(first)
    actions.show_identity(stays.pk, "", by=second, at=folk.city.now)
    actions.undo_merge(done.pk, "不是同一人", by=folk.city.actor("administrator"), at=folk.city.now)
    assert Look.objects.filter(person=stays).count() == 1 and folk.person(second) != stays


def test_two_verified_numbers_are_two_persons(folk: Folk, pair: Any) -> None:
    first, second = pair
    folk.verified(second, ANOTHER)
    with pytest.raises(Conflict, match="证件号码不同"):
        merged(folk, first, second)


def test_the_surer_record_stays_and_a_merged_one_is_merged_no_more(folk: Folk, pair: Any) -> None:
    first, second = pair
    with pytest.raises(Conflict, match="核验程度更高"):
        merged(folk, second, first)
    with pytest.raises(Conflict, match="同一份"):
        merged(folk, first, first)
    other = folk.person(second).pk
    merged(folk, first, second)
    with pytest.raises(Conflict, match="已经合并过"):
        actions.merge_persons(
            folk.person(first).pk, other, "又来一次", by=folk.city.actor("administrator"), at=folk.city.now
        )
    with pytest.raises(Absent):
        actions.merge_persons(
            folk.person(first).pk, uuid4(), "没有这人", by=folk.city.actor("administrator"), at=folk.city.now
        )


def test_mergings_are_undone_last_first(folk: Folk, pair: Any) -> None:
    first, second = pair
    third = folk.resident("zhao3")
    early = merged(folk, second, third)
    late = merged(folk, first, second)
    assert len(persons.same(folk.person(first).pk)) == 3 and folk.person(third) == folk.person(first)
    assert Person.objects.filter(merged_into=folk.person(first)).count() == 2, "none points at one that was merged"
    by, now = folk.city.actor("administrator"), folk.city.now
    with pytest.raises(Conflict, match="先撤销后一次"):
        actions.undo_merge(early.pk, "不是同一人", by=by, at=now)
    actions.undo_merge(late.pk, "不是同一人", by=by, at=now)
    assert folk.person(third) == folk.person(second) != folk.person(first)
    actions.undo_merge(early.pk, "不是同一人", by=by, at=now)
    assert len({folk.person(account).pk for account in (first, second, third)}) == 3


def test_a_number_that_both_came_to_hold_keeps_them_one(folk: Folk) -> None:
    first, second = folk.resident("zhao"), folk.resident("zhao2", phone="13900000079")
    actions.claim_identity(folk.person(second).pk, "resident_id", OWN, "赵小川", by=second, at=folk.city.now)
    done = merged(folk, first, second)
    folk.verified(first, OWN)
    with pytest.raises(Conflict, match="确是同一人"):
        actions.undo_merge(done.pk, "不是同一人", by=folk.city.actor("administrator"), at=folk.city.now)


def test_one_proposes_and_another_approves(folk: Folk, pair: Any) -> None:
    first, second = (folk.person(account).pk for account in pair)
    now = folk.city.now
    actions.find_person(name="赵小川", phone="13900000077", by=folk.clerk, at=now)
    asked = actions.propose_merge(first, second, "本人确认是同一人", by=folk.clerk, at=now)
    with pytest.raises(Absent):
        approvals.decide(asked.pk, True, "", by=folk.city.actor("supervisor"), at=now)
    with pytest.raises(Forbidden, match="不能审批自己的申请"):
        approvals.decide(asked.pk, True, "", by=folk.clerk, at=now)
    approvals.decide(asked.pk, True, "", by=folk.city.actor("administrator"), at=now)
    assert persons.one(second) is None and persons.same(first) != [first]


def test_nobody_proposes_about_people_they_do_not_have_before_them(folk: Folk, pair: Any) -> None:
    first, second = (folk.person(account).pk for account in pair)
    for login, refused in (("counter", None), ("supervisor", Forbidden), ("zhao", Forbidden)):
        Person.objects.get(pk=second).sittings.all().delete()
        with pytest.raises(refused or Absent):
            actions.propose_merge(first, second, "是同一人", by=folk.city.actor(login), at=folk.city.now)
    with pytest.raises(Forbidden):
        merged(folk, *pair, by="counter")


@pytest.mark.parametrize("level", rules.LEVELS)
def test_records_with_one_number_or_none_may_be_one_whatever_their_level(level: str) -> None:
    mark = ("resident_id", b"m" * 32)
    rules.refuse_merge(rules.Facts(level, mark), rules.Facts(rules.UNVERIFIED, None))
    rules.refuse_merge(rules.Facts(level, mark), rules.Facts(level, mark))
