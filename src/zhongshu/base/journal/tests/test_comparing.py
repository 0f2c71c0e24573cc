"""Whoever changes the record afterwards is found, whatever they may change with it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from zhongshu.base.crypto.signing import Ed25519
from zhongshu.base.journal import actions, doors
from zhongshu.base.journal.actions import growing, signing
from zhongshu.base.journal.models import Checkpoint, Entry
from zhongshu.base.journal.queries import comparing
from zhongshu.base.journal.rules import checkpoints, merkle
from zhongshu.base.permissions.rules import SYSTEM

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
LOG = doors.Log("city.example/journal", lambda: [Ed25519(b"\x01" * 32)])
ROWS, SIGNED = 520, (200, 300, 520)
Found = tuple[int, str, int]


@pytest.fixture(autouse=True)
def _recorded(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A journal of 520 entries, one a minute, signed at three sizes; entry n stands at position n."""
    monkeypatch.setattr(doors.doors, "log", LOG)
    monkeypatch.setattr(
        growing, "_PLACE", growing._PLACE.replace("xid < pg_snapshot_xmin(pg_current_snapshot())", "true")
    )
    for n in range(ROWS):
        if n in SIGNED:
            _sign(n)
        say(n)
    _sign(ROWS)
    run("UPDATE journal_entry SET recorded = at")
    assert findings() == []
    yield


def say(n: int, at: datetime | None = None) -> None:
    moment = at or AT + timedelta(minutes=n)
    actions.record(subject=("thing", str(n % 7)), verb="thing.changed", by=SYSTEM, at=moment, body={"n": n})


def _sign(n: int) -> None:
    growing.grow()
    assert signing.sign(AT + timedelta(minutes=n)) == 1


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def findings(*outside: str) -> list[Found]:
    seen: list[int] = []
    found = [
        (one.position, one.fault, one.count) for one in comparing.compare([x.encode() for x in outside], seen.append)
    ]
    assert seen[-1] >= seen[0] == 0
    return found


def at_position(n: int) -> str:
    return f"id = (SELECT entry FROM journal_leaf WHERE position = {n})"


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        (f"UPDATE journal_entry SET body = '{{\"n\":7}}' WHERE {at_position(9)}", [(9, "edited", 1)]),
        (f"UPDATE journal_entry SET leaf = sha256(leaf) WHERE {at_position(9)}", [(9, "edited", 1)]),
        (f"UPDATE journal_entry SET body = NULL, salt = NULL, leaf = sha256(leaf) WHERE {at_position(9)}",
         [(9, "edited", 1)]),
        (f"DELETE FROM journal_entry WHERE {at_position(0)}", [(0, "removed", 1)]),
        ("DELETE FROM journal_leaf WHERE position IN (255, 256)",
         [(-1, "unplaced", 1), (-1, "unplaced", 1), (255, "removed", 2)]),
        ("DELETE FROM journal_entry USING journal_leaf WHERE id = entry AND position >= 517", [(517, "truncated", 3)]),
        (f"UPDATE journal_entry SET recorded = recorded - interval '2 days' WHERE {at_position(400)}",
         [(400, "backdated", 1)]),
        (f"UPDATE journal_entry SET recorded = recorded + interval '2 days' WHERE {at_position(400)}",
         [(400, "backdated", 1)]),
        ("UPDATE journal_tile SET hashes = set_byte(hashes, 288, get_byte(hashes, 288) # 1) WHERE level + place = 0",
         [(9, "edited", 1), (0, "torn", 1), (0, "rewritten", 200)]),
        ("UPDATE journal_tile SET hashes = set_byte(hashes, 40, get_byte(hashes, 40) # 1) WHERE level = 1",
         [(256, "torn", 1)]),
        ("DELETE FROM journal_tile WHERE (level, place) = (0, 1)", [(256, "torn", 256)]),
        ("UPDATE journal_checkpoint SET at = at - interval '1 hour' WHERE size = 300", [(299, "unsigned", 1)]),
        ("UPDATE journal_checkpoint SET note = 'x' WHERE size = 300", [(299, "unsigned", 1)]),
    ],
)  # fmt: skip
def test_the_first_row_that_was_tampered_with_is_named(tampering: str, found: list[Found]) -> None:
    run(tampering)
    assert findings() == found


def test_an_entry_told_to_be_older_than_the_last_signature_is_found() -> None:
    say(ROWS, AT - timedelta(days=3))
    growing.grow()
    run(
        "UPDATE journal_entry SET recorded = %s WHERE id = %s",
        AT + timedelta(minutes=ROWS),
        Entry.objects.latest("id").id,
    )
    assert findings() == [(ROWS, "backdated", 1)]


def test_an_entry_slipped_in_behind_the_sequencer_is_found() -> None:
    say(3)
    newest = Entry.objects.latest("id").id
    run("UPDATE journal_entry SET id = -1 WHERE id = %s", newest)
    assert [one for one in findings() if one[1] == "unplaced"] == [(-1, "unplaced", 1)]


def grown_anew() -> None:
    """Who holds the database makes a new tree of what is there, and of nothing else."""
    run("DELETE FROM journal_tile")
    run("DELETE FROM journal_leaf")
    run("DELETE FROM journal_cursor")
    growing.grow()


def test_a_tail_cut_off_with_its_tree_is_found_by_what_was_signed() -> None:
    run("DELETE FROM journal_entry USING journal_leaf WHERE id = entry AND position >= 310")
    grown_anew()
    assert findings() == [(310, "truncated", 210)]


def test_a_history_rewritten_with_its_tree_is_found_by_what_was_signed() -> None:
    run(f"DELETE FROM journal_entry WHERE {at_position(250)}")
    grown_anew()
    assert findings() == [(519, "truncated", 1), (200, "rewritten", 100)]


def _signed_anew(sizes: tuple[int, ...]) -> None:
    """The thief has the key too: checkpoints of the new tree take the place of the old ones."""
    Checkpoint.objects.all().delete()
    leaves = [merkle.leaf_hash(bytes(leaf)) for leaf in Entry.objects.order_by("id").values_list("leaf", flat=True)]
    for size in sizes:
        said = checkpoints.Checkpoint(LOG.origin, size, merkle.root(leaves[:size]))
        at = AT + timedelta(minutes=size)
        note = signing.signed(LOG, said, at)
        Checkpoint.objects.create(origin=LOG.origin, size=size, root=said.root, note=str(note), at=at)


def test_a_history_rewritten_and_signed_anew_is_found_by_a_checkpoint_kept_elsewhere() -> None:
    before = Checkpoint.objects.get(size=300).note
    run(f"DELETE FROM journal_entry WHERE {at_position(250)}")
    grown_anew()
    _signed_anew((200, 300, 519))
    assert findings() == [], "here everything agrees"
    assert findings(before) == [(299, "forked", 1)]


def test_two_histories_of_one_size_are_found() -> None:
    forged = checkpoints.Checkpoint(LOG.origin, 300, merkle.sha256(b"another history"))
    assert findings(str(signing.signed(LOG, forged, AT))) == [(299, "forked", 1)]


def test_a_tail_cut_off_with_its_signatures_is_found_by_a_checkpoint_kept_elsewhere() -> None:
    before = Checkpoint.objects.get(size=520).note
    run("DELETE FROM journal_entry USING journal_leaf WHERE id = entry AND position >= 310")
    run("DELETE FROM journal_checkpoint WHERE size > 310")
    grown_anew()
    assert findings() == []
    assert findings(before) == [(310, "truncated", 210)]


def test_what_was_signed_under_a_name_before_still_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doors.doors, "log", doors.Log("city.example/moved", LOG.signers))
    say(ROWS)
    _sign(ROWS + 1)
    run("UPDATE journal_entry SET recorded = at")
    assert findings() == []
    run(f"DELETE FROM journal_entry WHERE {at_position(250)}")
    grown_anew()
    assert findings() == [(520, "truncated", 1), (200, "rewritten", 100)]


def test_a_checkpoint_of_somebody_else_proves_nothing() -> None:
    other = doors.Log("else.example/log", lambda: [Ed25519(b"\x02" * 32)])
    note = signing.signed(other, checkpoints.Checkpoint(LOG.origin, 300, b"\0" * 32), AT)
    assert findings(str(note)) == [(0, "unsigned", 1)]
    assert findings("no note") == [(0, "unsigned", 1)]


def test_what_was_destroyed_is_no_finding_and_keeps_its_place() -> None:
    assert actions.destroy("thing", "3") > 70
    assert findings() == []
    run("DELETE FROM journal_entry WHERE subject = '3' AND number = 1")
    assert findings() == [(3, "removed", 1)]
