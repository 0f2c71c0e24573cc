"""The sequencer: gives entries their place in the tree, in the order of the feed, one process at a time."""

from django.db import connection, transaction

from zhongshu.base.journal.actions import cursors
from zhongshu.base.journal.doors import log
from zhongshu.base.journal.queries import tree
from zhongshu.base.journal.rules import merkle, tiles

READER = "the tree"
BATCH = 10_000

# An entry that has its place keeps it: after a restore the same entries are read again, under other transactions.
# The look-up of places stays a subquery: as a join it would at times be planned as a walk over all of them.
_PLACE = """
WITH next AS MATERIALIZED (
    SELECT id, xid, leaf, (SELECT position FROM journal_leaf WHERE entry = journal_entry.id) AS held FROM journal_entry
    WHERE (xid, id) > (%(xid)s::xid8, %(entry)s) AND xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY xid, id LIMIT %(most)s
), placed AS (
    INSERT INTO journal_leaf (position, entry)
    SELECT %(size)s + row_number() OVER (ORDER BY xid, id) - 1, id FROM next WHERE held IS NULL
)
SELECT xid::text, id, CASE WHEN held IS NULL THEN leaf END FROM next ORDER BY next.xid, id
"""
_KEEP = """
INSERT INTO journal_tile (level, place, hashes)
SELECT * FROM unnest(%s::smallint[], %s::bigint[], %s::bytea[])
ON CONFLICT (level, place) DO UPDATE SET hashes = excluded.hashes
"""


@transaction.atomic
def grow(most: int = BATCH) -> int:
    """Give up to so many entries their place; returns how many were read. 0: all have one, or another process is at it.

    Only entries that nothing older can still precede are taken. Torn where the tree's edge is not as it was left.
    """
    place = cursors.locked(READER)
    if place is None:
        return 0
    size, edge = tree.edge()
    with connection.cursor() as cursor:
        cursor.execute(_PLACE, {"xid": place[0], "entry": place[1], "most": most, "size": size})
        read = cursor.fetchall()
        if not read:
            return 0
        hash_ = log().hash_
        leaves = [merkle.leaf_hash(bytes(leaf), hash_) for _, _, leaf in read if leaf is not None]
        changed = tiles.grow(edge, size, leaves, hash_)
        levels, indexes = [level for level, _ in changed], [index for _, index in changed]
        cursor.execute(_KEEP, [levels, indexes, list(changed.values())])
    xid, entry, _ = read[-1]
    cursors.move(READER, (xid, entry))
    return len(read)
