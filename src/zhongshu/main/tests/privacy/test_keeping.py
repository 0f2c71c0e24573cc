"""Copies, corrections, clocks, holds and consents."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.calendar import queries as calendar
from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid
from zhongshu.base.journal import queries as journal
from zhongshu.engine.cases.models import Attachment, Case, Contact
from zhongshu.engine.messages.models import Message
from zhongshu.main.tests.privacy.test_destroying import NAME, PHONE, WORDS, Resident
from zhongshu.registers.documents import doors as store
from zhongshu.registers.documents.models import Document
from zhongshu.registers.people import actions as people
from zhongshu.registers.people.models import Account, Person
from zhongshu.registers.privacy.actions import copying, destroying, expiring, notices, requests, retaining
from zhongshu.registers.privacy.models import Certificate, Parcel, Retention
from zhongshu.registers.privacy.queries import kept
from zhongshu.registers.privacy.queries import notices as texts
from zhongshu.registers.privacy.rules.notices import REGISTRATION

YEAR = timedelta(days=366)


@pytest.fixture
def resident(city: Any) -> Resident:
    return Resident(city)


def copy_of(resident: Resident) -> tuple[UUID, zipfile.ZipFile]:
    asked = requests.ask("export", {}, by=resident.by, at=resident.city.now)
    copying.pack(asked.pk, at=resident.city.now)
    data = copying.fetch(asked.pk, by=resident.by, at=resident.city.now)
    return asked.pk, zipfile.ZipFile(io.BytesIO(data))


def second_officer(city: Any) -> Any:
    """Another privacy officer, who approves what the first proposes."""
    account = city.account("leader")
    people.give_grant(account, "privacy_officer", by=city.actor("security"), at=city.now)
    return city.actor("leader")


def test_a_copy_holds_all_that_is_one_s_own_and_nothing_of_others(resident: Resident) -> None:
    resident.city.report(source="resident", name="郑邻居", phone="13933334444", by="resident")
    _, packed = copy_of(resident)
    data = json.loads(packed.read("data.json"))
    (told,) = next(kind["records"] for kind in data["kinds"] if kind["kind"] == "contacts")
    assert (told["name"], told["phone"], told["text"]) == (NAME, PHONE, WORDS)
    assert f"files/{resident.photo.pk}.jpg" in packed.namelist()
    every = b"".join(packed.read(name) for name in packed.namelist()).decode(errors="replace")
    assert "郑邻居" not in every and "13933334444" not in every


def test_what_was_typed_is_text_in_the_readable_page(resident: Resident) -> None:
    Contact.objects.filter(case_id=resident.case.id).update(text="<script>alert(1)</script>")
    _, packed = copy_of(resident)
    assert "<script" not in packed.read("readable.html").decode()


def test_a_copy_lies_sealed_and_only_its_owner_gets_it(resident: Resident) -> None:
    asked, _ = copy_of(resident)
    sealed = store.store.get(Parcel.objects.get(pk=asked).key)
    assert not sealed.startswith(b"PK") and WORDS.encode() not in sealed
    for other in ("acceptor", "privacy", "administrator"):
        with pytest.raises(Absent):
            copying.fetch(asked, by=resident.city.actor(other), at=resident.city.now)
    fetched = [entry.verb for entry in journal.trace("privacy_request", str(asked))]
    assert fetched == ["privacy.asked", "privacy.copy_ready", "privacy.copy_fetched"]


def test_a_copy_is_gone_after_seven_days(resident: Resident) -> None:
    asked, _ = copy_of(resident)
    later = resident.city.now + timedelta(days=8)
    with pytest.raises(Absent):
        copying.fetch(asked, by=resident.by, at=later)
    assert expiring.forget_parcels(at=later) == 1
    with pytest.raises(KeyError):
        store.store.get(Parcel.objects.get(pk=asked).key)


def test_a_request_is_decided_within_fifteen_working_days(resident: Resident) -> None:
    asked = requests.ask("erase", {"reason": "不再使用"}, by=resident.by, at=resident.city.now)
    first, last, days = asked.asked.astimezone(SHANGHAI).date(), asked.due, calendar.working_days()
    assert last
    between = (last.astimezone(SHANGHAI).date() - first).days
    assert sum(days.works(first + timedelta(days=n)) for n in range(1, between + 1)) == 15


def test_a_correction_is_made_and_the_old_name_is_not_kept(resident: Resident) -> None:
    at = resident.city.now
    Person.objects.filter(accounts=resident.by.id).update(level="checked", verified=at)
    asked = requests.ask("correct", {"field": "name", "value": "欧阳小舟"}, by=resident.by, at=at)
    requests.decide(asked.pk, True, "", by=resident.city.actor("counter"), at=at)
    account = Account.objects.select_related("person").get(pk=resident.by.id)
    assert account.name == account.person.name == "欧阳小舟"
    assert account.person.level == "unverified"
    entries = [*journal.trace("account", resident.by.id), *journal.trace("privacy_request", str(asked.pk))]
    assert not any(NAME in (entry.body or "") for entry in entries)


@pytest.mark.parametrize(("field", "value"), [("phone", "12"), ("name", ""), ("login", "other"), ("level", "checked")])
def test_nonsense_is_not_taken_as_a_correction(resident: Resident, field: str, value: str) -> None:
    with pytest.raises(Invalid):
        requests.ask("correct", {"field": field, "value": value}, by=resident.by, at=resident.city.now)


def test_a_counter_decides_on_corrections_alone(resident: Resident) -> None:
    asked = requests.ask("erase", {"reason": "不再使用"}, by=resident.by, at=resident.city.now)
    with pytest.raises(Absent):
        requests.decide(asked.pk, True, "", by=resident.city.actor("counter"), at=resident.city.now)


def test_photos_go_after_a_year_and_words_after_three(resident: Resident) -> None:
    resident.closed()
    assert kept.due(resident.city.now)["photos"] == 0
    at = resident.city.now + YEAR
    assert kept.due(at)["photos"] == 1 and kept.due(at)["contacts"] == 0
    expiring.run(at=at)
    assert Document.objects.get(pk=resident.photo.pk).destroyed == at
    assert not Attachment.objects.filter(case_id=resident.case.id).exists()
    assert Contact.objects.get(case_id=resident.case.id).name == NAME
    expiring.run(at=resident.city.now + 3 * YEAR)
    assert Contact.objects.get(case_id=resident.case.id).name == ""
    assert kept.due(resident.city.now + 3 * YEAR)["contacts"] == 0
    assert Certificate.objects.count() == 2


def test_a_round_goes_on_where_the_last_one_stopped(resident: Resident, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expiring, "BATCH", 1)
    monkeypatch.setattr(expiring, "MOST_BATCHES", 1)
    Case.objects.exclude(pk=resident.case.id).delete()
    resident.closed()
    other = Resident(resident.city)
    other.case.do("accept", accepted=False, reason="不属于受理范围。")
    at = resident.city.now + YEAR
    assert [expiring._expire("photos", at - timedelta(days=365), at).get("records", 0) for _ in range(3)] == [1, 1, 0]


def test_a_held_case_keeps_its_data_until_the_hold_is_lifted(resident: Resident) -> None:
    resident.closed()
    hold = retaining.place_hold(resident.case.id, "行政复议", by=resident.officer, at=resident.city.now)
    expiring.run(at=resident.city.now + 4 * YEAR)
    assert Contact.objects.get(case_id=resident.case.id).name == NAME
    retaining.lift_hold(hold.pk, by=resident.officer, at=resident.city.now + 4 * YEAR)
    expiring.run(at=resident.city.now + 4 * YEAR)
    assert Contact.objects.get(case_id=resident.case.id).name == ""


def test_messages_go_after_a_year_and_files_never_sent_in_after_a_month(resident: Resident) -> None:
    resident.closed()
    told = Message.objects.filter(account=resident.by.id)
    assert told.exists()
    loose = UUID(resident.city.photo(resident.by))
    expiring.run(at=resident.city.now + timedelta(days=31))
    assert Document.objects.get(pk=loose).destroyed
    expiring.run(at=resident.city.now + YEAR)
    assert not told.all().exists()


def test_two_people_change_how_long_something_is_kept(resident: Resident) -> None:
    city = resident.city
    asked = retaining.propose_days("photos", 30, "照片占用大", by=resident.officer, at=city.now)
    with pytest.raises(Forbidden):
        approvals.decide(asked.pk, True, "", by=resident.officer, at=city.now)
    approvals.decide(asked.pk, True, "", by=second_officer(city), at=city.now)
    assert kept.days()["photos"] == 30 and Retention.objects.get(pk="photos").set_by


@pytest.mark.parametrize(("kind", "days"), [("sign_ins", 30), ("photos", 0), ("photos", 10**6)])
def test_no_term_is_shorter_than_the_law_has_it_or_endless(resident: Resident, kind: str, days: int) -> None:
    with pytest.raises(Invalid):
        retaining.propose_days(kind, days, "测试一下", by=resident.officer, at=resident.city.now)


def test_a_new_version_of_a_notice_is_asked_again_of_those_who_agreed_before(resident: Resident) -> None:
    city, by, other = resident.city, resident.by, second_officer(resident.city)
    at = city.now
    assert not texts.to_ask_again(by.id, at)
    notices.give(REGISTRATION, 1, "register", by=by, at=at)
    assert texts.agreed(by.id, REGISTRATION, at)
    words = "新的告知书内容，说明收集哪些信息、用于什么、保存多久。"
    asked = notices.propose(REGISTRATION, words, "A new text for everybody.", "更新", by=resident.officer, at=at)
    approvals.decide(asked.pk, True, "", by=other, at=at)
    assert not texts.agreed(by.id, REGISTRATION, at)
    (again,) = texts.to_ask_again(by.id, at)
    assert (again.version, again.text) == (2, words)
    with pytest.raises(Conflict):
        notices.give(REGISTRATION, 1, "account", by=by, at=at)
    given = notices.give(REGISTRATION, 2, "account", by=by, at=at)
    notices.withdraw(given.pk, by=by, at=at)
    assert not texts.agreed(by.id, REGISTRATION, at)


def test_nobody_withdraws_the_consent_of_another(resident: Resident) -> None:
    given = notices.give(REGISTRATION, 1, "register", by=resident.by, at=resident.city.now)
    with pytest.raises(Absent):
        notices.withdraw(given.pk, by=resident.city.actor("helper"), at=resident.city.now)


def test_the_first_version_of_a_notice_is_never_overwritten(city: Any) -> None:
    from zhongshu.registers.privacy.models import Notice

    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(
            code=REGISTRATION, version=1, text="x", text_en="x", effective=city.now, approved=city.now,
            approved_by=UUID(city.actor("privacy").id),
        )  # fmt: skip


def test_who_asked_is_told_of_each_step_and_not_after_the_account_is_closed(resident: Resident) -> None:
    told = Message.objects.filter(account=resident.by.id, template__startswith="privacy.").order_by("sent", "id")
    made = requests.ask("erase", {"reason": "不再使用"}, by=resident.by, at=resident.city.now)
    resident.city.react()
    assert told.get().facts["due"] == f"{made.due:%Y-%m-%d}"
    requests.decide(made.pk, False, "办件还在办理。", by=resident.officer, at=resident.city.now)
    resident.city.react()
    assert [one.template for one in told] == ["privacy.asked", "privacy.refused"]
    destroying.carry_out(resident.ask("close").pk, at=resident.city.now + timedelta(days=61))
    resident.city.react()
    assert not told.all().exists()


def test_sign_ins_lose_what_they_say_after_half_a_year_and_the_journal_stays_whole(resident: Resident) -> None:
    account, at = resident.city.account("resident"), resident.city.now
    people.note_sign_in(account, True, by=resident.by, at=at)
    expiring.run(at=at + timedelta(days=179))
    entries = [entry for entry in journal.trace("account", resident.by.id) if entry.verb == "people.signed_in"]
    assert [entry.body is None for entry in entries] == [False]
    expiring.run(at=at + timedelta(days=181))
    entries = [entry for entry in journal.trace("account", resident.by.id) if entry.verb == "people.signed_in"]
    assert [entry.body is None for entry in entries] == [True]
    assert [finding for _, findings in journal.verify() for finding in findings] == []
