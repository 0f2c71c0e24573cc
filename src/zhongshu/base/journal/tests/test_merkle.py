"""The tree of RFC 6962 against its own definition, and every proof against everything else."""

import hashlib
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.journal.rules import merkle, tiles

lawful = settings(max_examples=50, deadline=None, derandomize=True)
LEAVES = [hashlib.sha256(bytes([n % 256, n // 256])).digest() for n in range(700)]
HASHES = [merkle.leaf_hash(leaf) for leaf in LEAVES]


def by_the_book(leaves: Sequence[bytes]) -> bytes:
    """MTH of section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    left = 1
    while left * 2 < len(leaves):
        left *= 2
    return hashlib.sha256(b"\x01" + by_the_book(leaves[:left]) + by_the_book(leaves[left:])).digest()


def root(size: int) -> bytes:
    return merkle.root(HASHES[:size])


def proof(ranges: Sequence[merkle.Range]) -> list[bytes]:
    return [merkle.root(HASHES[start:end]) for start, end in ranges]


def test_the_root_is_the_one_of_the_book() -> None:
    for size in [*range(34), 255, 256, 257, 513]:
        assert root(size) == by_the_book(LEAVES[:size])


def test_the_paths_printed_in_the_standard_are_ours() -> None:
    """RFC 6962, 2.1.3: seven leaves; the letters there are these ranges."""
    assert merkle.inclusion(0, 7) == [(1, 2), (2, 4), (4, 7)]
    assert merkle.inclusion(3, 7) == [(2, 3), (0, 2), (4, 7)]
    assert merkle.inclusion(4, 7) == [(5, 6), (6, 7), (0, 4)]
    assert merkle.inclusion(6, 7) == [(4, 6), (0, 4)]
    assert merkle.consistency(3, 7) == [(2, 3), (3, 4), (0, 2), (4, 7)]
    assert merkle.consistency(4, 7) == [(4, 7)]
    assert merkle.consistency(6, 7) == [(4, 6), (6, 7), (0, 4)]


@lawful
@given(st.data(), st.integers(1, 300))
def test_a_leaf_is_in_the_tree_at_its_place_and_nowhere_else(data: st.DataObject, size: int) -> None:
    position, other = (data.draw(st.integers(0, size - 1)) for _ in range(2))
    path = proof(merkle.inclusion(position, size))
    assert merkle.is_included(HASHES[position], position, size, path, root(size))
    assert merkle.is_included(HASHES[position], other, size, path, root(size)) == (other == position)
    assert not merkle.is_included(HASHES[position + 1], position, size, path, root(size))
    assert not merkle.is_included(HASHES[position], position, size, [*path, HASHES[0]], root(size))
    assert not merkle.is_included(HASHES[position], position, size, path, root(size + 1))
    for at in range(len(path)):
        changed = [*path[:at], bytes([path[at][0] ^ 1]) + path[at][1:], *path[at + 1 :]]
        assert not merkle.is_included(HASHES[position], position, size, changed, root(size))
        assert not merkle.is_included(HASHES[position], position, size, path[:at] + path[at + 1 :], root(size))


@lawful
@given(st.data(), st.integers(1, 300))
def test_a_tree_continues_its_beginnings_and_no_other_tree(data: st.DataObject, new: int) -> None:
    old = data.draw(st.integers(1, new))
    path = proof(merkle.consistency(old, new))
    assert merkle.is_consistent(old, new, path, root(old), root(new))
    forged = merkle.root([HASHES[500], *HASHES[1:old]])
    assert not merkle.is_consistent(old, new, path, forged, root(new))
    assert not merkle.is_consistent(old, new, path, root(old), forged)
    assert not merkle.is_consistent(old, new, [*path, HASHES[0]], root(old), root(new))
    for at in range(len(path)):
        changed = [*path[:at], bytes([path[at][0] ^ 1]) + path[at][1:], *path[at + 1 :]]
        assert not merkle.is_consistent(old, new, changed, root(old), root(new))


def test_from_the_empty_tree_nothing_is_proved() -> None:
    assert not merkle.is_consistent(0, 3, [], root(0), root(3))
    assert not merkle.is_consistent(0, 0, [], root(0), root(0))
    assert not merkle.is_consistent(4, 3, [], root(4), root(3))
    assert not merkle.is_consistent(3, 3, [], root(3), root(4))
    assert not merkle.is_consistent(3, 3, [root(3)], root(3), root(3))
    assert not merkle.is_included(HASHES[0], 0, 0, [], root(0))


def test_any_hash_of_32_bytes_will_do() -> None:
    def other(data: bytes) -> bytes:
        return hashlib.blake2s(data).digest()

    hashes = [merkle.leaf_hash(leaf, other) for leaf in LEAVES[:5]]
    top = merkle.root(hashes, other)
    path = [merkle.root(hashes[start:end], other) for start, end in merkle.inclusion(2, 5)]
    assert merkle.is_included(hashes[2], 2, 5, path, top, other)
    assert not merkle.is_included(hashes[2], 2, 5, path, top)


@lawful
@given(st.lists(st.integers(0, 300), max_size=4), st.data())
def test_tiles_grown_in_any_rounds_hold_every_root_and_proof(rounds: list[int], data: st.DataObject) -> None:
    held: dict[tiles.Place, bytes] = {}
    size = 0
    for added in rounds:
        edge = {level: hashes for (level, _), hashes in sorted(held.items())}
        added = min(added, len(HASHES) - size)
        held |= tiles.grow(edge, size, HASHES[size : size + added])
        size += added
    assert {place: len(tile) // 32 for place, tile in held.items()} == _expected(size)
    if size:
        at = data.draw(st.integers(1, size))
        position = data.draw(st.integers(0, at - 1))
        for ranges in ([(0, at)], merkle.inclusion(position, at), merkle.consistency(at, size)):
            assert tiles.roots(ranges, {place: held[place] for place in tiles.needed(ranges)}) == proof(ranges)


def _expected(size: int) -> dict[tiles.Place, int]:
    places = [(level, place) for level in range(3) for place in range(4)]
    return {place: width for place in places if (width := tiles.width(place, size))}
