"""What is written stays as it was written, or the check says where it is not."""

import hashlib
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction

from zhongshu.base.journal import actions, queries
from zhongshu.base.journal.models import Entry, Subject
from zhongshu.base.permissions.rules import Actor

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
BY = Actor("019a0000-0000-7000-8000-000000000001", "赵清", "staff", behalf="019a0000-0000-7000-8000-000000000002")


def say(subject: str = "a", **body: Any) -> None:
    actions.record(subject=("thing", subject), verb="thing.changed", by=BY, at=AT, body=body, reach=(9901, -3))


def findings() -> list[tuple[str, int, str]]:
    return [(found.subject, found.number, found.fault) for _, each in queries.verify() for found in each]


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_entries_are_numbered_within_their_subject() -> None:
    for subject in ("a", "b", "a", "a"):
        say(subject)
    assert [entry.number for entry in queries.trace("thing", "a")] == [1, 2, 3]
    assert [entry.number for entry in queries.trace("thing", "b")] == [1]


def test_an_entry_keeps_who_what_when_and_for_whom() -> None:
    say(count=1, name="井盖")
    (entry,) = queries.trace("thing", "a")
    assert (entry.actor, entry.behalf, entry.verb, entry.at) == (BY.id, BY.behalf, "thing.changed", AT)
    assert (entry.facts, entry.reach) == ({"count": 1, "name": "井盖"}, [-3, 9901])


def test_the_head_is_grown_from_the_leaves_in_their_order() -> None:
    for number in range(3):
        say(number=number)
    head = b""
    for leaf in Entry.objects.filter(subject="a").order_by("number").values_list("leaf", flat=True):
        head = hashlib.sha256(head + bytes(leaf)).digest()
    kept = Subject.objects.get(kind="thing", id="a")
    assert (kept.count, bytes(kept.head)) == (3, head)


def test_a_change_undone_leaves_no_entry() -> None:
    say()
    with pytest.raises(RuntimeError), transaction.atomic():
        say()
        raise RuntimeError
    say()
    assert [entry.number for entry in queries.trace("thing", "a")] == [1, 2]
    assert findings() == []


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        ("UPDATE journal_entry SET body = '{\"n\":7}' WHERE subject = 'a' AND number = 2", ("a", 2, "altered")),
        ("UPDATE journal_entry SET actor = 'x' WHERE subject = 'a' AND number = 3", ("a", 3, "altered")),
        ("UPDATE journal_entry SET behalf = NULL WHERE subject = 'a' AND number = 1", ("a", 1, "altered")),
        ("UPDATE journal_entry SET verb = 'x' WHERE subject = 'a' AND number = 1", ("a", 1, "altered")),
        ("UPDATE journal_entry SET at = at + '1s' WHERE subject = 'a' AND number = 1", ("a", 1, "altered")),
        ("UPDATE journal_entry SET reach = '{9901}' WHERE subject = 'a' AND number = 1", ("a", 1, "altered")),
        ("UPDATE journal_entry SET salt = leaf WHERE subject = 'a' AND number = 1", ("a", 1, "altered")),
        ("DELETE FROM journal_entry WHERE subject = 'a' AND number = 1", ("a", 1, "missing")),
        ("DELETE FROM journal_entry WHERE subject = 'a' AND number = 2", ("a", 2, "missing")),
        ("DELETE FROM journal_entry WHERE subject = 'a' AND number = 3", ("a", 3, "count")),
        ("DELETE FROM journal_entry WHERE subject = 'a'", ("a", 1, "count")),
        ("DELETE FROM journal_subject WHERE id = 'a'", ("a", 4, "count")),
        ("UPDATE journal_entry SET subject = 'c', number = 1 WHERE subject = 'a' AND number = 3", ("c", 1, "altered")),
        ("UPDATE journal_subject SET head = sha256(head) WHERE id = 'a'", ("a", 3, "head")),
    ],
)
def test_tampering_is_found_where_it_was_done(tampering: str, found: tuple[str, int, str]) -> None:
    for subject in ("a", "a", "a", "b"):
        say(subject, n=1)
    assert findings() == []
    run(tampering)
    assert found in findings()
    assert all(subject != "b" for subject, _, _ in findings())
    assert [f.number for f in queries.verify_one("thing", "b")] == []
    assert queries.verify_one("thing", found[0])


def test_two_whole_entries_changing_places_are_found() -> None:
    say(n=1)
    say(n=2)
    run("UPDATE journal_entry SET number = 9 WHERE number = 1")
    run("UPDATE journal_entry SET number = 1 WHERE number = 2")
    run("UPDATE journal_entry SET number = 2 WHERE number = 9")
    assert findings() == [("a", 2, "head")]


def test_an_entry_rewritten_with_its_own_leaf_is_found() -> None:
    say(n=1)
    say(n=2)
    actions.record(subject=("thing", "forged"), verb="thing.changed", by=BY, at=AT, body={"n": 9}, reach=(9901, -3))
    run(
        """UPDATE journal_entry e SET (body, salt, leaf) = (SELECT body, salt, sha256(leaf) FROM journal_entry
           WHERE subject = 'forged') WHERE subject = 'a' AND number = 1"""
    )
    run("UPDATE journal_entry SET body = NULL, salt = NULL WHERE subject = 'a' AND number = 1")
    assert findings() == [("a", 2, "head")]


def test_what_was_said_can_be_destroyed_and_the_chain_stays_whole() -> None:
    for number in range(3):
        say(number=number)
    say("b")
    assert actions.destroy("thing", "a") == 3
    assert [entry.facts for entry in queries.trace("thing", "a")] == [{}, {}, {}]
    assert actions.destroy("thing", "a") == 0
    say(number=3)
    assert findings() == []
    run("DELETE FROM journal_entry WHERE subject = 'a' AND number = 2")
    assert ("a", 2, "missing") in findings()


def test_the_same_content_has_another_leaf_each_time() -> None:
    say(n=1)
    say(n=1)
    first, second = Entry.objects.order_by("number").values_list("leaf", flat=True)
    assert bytes(first) != bytes(second)
