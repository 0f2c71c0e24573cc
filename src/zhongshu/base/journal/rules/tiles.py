"""The tree cut into tiles, as C2SP tlog-tiles has it (c2sp.org/tlog-tiles). Pure.

A tile of level L holds up to 256 hashes that stand side by side at height 8 L; one of level L + 1 holds the roots of
full tiles below it. All but the last tile of a level are full.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from zhongshu.base.http.refusals import Invalid
from zhongshu.base.journal.rules import merkle
from zhongshu.base.journal.rules.merkle import HASH_BYTES, Hash, Range

HEIGHT = 8
WIDTH = 1 << HEIGHT
LEVELS = 8
"""Levels a tree of less than 2^63 leaves can have."""
REMEMBERED = WIDTH // 8 * HASH_BYTES
"""Bytes: parts of tiles from this size on are folded once and remembered, 8 MB of them at most."""
Place = tuple[int, int]
"""Level of a tile, and which it is of its level, from 0."""
_PATH = re.compile(r"tile/(?P<level>0|[1-9]\d?)/(?P<place>(?:x\d{3}/){0,6}\d{3})(?:\.p/(?P<width>[1-9]\d{0,2}))?")


class Torn(Exception):
    """Tiles that do not make a tree: one is missing, or holds too few or too many hashes."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile by its address, `width` hashes wide."""

    level: int
    place: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Its address below the log's, as auditors ask for it."""
        parts = [f"{self.place % 1000:03}"]
        rest = self.place // 1000
        while rest:
            parts.append(f"x{rest % 1000:03}")
            rest //= 1000
        return f"tile/{self.level}/{'/'.join(reversed(parts))}" + (f".p/{self.width}" if self.width < WIDTH else "")


def read_path(path: str) -> Tile:
    """The tile an address names; Invalid where it is not written in the one way there is."""
    if found := _PATH.fullmatch(path, endpos=64):
        place = int(found["place"].replace("x", "").replace("/", ""))
        tile = Tile(int(found["level"]), place, int(found["width"] or WIDTH))
        if tile.path == path and tile.level < 64:
            return tile
    raise Invalid("“{path}”不是日志树分块的地址。", path=path[:64])


def width(place: Place, size: int) -> int:
    """How many hashes this tile holds in a tree of this size; none where it is not in it."""
    level, index = place
    return min(max((size >> HEIGHT * level) - index * WIDTH, 0), WIDTH)


def size_of(edge: Mapping[int, tuple[int, bytes]]) -> int:
    """The size of the tree with this edge: the last tile of each level, and which it is. Torn where they disagree."""
    place, last = edge.get(0, (0, b""))
    size = place * WIDTH + len(last) // HASH_BYTES
    for level in range(LEVELS):
        place, tile = edge.get(level, (0, b""))
        count = size >> HEIGHT * level
        if len(tile) != width((level, place), size) * HASH_BYTES or count > (place + 1) * WIDTH:
            raise Torn(f"the last tile of level {level} does not fit a tree of {size}")
    return size


def grow(
    edge: Mapping[int, bytes], size: int, hashes: Sequence[bytes], hash_: Hash = merkle.sha256
) -> dict[Place, bytes]:
    """The tiles that change when leaf hashes join a tree of this size; `edge` is the last tile of each level."""
    changed: dict[Place, bytes] = {}
    added, level = list(hashes), 0
    while added:
        index, held = divmod(size >> HEIGHT * level, WIDTH)
        row = (split(edge[level]) if held else []) + added
        added = []
        for begin in range(0, len(row), WIDTH):
            part = row[begin : begin + WIDTH]
            changed[level, index + begin // WIDTH] = b"".join(part)
            if len(part) == WIDTH:
                added.append(merkle.root(part, hash_))
        level += 1
    return changed


def split(tile: bytes) -> list[bytes]:
    """The hashes of a tile."""
    return [tile[begin : begin + HASH_BYTES] for begin in range(0, len(tile), HASH_BYTES)]


def needed(ranges: Sequence[Range]) -> set[Place]:
    """The tiles that the roots of these ranges are made of."""
    return {part.tile for range_ in ranges for part in _parts(range_)}


def roots(ranges: Sequence[Range], tiles: Mapping[Place, bytes], hash_: Hash = merkle.sha256) -> list[bytes]:
    """The root of each range, from the tiles it needs; Torn where they do not hold it."""
    return [_root(range_, tiles, hash_) for range_ in ranges]


@dataclass(frozen=True, slots=True)
class _Part:
    """A whole subtree as it lies in its tile: `count` hashes from `first` on."""

    tile: Place
    first: int
    count: int


def _parts(range_: Range) -> Iterator[_Part]:
    """The greatest whole subtrees that make up a range, left to right."""
    start, end = range_
    while start < end:
        height = (end - start).bit_length() - 1
        if start:
            height = min(height, (start & -start).bit_length() - 1)
        level, within = divmod(height, HEIGHT)
        index, first = divmod(start >> HEIGHT * level, WIDTH)
        yield _Part((level, index), first, 1 << within)
        start += 1 << height


def _root(range_: Range, tiles: Mapping[Place, bytes], hash_: Hash) -> bytes:
    found = [_folded(_held(part, tiles), hash_) for part in _parts(range_)]
    if not found:
        return merkle.root([], hash_)
    top = found.pop()
    while found:
        top = merkle.node_hash(found.pop(), top, hash_)
    return top


def _held(part: _Part, tiles: Mapping[Place, bytes]) -> bytes:
    tile = tiles.get(part.tile, b"")
    held = tile[part.first * HASH_BYTES : (part.first + part.count) * HASH_BYTES]
    if len(held) != part.count * HASH_BYTES:
        raise Torn(f"tile {part.tile[1]} of level {part.tile[0]} is missing or too short")
    return held


def _folded(hashes: bytes, hash_: Hash) -> bytes:
    return _remembered(hashes, hash_) if len(hashes) >= REMEMBERED else _fold(hashes, hash_)


@lru_cache(maxsize=4_096)
def _remembered(hashes: bytes, hash_: Hash) -> bytes:
    """Nearly every proof folds the same tiles of the upper levels; known by what they hold, they are never stale."""
    return _fold(hashes, hash_)


def _fold(hashes: bytes, hash_: Hash) -> bytes:
    """The root over a whole part: a power of two of hashes, one after another."""
    pair = 2 * HASH_BYTES
    while len(hashes) > HASH_BYTES:
        hashes = b"".join([hash_(b"\x01" + hashes[begin : begin + pair]) for begin in range(0, len(hashes), pair)])
    return hashes
