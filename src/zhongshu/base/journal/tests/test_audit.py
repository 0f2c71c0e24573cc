"""Searching the audit trail: an index for every question, and nothing of what is no auditor's business."""

import importlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from zhongshu.base.journal import actions
from zhongshu.base.journal.queries import audit
from zhongshu.base.journal.queries.audit import Search
from zhongshu.base.permissions.rules import SYSTEM, Actor, Scope

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
EVERYTHING = Scope(((None, None),))
WANG = Actor("01900000-0000-7000-8000-000000000001", "王敏", "staff")


def told(verb: str, minute: int, by: Actor = SYSTEM, reach: tuple[int, ...] = ()) -> None:
    at = AT + timedelta(minutes=minute)
    actions.record(subject=("account", "a"), verb=verb, by=by, at=at, body={"n": minute}, reach=reach)


def verbs(**wanted: Any) -> list[str]:
    return [entry.verb for entry in audit.found(Search(wanted.pop("scope", EVERYTHING), **wanted))]


def test_cases_and_their_steps_are_no_auditors_business() -> None:
    told("case.opened", 1)
    told("people.grant_given", 2)
    told("cases.contact_revealed", 3)
    told("people.tree_changed", 4)
    assert verbs() == ["cases.contact_revealed", "people.grant_given"]


def test_a_search_goes_by_who_what_and_when() -> None:
    told("people.grant_given", 1, WANG)
    told("people.grant_ended", 2, WANG)
    told("people.grant_given", 3)
    assert verbs(actor=WANG.id) == ["people.grant_ended", "people.grant_given"]
    assert verbs(verb="people.grant_given", actor=WANG.id) == ["people.grant_given"]
    assert verbs(since=AT + timedelta(minutes=2), until=AT + timedelta(minutes=3)) == ["people.grant_ended"]
    assert verbs(subject=("account", "b")) == []


def test_all_of_a_search_come_once_and_in_order_however_the_pages_fall(monkeypatch: pytest.MonkeyPatch) -> None:
    for minute in (1, 1, 1, 2, 2, 3, 3):
        told("people.grant_given", minute)
    monkeypatch.setattr(audit, "BATCH", 2)
    found = list(audit.all_found(Search(EVERYTHING), 6))
    assert [entry.facts["n"] for entry in found] == [3, 3, 2, 2, 1, 1]
    assert len({entry.id for entry in found}) == 6


def test_an_auditor_of_a_district_reads_what_lies_under_it_alone() -> None:
    told("people.account_moved", 1, reach=(-1, -7, 9901))
    told("people.account_moved", 2, reach=(-1, -8, 9901))
    told("people.grant_given", 3)
    entries = audit.found(Search(Scope(((7, None), (9, 9901)))))
    assert [entry.facts["n"] for entry in entries] == [1]
    assert audit.found(Search(Scope(()))) == []


@pytest.mark.parametrize(
    ("wanted", "index"),
    [({}, "journal_entry_audit"), ({"actor": "a"}, "journal_entry_audit_actor"),
     ({"verb": "people.signed_in"}, "journal_entry_audit_verb"), ({"since": AT}, "journal_entry_audit")],
)  # fmt: skip
def test_every_question_has_its_index(wanted: dict[str, Any], index: str) -> None:
    conditions, values = audit._conditions(Search(EVERYTHING, **wanted))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
        statement = " AND ".join([audit.SECURITY, *conditions])
        cursor.execute(
            f"EXPLAIN SELECT * FROM journal_entry WHERE {statement} ORDER BY at DESC, id DESC LIMIT 50", values
        )
        plan = " ".join(row[0] for row in cursor.fetchall())
    assert f"using {index} " in plan


def test_the_indexes_are_over_the_very_entries_that_are_searched() -> None:
    assert importlib.import_module("zhongshu.base.journal.migrations.0002_audit").SECURITY == audit.SECURITY
