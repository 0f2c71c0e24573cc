"""Saying and showing who one is, being found, being looked at."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid, TooMany
from zhongshu.base.journal import queries as journal
from zhongshu.base.journal.models import Entry
from zhongshu.registers.people import actions
from zhongshu.registers.people.models import Account, Look, Person
from zhongshu.registers.people.queries import looks, persons
from zhongshu.registers.people.rules import numbers
from zhongshu.registers.people.tests.folk import number

NUMBER = number()


def claim(folk: Any, by: Any, text: str = NUMBER, name: str = "赵小川") -> str:
    return actions.claim_identity(folk.person(by).pk, "resident_id", text, name, by=by, at=folk.city.now)


def verbs(person: Any) -> list[str]:
    return [entry.verb for entry in journal.trace("person", str(person.pk))]


def test_what_somebody_says_is_kept_sealed_and_verifies_nobody(folk: Any) -> None:
    zhao = folk.resident("zhao")
    assert claim(folk, zhao) == "said"
    person = folk.person(zhao)
    assert (person.level, persons.number(person)) == ("unverified", NUMBER)
    assert NUMBER not in person.id_sealed and persons.by_number("resident_id", NUMBER) == person


def test_the_register_verifies_a_name_with_its_number(folk: Any, plugged: Any) -> None:
    plugged({NUMBER: "赵小川"})
    zhao = folk.resident("zhao")
    assert claim(folk, zhao) == "checked"
    assert folk.person(zhao).level == "checked" and verbs(folk.person(zhao)) == ["people.identity_checked"]
    with pytest.raises(Conflict, match="已经核验过"):
        claim(folk, zhao, number(serial="002"))


def test_what_the_register_knows_otherwise_is_not_kept_and_a_silent_register_changes_no_level(
    folk: Any, plugged: Any
) -> None:
    zhao = folk.resident("zhao")
    plugged({NUMBER: "钱一"})
    assert claim(folk, zhao) == "mismatch" and folk.person(zhao).id_kind == ""
    plugged({}, reachable=False)
    assert claim(folk, zhao) == "unreachable" and folk.person(zhao).level == "unverified"


def test_a_number_of_another_is_not_told_whose_and_merging_is_offered(folk: Any) -> None:
    first, second = folk.resident("zhao"), folk.resident("zhao2")
    claim(folk, first)
    assert claim(folk, second) == "taken"
    assert folk.person(second).id_kind == ""
    assert persons.twins(folk.person(second).pk) == [folk.person(first)]
    assert str(folk.person(first).pk) not in str([e.body for e in journal.trace("person", str(folk.person(second).pk))])


def test_who_shows_the_document_gets_the_number_that_another_only_said(folk: Any) -> None:
    squatter, zhao = folk.resident("sun", "孙二", "13900000078"), folk.resident("zhao")
    claim(folk, squatter)
    assert folk.verified(zhao, NUMBER).level == "in_person"
    left = folk.person(squatter)
    assert (left.id_kind, left.id_sealed, left.id_mark) == ("", "", None)
    assert verbs(left)[-1] == "people.number_yielded"


def test_two_verified_records_never_hold_one_number(folk: Any) -> None:
    zhao, double = folk.resident("zhao"), folk.resident("zhao2", phone="13900000079")
    folk.verified(zhao, NUMBER)
    assert folk.verified(double, NUMBER).level == "unverified"
    assert persons.twins(folk.person(double).pk) == [folk.person(zhao)]


def test_guessing_numbers_ends_at_the_fifth(folk: Any, plugged: Any) -> None:
    plugged({})
    zhao = folk.resident("zhao")
    for serial in range(5):
        claim(folk, zhao, number(serial=f"00{serial}"))
    with pytest.raises(TooMany):
        claim(folk, zhao)


def test_nobody_says_who_another_is(folk: Any) -> None:
    zhao, sun = folk.resident("zhao"), folk.resident("sun", "孙二", "13900000078")
    with pytest.raises(Absent):
        actions.claim_identity(folk.person(zhao).pk, "resident_id", NUMBER, "赵小川", by=sun, at=folk.city.now)


def test_somebody_is_found_only_by_the_whole_of_what_is_asked(folk: Any) -> None:
    zhao, before = folk.resident("zhao"), len(journal.trace("look", folk.clerk.id))
    claim(folk, zhao)

    def found(**asked: str) -> list[Person]:
        return actions.find_person(**asked, by=folk.clerk, at=folk.city.now)

    assert found(kind="resident_id", number=NUMBER) == [folk.person(zhao)]
    assert found(name="赵小川", phone="13900000077") == [folk.person(zhao)]
    assert found(name="赵小", phone="13900000077") == found(name="赵小川", phone="13900000076") == []
    with pytest.raises(Invalid):
        found(kind="resident_id", number=NUMBER[:-1])
    sought = journal.trace("look", folk.clerk.id)[before:]
    assert [entry.verb for entry in sought] == ["people.person_sought"] * 4
    assert NUMBER not in str(sought) and "13900000077" not in str(sought)


def test_an_account_with_another_phone_is_found_by_it(folk: Any) -> None:
    zhao = folk.resident("zhao")
    Account.objects.filter(pk=zhao.id).update(phone="13900000055")
    assert persons.by_phone("赵小川", "13900000055") == [folk.person(zhao)]


def test_a_clerk_sees_who_is_in_front_of_them_for_half_an_hour(folk: Any) -> None:
    zhao = folk.resident("zhao")
    person, now = folk.person(zhao), folk.city.now
    with pytest.raises(Absent):
        actions.show_identity(person.pk, "service", "打印回执", by=folk.clerk, at=now)
    assert journal.trace("look", folk.clerk.id)[-1].verb == "people.foreign_person_tried"
    actions.find_person(name="赵小川", phone="13900000077", by=folk.clerk, at=now)
    shown = actions.show_identity(person.pk, "service", " 打印  回执 ", by=folk.clerk, at=now)
    assert (shown.name, shown.phone) == ("赵小川", "13900000077")
    with pytest.raises(Absent):
        actions.show_identity(person.pk, "service", "打印回执", by=folk.clerk, at=now + timedelta(minutes=30))


def test_each_showing_is_one_look_that_the_person_reads(folk: Any) -> None:
    zhao = folk.resident("zhao")
    folk.verified(zhao, NUMBER)
    person, now = folk.person(zhao), folk.city.now
    for _ in range(3):
        assert actions.show_identity(person.pk, "verify", "核对表格", by=folk.clerk, at=now).number == NUMBER
    actions.show_identity(person.pk, "", by=zhao, at=now)
    found = looks.page(person.pk)
    assert len(found) == 4 and {(str(look.by), look.purpose, look.words) for look in found} == {
        (folk.clerk.id, "verify", "核对表格"), (zhao.id, "own", ""),
    }  # fmt: skip
    assert {look.body for look in found if look.purpose == "verify"} == {folk.clerk.body}
    assert verbs(person).count("people.identity_shown") == 4


@pytest.mark.parametrize(
    ("purpose", "words"), [("", "打印回执"), ("own", "打印回执"), ("service", " "), ("service", "x" * 201)]
)
def test_nothing_is_shown_without_a_purpose_of_the_list_in_words(folk: Any, purpose: str, words: str) -> None:
    zhao = folk.resident("zhao")
    actions.find_person(name="赵小川", phone="13900000077", by=folk.clerk, at=folk.city.now)
    with pytest.raises(Invalid):
        actions.show_identity(folk.person(zhao).pk, purpose, words, by=folk.clerk, at=folk.city.now)
    assert not Look.objects.exists()


def test_a_viewer_is_stopped_at_the_daily_limit(folk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from zhongshu.base.http.limits import Limit
    from zhongshu.registers.people.actions import looks as showing

    monkeypatch.setattr(showing, "SHOWN", Limit("people.identity_shown", 1, 86_400))
    zhao = folk.resident("zhao")
    actions.find_person(name="赵小川", phone="13900000077", by=folk.clerk, at=folk.city.now)
    shows = lambda: actions.show_identity(folk.person(zhao).pk, "service", "打印", by=folk.clerk, at=folk.city.now)  # noqa: E731
    shows()
    with pytest.raises(TooMany):
        shows()
    assert Look.objects.count() == 1


def test_who_holds_no_seat_for_it_finds_and_verifies_nobody(folk: Any) -> None:
    zhao, now = folk.resident("zhao"), folk.city.now
    for login in ("supervisor", "leader", "administrator", "zhao"):
        by = folk.city.actor(login)
        with pytest.raises(Forbidden):
            actions.find_person(name="赵小川", phone="13900000077", by=by, at=now)
        with pytest.raises(Forbidden):
            actions.verify_in_person(folk.person(zhao).pk, "resident_id", NUMBER, "赵小川", "original", by=by, at=now)


def test_a_clerk_may_see_whose_open_case_they_may_read(folk: Any) -> None:
    zhao = folk.resident("zhao")
    report = folk.city.report(source="resident", by="zhao", account=zhao.id)
    person, now = folk.person(zhao), folk.city.now
    assert looks.may_work_on(person, folk.clerk, now)
    assert not looks.may_work_on(person, folk.city.actor("supervisor"), now), "a seat that finds nobody"
    Account.objects.filter(pk=zhao.id).update(person=folk.person(folk.resident("other", "李三", "13900000070")))
    assert not looks.may_work_on(person, folk.clerk, now), report


def test_looks_come_in_pages_that_miss_none(folk: Any) -> None:
    zhao = folk.resident("zhao")
    person = folk.person(zhao)
    for minute in range(5):
        for _ in range(2):
            actions.show_identity(
                person.pk, "", by=zhao, at=folk.city.now.replace(second=0) + timedelta(minutes=minute)
            )
    seen, after = [], None
    while page := looks.page(person.pk, after, 3):
        seen += page
        after = looks.After.parse(str(looks.After(page[-1].at, page[-1].pk)))
    assert len(seen) == len({look.pk for look in seen}) == 10
    assert [look.at for look in seen] == sorted((look.at for look in seen), reverse=True)
    assert [looks.After.parse(text) for text in ("", "x~y", f"2026-01-01~{uuid4()}")] == [None, None, None]


def test_a_verified_name_is_corrected_at_the_counter_only(folk: Any) -> None:
    zhao, now = folk.resident("zhao"), folk.city.now
    person = actions.correct_person(folk.person(zhao).pk, "写错了字", name="赵晓川", by=zhao, at=now)
    assert folk.city.account("zhao").name == "赵晓川" and verbs(person) == ["people.person_corrected"]
    folk.verified(zhao, NUMBER)
    with pytest.raises(Forbidden, match="窗口"):
        actions.correct_person(person.pk, "写错了字", name="赵川", by=zhao, at=now)
    actions.correct_person(person.pk, "换了号码", phone="13900000066", by=zhao, at=now)
    actions.correct_person(person.pk, "依申请更正", name="赵川", by=folk.city.actor("privacy"), at=now)
    kept = folk.person(zhao)
    assert (kept.name, kept.phone) == ("赵川", "13900000066")
    assert "赵川" not in str([entry.body for entry in journal.trace("person", str(person.pk))])
    with pytest.raises(Absent):
        actions.correct_person(person.pk, "换了号码", phone="", by=folk.resident("sun", "孙二"), at=now)


def test_a_person_without_an_account_can_have_a_record(folk: Any) -> None:
    person = actions.open_person("周老太", "13900000088", by=folk.clerk, at=folk.city.now)
    outcome = actions.verify_in_person(
        person.pk, "resident_id", NUMBER, "周老太", "original", by=folk.clerk, at=folk.city.now
    )
    assert outcome == "verified" and persons.one(person.pk).level == "in_person"


def test_no_number_ever_stands_in_the_journal(folk: Any, plugged: Any) -> None:
    zhao = folk.resident("zhao")
    claim(folk, zhao)
    plugged({})
    claim(folk, zhao)
    folk.verified(zhao, NUMBER)
    actions.show_identity(folk.person(zhao).pk, "legal", "协助调查", by=folk.clerk, at=folk.city.now)
    said = "".join(body or "" for body in Entry.objects.values_list("body", flat=True))
    assert NUMBER not in said and numbers.masked(NUMBER) not in said and NUMBER[6:14] not in said


def test_a_number_is_found_and_held_once_while_keys_change(folk: Any, settings: Any) -> None:
    first, second = folk.resident("zhao"), folk.resident("zhao2")
    claim(folk, first)
    settings.DATA_KEYS = [bytes(32), *settings.DATA_KEYS]
    assert persons.by_number("resident_id", NUMBER) == folk.person(first)
    assert persons.number(folk.person(first)) == NUMBER
    assert claim(folk, second) == "taken"
