"""The whole journal against its tree and what was signed of it: `./run journal audit`."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from django.db import connection

from zhongshu.base.http.refusals import Refusal
from zhongshu.base.journal.doors import Log, log
from zhongshu.base.journal.models import Checkpoint as Kept
from zhongshu.base.journal.queries import tree
from zhongshu.base.journal.rules import checkpoints, notes, tiles
from zhongshu.base.journal.rules.checkpoints import Checkpoint
from zhongshu.base.journal.rules.comparing import Comparison, Finding, Placed, Said, Stored
from zhongshu.base.journal.rules.entries import Content
from zhongshu.base.journal.rules.merkle import HASH_BYTES

READER = "the tree"
UNPLACED_SHOWN = 100
A_LOOK = 10_000
_LEAVES = """
SELECT l.position, l.entry, e.leaf, e.salt, e.recorded,
       e.kind, e.subject, e.verb, e.actor, e.behalf, e.at, e.reach, e.body
FROM journal_leaf l LEFT JOIN journal_entry e ON e.id = l.entry ORDER BY l.position
"""
_LOWEST = "SELECT place, hashes FROM journal_tile WHERE level = 0 ORDER BY place"
_ABOVE = "SELECT level, place, hashes FROM journal_tile WHERE level > 0"
# Entries the sequencer has passed, which have no place all the same: they were not there when it came by.
_UNPLACED = """
SELECT e.id FROM journal_entry e JOIN journal_cursor c ON c.reader = %s AND (e.xid, e.id) <= (c.xid, c.entry)
WHERE NOT EXISTS (SELECT FROM journal_leaf WHERE entry = e.id) ORDER BY e.id LIMIT %s
"""


def compare(outside: Collection[bytes], seen: Callable[[int], object]) -> Iterator[Finding]:
    """What does not agree, in bounded memory; `seen` is told now and then, and at last, how many positions there are.

    `outside` are notes of checkpoints that others have kept. Runs in a transaction of the caller's.
    """
    ours = log()
    said, unsigned = _said(ours, outside)
    comparison = Comparison(said, ours.hash_)
    yield from unsigned
    yield from _unplaced()
    yield from comparison.positions(_told(_placed(), seen))
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE)
        held = {(level, place): bytes(hashes) for level, place, hashes in cursor.fetchall()}
    yield from comparison.above(held)
    yield from comparison.signatures()
    seen(comparison.size)


def _told(placed: Iterable[Placed], seen: Callable[[int], object]) -> Iterator[Placed]:
    for one in placed:
        if one.position % A_LOOK == 0:
            seen(one.position)
        yield one


def _said(ours: Log, outside: Collection[bytes]) -> tuple[list[Said], list[Finding]]:
    """What this log has signed under any name, as far as its keys say so, here or outside; and what they do not."""
    held, findings = [], []
    kept = Kept.objects.order_by("id").values_list("origin", "size", "root", "note", "at")
    for origin, size, root, note, at in kept.iterator():
        said = _read(ours, note.encode())
        if said is None or said != Said(Checkpoint(origin, size, bytes(root)), at.replace(microsecond=0)):
            findings.append(Finding(size - 1, "unsigned"))
        if said is not None:
            held.append(said)
    for kept_elsewhere in outside:
        if (said := _read(ours, kept_elsewhere)) is not None:
            held.append(said)
        else:
            findings.append(Finding(0, "unsigned"))
    return held, findings


def _read(ours: Log, data: bytes) -> Said | None:
    try:
        note = notes.read(data)
        checkpoint = checkpoints.read(note.text)
        moments = [one.at for one in notes.verified(note, ours.verifiers(checkpoint.origin)) if one.at]
    except Refusal:
        return None
    return Said(checkpoint, moments[0]) if moments else None


def _unplaced() -> list[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(_UNPLACED, [READER, UNPLACED_SHOWN])
        return [Finding(-1, "unplaced", entry) for (entry,) in cursor.fetchall()]


def _placed() -> Iterator[Placed]:
    """Every position there is, by tree or by table, in order."""
    size, hashes = tree.size(), _hashes()
    expected = 0
    with connection.cursor().connection.cursor(name="journal_leaves") as cursor:
        cursor.itersize = 5_000
        cursor.execute(_LEAVES)
        for position, entry, *row in cursor:
            for missing in range(expected, position):
                yield Placed(missing, next(hashes, None), None, None)
            yield Placed(position, next(hashes, None), entry, _stored(entry, *row))
            expected = position + 1
    for missing in range(expected, size):
        yield Placed(missing, next(hashes, None), None, None)


def _hashes() -> Iterator[bytes | None]:
    """The hash the tree keeps at each position; None where its tile is gone."""
    expected = 0
    with connection.cursor().connection.cursor(name="journal_hashes") as cursor:
        cursor.itersize = 50
        cursor.execute(_LOWEST)
        for place, held in cursor:
            yield from [None] * tiles.WIDTH * (place - expected)
            row = tiles.split(bytes(held))
            yield from (hash_ if len(hash_) == HASH_BYTES else None for hash_ in row)
            expected = place + 1


def _stored(entry: int, leaf: Any, salt: Any, recorded: Any, *said: Any) -> Stored | None:
    if leaf is None:
        return None
    kind, subject, verb, actor, behalf, at, reach, body = said
    content = None if body is None else Content(kind, subject, verb, actor, behalf, at, tuple(reach), body)
    return Stored(entry, bytes(leaf), bytes(salt) if salt else None, content, at, recorded)
