"""What was destroyed is looked for in every column of every table, in files and in jobs."""

import argparse
import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid
from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.models import Case, Contact
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.engine.ratings import actions as ratings
from zhongshu.engine.ratings.models import Rating
from zhongshu.main.cli import restore
from zhongshu.main.ground.archive import bundle, whole
from zhongshu.main.tests.privacy import scanning
from zhongshu.registers.documents import actions as documents
from zhongshu.registers.documents import doors as store
from zhongshu.registers.documents.models import Document
from zhongshu.registers.documents.rules import keys
from zhongshu.registers.documents.tests.pictures import picture, sent
from zhongshu.registers.people.models import Account, Person
from zhongshu.registers.privacy.actions import destroying, remains, requests, retaining
from zhongshu.registers.privacy.models import Remains, Request
from zhongshu.registers.privacy.queries import certificates, kept
from zhongshu.registers.privacy.queries import requests as queries

NAME, PHONE, WORDS = "欧阳晓舟", "13911112222", "楼下的欧阳家门口堆满了垃圾"
LATER = timedelta(days=61)
"""When the time to ask for a review of a closed case is over."""


class Resident:
    """Somebody with an account who told of a matter, with a photo, and rated how it was closed."""

    def __init__(self, city: Any) -> None:
        account = city.account("resident")
        Account.objects.filter(pk=account.pk).update(name=NAME, phone=PHONE)
        Person.objects.filter(pk=account.person_id).update(name=NAME, phone=PHONE)
        self.city, self.by = city, city.actor("resident")
        photo = documents.keep_photo(sent(picture()), f"{NAME}.jpg", by=self.by, at=city.now)
        self.photo = Document.objects.get(pk=photo.pk)
        self.case = Walk(
            city, source="resident", by="resident", account=self.by.id, name=NAME, phone=PHONE,
            answers={"description": WORDS, "photos": [str(photo.pk)]},
        )  # fmt: skip

    def closed(self) -> "Resident":
        self.case.do("accept", accepted=False, reason="不属于受理范围。")
        ratings.rate(self.case.id, 4, (), f"{NAME}谢谢", by=self.by, at=self.city.now)
        self.city.react()
        return self

    def ask(self, kind: str, after: timedelta = LATER) -> Request:
        wanted = {"reason": "不再使用"}
        made = requests.ask(kind, wanted, by=self.by, at=self.city.now + after)
        return requests.decide(made.pk, True, "", by=self.officer, at=self.city.now + after)

    @property
    def officer(self) -> Actor:
        return self.city.actor("privacy")


@pytest.fixture
def resident(city: Any) -> Resident:
    return Resident(city)


def destroyed(resident: Resident, kind: str, after: timedelta = LATER) -> Any:
    return destroying.carry_out(resident.ask(kind, after).pk, at=resident.city.now + after)


def test_the_search_finds_what_is_there(resident: Resident) -> None:
    resident.closed()
    found = scanning.where(NAME)
    assert {"people_account.name", "people_person.name", "cases_contact.name", "ratings_rating.text"} <= found
    assert {"cases_contact.text", "cases_case.data"} <= scanning.where(WORDS)


@pytest.mark.parametrize("words", [NAME, PHONE, WORDS])
def test_after_closing_an_account_nothing_of_it_is_found_anywhere(resident: Resident, words: str) -> None:
    resident.closed()
    assert destroyed(resident, "close")
    assert scanning.where(words) == set()
    with pytest.raises(KeyError):
        store.store.get(keys.key(bytes(resident.photo.digest)))
    assert [finding for _, findings in journal.verify() for finding in findings] == []


def test_what_one_is_told_of_the_matter_stays_readable_afterwards(resident: Resident, client: Any) -> None:
    resident.closed()
    destroyed(resident, "close")
    city = resident.city
    page = city.signed_in(client, "supervisor").get(f"/desk/cases/{resident.case.opened.number}/")
    assert page.status_code == 200 and NAME not in page.content.decode()
    case = Case.objects.get(pk=resident.case.id)
    assert case.data["answers"] == {} and case.category == "1101"
    assert Rating.objects.get(pk=case.pk).level == 4


def test_deleting_leaves_the_account_and_what_is_under_way(resident: Resident) -> None:
    destroyed(resident, "erase")
    contact = Contact.objects.get(case_id=resident.case.id)
    assert (contact.name, contact.text) == (NAME, WORDS)
    assert Account.objects.get(pk=resident.by.id).closed is None


def test_a_matter_just_closed_and_one_in_dispute_stay(resident: Resident) -> None:
    resident.closed()
    owner = queries.owner(resident.by)
    (contacts,) = (k for k in kept.of(owner, resident.city.now) if k.about.code == "contacts")
    (stay, n) = contacts.stays[0]
    assert (contacts.can_go, n) == (0, 1) and stay.until and stay.until - resident.city.now > timedelta(days=59)
    retaining.place_hold(resident.case.id, "行政诉讼", by=resident.officer, at=resident.city.now)
    destroyed(resident, "erase")
    assert Contact.objects.get(case_id=resident.case.id).name == NAME


def test_a_job_that_died_is_run_anew_and_a_second_time_does_nothing(resident: Resident) -> None:
    resident.closed()
    asked, at = resident.ask("close"), resident.city.now + LATER
    destroying._destroyed(destroying._planned(asked, at), resident.officer, at)  # died before the certificate
    made = destroying.carry_out(asked.pk, at=at)
    assert made and certificates.one(asked.pk).said.counts["contacts"]["records"] == 1
    assert destroying.carry_out(asked.pk, at=at) is None


def test_the_certificate_is_genuine_and_says_nothing_about_anybody(resident: Resident) -> None:
    resident.closed()
    made = destroyed(resident, "close")
    shown = certificates.one(made.pk)
    assert shown.genuine and shown.said.decider == resident.officer.id
    assert shown.said.counts["contacts"]["documents"] == 1
    assert not any(words in made.said for words in (NAME, PHONE, resident.by.id))
    made.said = made.said.replace('"documents":1', '"documents":2')
    made.save()
    assert not certificates.one(made.pk).genuine
    with pytest.raises(Absent):
        certificates.one(uuid4())


def test_what_a_backup_brings_back_is_destroyed_again(resident: Resident, settings: Any, tmp_path: Any) -> None:
    settings.REMAINS = tmp_path / "remains.jsonl"
    resident.closed()
    before = list(Contact.objects.filter(case_id=resident.case.id)), list(Account.objects.filter(pk=resident.by.id))
    made = destroyed(resident, "close")
    lines = remains.collect()
    remains._append(settings.REMAINS, lines[made.pk])
    Remains.objects.all().delete()
    for rows in before:  # as an older backup has them
        for row in rows:
            row.save()
    assert scanning.where(NAME) == {"cases_contact.name", "people_account.name"}
    destroying.again(remains.bring_back(remains.collect()), at=resident.city.now + LATER)
    assert scanning.where(NAME) == set()
    assert certificates.one(made.pk).genuine


def test_a_restore_destroys_again_by_itself(
    resident: Resident, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REMAINS = tmp_path / "remains.jsonl"
    monkeypatch.setenv("ZHONGSHU_VAR", str(tmp_path))
    resident.closed()
    before = list(Contact.objects.filter(case_id=resident.case.id))
    destroyed(resident, "close")

    def brought_back(*_: Any, **__: Any) -> bundle.Manifest:
        Remains.objects.all().delete()
        for row in before:
            row.save()
        assert scanning.where(NAME)
        return bundle.Manifest(made_at="", migrations=[], files={})

    monkeypatch.setattr(whole, "restore", brought_back)
    options = argparse.Namespace(file=tmp_path / "backup.tar", replace=True)
    assert restore.run(options) == 0
    assert scanning.where(NAME) == set()


def test_only_ids_stand_in_the_list_beside_the_database(resident: Resident) -> None:
    resident.closed()
    made = destroyed(resident, "close")
    line = remains.collect()[made.pk]
    assert not any(words in str(line) for words in (NAME, PHONE, WORDS))
    assert UUID(line.keys["contacts"][0])


def test_a_job_is_told_the_request_and_nothing_else(resident: Resident) -> None:
    resident.closed()
    asked = resident.ask("close")
    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs WHERE task_name = 'privacy.destroy'")
        assert [json.loads(args) for (args,) in cursor.fetchall()] == [{"request": str(asked.pk)}]


def test_one_request_of_a_kind_runs_at_a_time_and_needs_a_reason(resident: Resident) -> None:
    at = resident.city.now
    with pytest.raises(Invalid):
        requests.ask("erase", {"reason": ""}, by=resident.by, at=at)
    first = requests.ask("erase", {"reason": "不再使用"}, by=resident.by, at=at)
    with pytest.raises(Conflict):
        requests.ask("erase", {"reason": "不再使用"}, by=resident.by, at=at)
    requests.withdraw(first.pk, by=resident.by, at=at)
    requests.ask("erase", {"reason": "不再使用"}, by=resident.by, at=at)


def test_what_officials_did_in_office_is_not_deleted(city: Any) -> None:
    with pytest.raises(Forbidden):
        requests.ask("erase", {"reason": "不再使用"}, by=city.actor("acceptor"), at=city.now)


@pytest.mark.parametrize("login", ["acceptor", "supervisor", "administrator", "resident"])
def test_who_is_no_privacy_officer_finds_no_request(resident: Resident, login: str) -> None:
    made = requests.ask("erase", {"reason": "不再使用"}, by=resident.by, at=resident.city.now)
    with pytest.raises(Absent):
        requests.decide(made.pk, True, "", by=resident.city.actor(login), at=resident.city.now)
