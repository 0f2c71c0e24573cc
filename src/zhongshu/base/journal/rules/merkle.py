"""The Merkle tree of RFC 6962, section 2.1, and its proofs, under any hash of 32 bytes. Pure.

A proof is told as ranges of leaves whose roots it is made of: whoever has the tree fills them in, whoever checks the
proof folds them. `[start, end)` is a range; the root of a range is the tree's hash over those leaves alone.
"""

import hashlib
from collections.abc import Callable, Sequence

Hash = Callable[[bytes], bytes]
Range = tuple[int, int]
HASH_BYTES = 32


def sha256(data: bytes) -> bytes:
    """SHA-256, 32 bytes."""
    return hashlib.sha256(data).digest()


def leaf_hash(data: bytes, hash_: Hash = sha256) -> bytes:
    """What the tree keeps of one leaf."""
    return hash_(b"\x00" + data)


def node_hash(left: bytes, right: bytes, hash_: Hash = sha256) -> bytes:
    """The parent of two nodes."""
    return hash_(b"\x01" + left + right)


def root(hashes: Sequence[bytes], hash_: Hash = sha256) -> bytes:
    """The root over hashes of one height, left to right; over none, the hash of nothing."""
    if not hashes:
        return hash_(b"")
    level = list(hashes)
    while len(level) > 1:
        odd = level[-1:] if len(level) % 2 else []
        level = [hash_(b"\x01" + left + right) for left, right in zip(level[::2], level[1::2], strict=False)] + odd
    return level[0]


def inclusion(position: int, size: int) -> list[Range]:
    """The ranges of the audit path (2.1.1) of a leaf in the tree of this size, from the leaf's sibling upwards."""
    if not 0 <= position < size:
        raise ValueError(f"no leaf {position} in a tree of {size}")
    path, start, end = [], 0, size
    while end - start > 1:
        middle = start + _left(end - start)
        if position < middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    return path[::-1]


def consistency(old: int, new: int) -> list[Range]:
    """The ranges of the consistency proof (2.1.2) from one size to another; from the empty tree there is none."""
    if not 0 < old <= new:
        raise ValueError(f"no proof leads from {old} to {new}")
    path, start, end = [], 0, new
    while old != end:
        middle = start + _left(end - start)
        if old <= middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    return ([] if start == 0 else [(start, end)]) + path[::-1]


def is_included(
    leaf: bytes, position: int, size: int, proof: Sequence[bytes], root: bytes, hash_: Hash = sha256
) -> bool:
    """Whether the proof leads from the hash of a leaf at this position to the root of the tree of this size."""
    if not 0 <= position < size or not _are_hashes([leaf, root, *proof]):
        return False
    path, found = inclusion(position, size), leaf
    if len(path) != len(proof):
        return False
    for (start, _), beside in zip(path, proof, strict=True):
        found = node_hash(beside, found, hash_) if start <= position else node_hash(found, beside, hash_)
    return found == root


def is_consistent(
    old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes, hash_: Hash = sha256
) -> bool:
    """Whether the proof shows that the tree with the old root is the beginning of the one with the new root.

    Of one size only the same root will do; from the empty tree nothing is proved.
    """
    if 0 < old == new:
        return not proof and old_root == new_root
    if not 0 < old < new or not _are_hashes([old_root, new_root, *proof]):
        return False
    path = consistency(old, new)
    if len(path) != len(proof):
        return False
    # The proof begins with the old tree's last whole part; where that is the whole old tree, its root is known.
    parts = list(zip(path, proof, strict=True))
    (_, first), *above = parts if path and path[0][1] == old else [((0, old), old_root), *parts]
    before = after = first
    for (start, _), beside in above:
        if start >= old:
            after = node_hash(after, beside, hash_)
        else:
            before, after = node_hash(beside, before, hash_), node_hash(beside, after, hash_)
    return before == old_root and after == new_root


def _left(size: int) -> int:
    """How many of so many leaves, two at least, lie left: the greatest power of two below."""
    return 1 << (size - 1).bit_length() - 1


def _are_hashes(values: Sequence[bytes]) -> bool:
    return all(len(value) == HASH_BYTES for value in values)
