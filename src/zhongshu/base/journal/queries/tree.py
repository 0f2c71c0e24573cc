"""The tree of the journal: its size, roots and proofs, each from one statement or two, at any size it ever had."""

from collections.abc import Collection, Sequence

from django.db import connection
from psycopg.pq import Format

from zhongshu.base.journal.doors import log
from zhongshu.base.journal.rules import merkle, tiles
from zhongshu.base.journal.rules.merkle import HASH_BYTES, Range
from zhongshu.base.journal.rules.tiles import Place, Tile, Torn

_EDGE = """
SELECT l.level, t.place, t.hashes FROM generate_series(0, %s) AS l (level)
CROSS JOIN LATERAL (SELECT place, hashes FROM journal_tile WHERE level = l.level ORDER BY place DESC LIMIT 1) AS t
"""
_TILES = """
SELECT t.level, t.place, t.hashes FROM unnest(%s::smallint[], %s::bigint[]) AS n (level, place)
JOIN journal_tile t ON t.level = n.level AND t.place = n.place
"""
_SIZE = "SELECT place, length(hashes) FROM journal_tile WHERE level = 0 ORDER BY place DESC LIMIT 1"


def size() -> int:
    """How many entries have their place in the tree."""
    with connection.cursor() as cursor:
        cursor.execute(_SIZE)
        place, length = cursor.fetchone() or (0, 0)
    return place * tiles.WIDTH + length // HASH_BYTES


def edge() -> tuple[int, dict[int, bytes]]:
    """The size of the tree and the last tile of each of its levels: what it grows from. Torn where they disagree."""
    with connection.cursor() as cursor:
        cursor.execute(_EDGE, [tiles.LEVELS - 1])
        found = {level: (place, bytes(hashes)) for level, place, hashes in cursor.fetchall()}
    return tiles.size_of(found), {level: hashes for level, (_, hashes) in found.items()}


def position(entry: int) -> int | None:
    """Where the entry with this id stands in the tree; None while it has no place yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT position FROM journal_leaf WHERE entry = %s", [entry])
        found = cursor.fetchone()
    return found[0] if found else None


def root(size: int) -> bytes:
    """The root of the tree when it had this size; Torn where it never had, as in each question below."""
    return roots([(0, size)])[0]


def inclusion(position: int, size: int) -> list[bytes]:
    """The proof that the leaf at a position is in the tree of this size, leaf's sibling first."""
    return roots(merkle.inclusion(position, size))


def consistency(old: int, new: int) -> list[bytes]:
    """The proof that the tree of the old size is the beginning of the tree of the new one."""
    return roots(merkle.consistency(old, new))


def roots(ranges: Sequence[Range]) -> list[bytes]:
    """The root of each of these ranges of leaves."""
    return tiles.roots(ranges, _read(tiles.needed(ranges)), log().hash_)


def tile(asked: Tile) -> bytes:
    """The hashes of a tile, as wide as asked; Torn where the tree has no such tile."""
    held = _read([(asked.level, asked.place)]).get((asked.level, asked.place), b"")
    if len(held) < asked.width * HASH_BYTES:
        raise Torn(f"{asked.path} is not there")
    return held[: asked.width * HASH_BYTES]


def _read(places: Collection[Place]) -> dict[Place, bytes]:
    levels, indexes = [level for level, _ in places], [index for _, index in places]
    with connection.cursor() as cursor:
        cursor.cursor.format = Format.BINARY  # as text, tiles would come twice as long
        cursor.execute(_TILES, [levels, indexes])
        return {(level, place): bytes(hashes) for level, place, hashes in cursor.fetchall()}
