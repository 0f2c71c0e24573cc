"""Entries get their place in the tree, the tree is signed, and what was proved once stays proved."""

import os
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from zhongshu.base.crypto.signing import Ed25519
from zhongshu.base.http.refusals import Refusal
from zhongshu.base.journal import actions, doors
from zhongshu.base.journal.actions import growing, signing
from zhongshu.base.journal.models import Checkpoint, Cursor, Entry, Leaf, Tile
from zhongshu.base.journal.queries import tree
from zhongshu.base.journal.rules import checkpoints, merkle, notes, receipts
from zhongshu.base.journal.rules.receipts import Receipt
from zhongshu.base.journal.rules.tiles import Torn
from zhongshu.base.permissions.rules import SYSTEM

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
AtOnce = Callable[..., list[Any]]
LOG = doors.Log("city.example/journal", lambda: [Ed25519(b"\x01" * 32)])
TRULY = growing._PLACE
QUIET = TRULY.replace("xid < pg_snapshot_xmin(pg_current_snapshot())", "true")


@pytest.fixture(autouse=True)
def _our_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log of this story's own, on a server where nothing else runs: else tests side by side would hold it back."""
    assert QUIET != TRULY
    monkeypatch.setattr(growing, "_PLACE", QUIET)
    monkeypatch.setattr(doors.doors, "log", LOG)


def say(count: int = 1, subject: str = "a") -> None:
    with transaction.atomic():
        for number in range(count):
            actions.record(subject=("thing", subject), verb="thing.changed", by=SYSTEM, at=AT, body={"n": number})


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def leaves() -> list[bytes]:
    """The leaves of the entries in the order of the tree."""
    order = dict(Entry.objects.values_list("id", "leaf"))
    return [bytes(order[entry]) for entry in Leaf.objects.order_by("position").values_list("entry", flat=True)]


def hashes() -> list[bytes]:
    return [merkle.leaf_hash(leaf) for leaf in leaves()]


def test_entries_get_their_places_in_the_order_of_the_feed() -> None:
    say(3)
    assert (growing.grow(2), growing.grow(2), growing.grow(2)) == (2, 1, 0)
    say(300)
    assert growing.grow() == 300
    assert [*Leaf.objects.order_by("position").values_list("position", flat=True)] == [*range(303)]
    in_feed = [*Entry.objects.order_by("xid", "id").values_list("id", flat=True)]
    assert [*Leaf.objects.order_by("position").values_list("entry", flat=True)] == in_feed
    assert tree.size() == 303 and tree.root(303) == merkle.root(hashes())
    assert tree.position(in_feed[7]) == 7 and tree.position(-1) is None


def test_every_proof_at_every_size_holds_and_costs_one_statement(django_assert_num_queries: Any) -> None:
    say(600)
    growing.grow()
    held = hashes()
    for position, size in [(0, 1), (0, 600), (599, 600), (255, 256), (256, 257), (300, 512), (513, 599)]:
        with django_assert_num_queries(1):
            path = tree.inclusion(position, size)
        assert merkle.is_included(held[position], position, size, path, merkle.root(held[:size]))
    for old, new in [(1, 600), (255, 257), (256, 512), (300, 300), (512, 599)]:
        with django_assert_num_queries(1):
            path = tree.consistency(old, new)
        assert merkle.is_consistent(old, new, path, merkle.root(held[:old]), merkle.root(held[:new]))


def test_what_the_tree_never_had_is_not_proved() -> None:
    say(3)
    growing.grow()
    for ask in (lambda: tree.root(4), lambda: tree.consistency(2, 5), lambda: tree.inclusion(1, 400)):
        with pytest.raises(Torn):
            ask()


@pytest.mark.django_db(transaction=True)
def test_many_writers_and_two_sequencers_leave_no_gap_and_no_double(
    at_once: AtOnce, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growing, "_PLACE", TRULY)
    say()

    def write() -> None:
        for n in range(8):
            say(2, f"{n}")

    def place() -> None:
        for _ in range(15):
            growing.grow(5)
            time.sleep(0.005)

    at_once(write, write, write, place, place)
    monkeypatch.setattr(growing, "_PLACE", QUIET)
    while growing.grow():
        pass
    assert tree.size() == Entry.objects.count() == 1 + 3 * 16
    assert [*Leaf.objects.order_by("position").values_list("position", flat=True)] == [*range(tree.size())]
    assert tree.root(tree.size()) == merkle.root(hashes())


@pytest.mark.django_db(transaction=True)
def test_the_sequencer_waits_for_an_entry_that_may_still_come_before(
    at_once: AtOnce, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growing, "_PLACE", TRULY)
    with transaction.atomic():
        actions.record(subject=("thing", "slow"), verb="thing.changed", by=SYSTEM, at=AT, body={})
        at_once(lambda: say(1, "quick"))
        assert at_once(growing.grow) == [0]
    assert Leaf.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_sequencer_killed_half_way_has_placed_nothing() -> None:
    say(400)
    growing.grow(100)
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        connection.connect()  # its own: the one it was born with is its parent's

        def stop(*_: object) -> None:
            os.write(writer, b"!")
            signal.pause()

        growing.cursors.move = stop
        growing.grow(200)
        os._exit(0)
    assert os.read(reader, 1) == b"!"
    assert growing.grow() == 0, "the other one is still at it"
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert tree.size() == 100 and Leaf.objects.count() == 100
    deadline = time.monotonic() + 30
    while tree.size() < 400 and time.monotonic() < deadline:
        growing.grow()  # the server may take a moment to see that the other one is gone
    assert Leaf.objects.count() == tree.size() == 400
    assert tree.root(400) == merkle.root(hashes())


def test_after_a_restore_entries_keep_their_places() -> None:
    say(5)
    growing.grow(3)
    run("UPDATE journal_entry SET xid = (xid::text::bigint + 1000000000)::text::xid8")
    actions.rebase()
    before = [*Leaf.objects.order_by("position").values_list("entry", flat=True)]
    while growing.grow():
        pass
    assert [*Leaf.objects.order_by("position").values_list("entry", flat=True)][:3] == before
    assert tree.size() == Leaf.objects.count() == 5


def test_the_tree_is_signed_when_it_has_grown() -> None:
    assert signing.sign(AT) == 0, "an empty tree is not signed"
    say(3)
    growing.grow()
    assert [signing.sign(AT), signing.sign(AT + timedelta(minutes=1))] == [1, 0]
    say()
    growing.grow()
    assert signing.sign(AT + timedelta(minutes=2)) == 1
    first, second = Checkpoint.objects.order_by("id")
    for kept, size in ((first, 3), (second, 4)):
        note = notes.read(kept.note.encode())
        said = checkpoints.read(note.text)
        assert (said.origin, said.size, said.root) == ("city.example/journal", size, merkle.root(hashes()[:size]))
        assert [held.at for held in notes.verified(note, LOG.verifiers())] == [None, kept.at]
    path = tree.consistency(3, 4)
    assert merkle.is_consistent(3, 4, path, bytes(first.root), bytes(second.root))


def test_a_tree_that_is_not_the_one_signed_before_is_not_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    say(3)
    growing.grow()
    signing.sign(AT)
    say()
    growing.grow()
    with transaction.atomic():
        run("UPDATE journal_tile SET hashes = set_byte(hashes, 40, 0)")
        with pytest.raises(signing.Diverged) as refused:
            signing.sign(AT)
        transaction.set_rollback(True)
    assert isinstance(refused.value, Refusal) and "3" in str(refused.value)
    other = doors.Log("city.example/other", LOG.signers, hash_=lambda data: merkle.sha256(b"other" + data))
    monkeypatch.setattr(doors.doors, "log", other)
    with pytest.raises(signing.Diverged):
        signing.sign(AT)
    assert Checkpoint.objects.count() == 1


def test_destroying_what_entries_say_keeps_every_proof_valid() -> None:
    say(300)
    growing.grow()
    signing.sign(AT)
    note = notes.read(Checkpoint.objects.get().note.encode())
    given = [(n, leaves()[n], Receipt(n, tuple(tree.inclusion(n, 300)), note)) for n in (0, 150, 299)]
    before = [*Tile.objects.order_by("level", "place").values_list("hashes", flat=True)]
    assert actions.destroy("thing", "a") == 300
    assert [*Tile.objects.order_by("level", "place").values_list("hashes", flat=True)] == before
    for index, leaf, receipt in given:
        assert leaves()[index] == leaf
        assert tree.inclusion(index, 300) == [*receipt.proof]
        receipts.verified(receipts.read(str(receipt).encode()), leaf, LOG.origin, LOG.verifiers())


def test_an_edge_that_was_changed_stops_the_sequencer() -> None:
    say(257)
    growing.grow()
    run("UPDATE journal_tile SET hashes = substring(hashes FROM 1 FOR 0) WHERE level = 1")
    say()
    with pytest.raises(Torn):
        growing.grow()
    assert Cursor.objects.get(reader=growing.READER).entry < Entry.objects.latest("id").id
