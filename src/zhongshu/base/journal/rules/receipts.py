"""A receipt: proof, by itself, that a leaf is in a log others have seen (c2sp.org/tlog-proof). Pure."""

import base64
import re
from collections.abc import Collection
from dataclasses import dataclass

from zhongshu.base.journal.rules import checkpoints, merkle, notes
from zhongshu.base.journal.rules.checkpoints import Checkpoint
from zhongshu.base.journal.rules.merkle import HASH_BYTES, Hash
from zhongshu.base.journal.rules.notes import Note, Signed, Unreadable, Untrue, Verifier

FIRST = "c2sp.org/tlog-proof@v1"
MOST_BYTES = 256 * 1024
MOST_HASHES = 63
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")
_EXTRA = "extra "


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where the leaf stands, the path to the root, and the signed checkpoint; `extra` is signed by nobody."""

    index: int
    proof: tuple[bytes, ...]
    checkpoint: Note
    extra: bytes | None = None

    def __str__(self) -> str:
        extra = [] if self.extra is None else [_EXTRA + base64.b64encode(self.extra).decode()]
        hashes = [base64.b64encode(hash_).decode() for hash_ in self.proof]
        lines = [FIRST, *extra, f"index {self.index}", *hashes, "", str(self.checkpoint)]
        return "\n".join(lines)


def read(data: bytes) -> Receipt:
    """The receipt in these bytes; Unreadable where it is not written as it must be. Nothing is believed yet."""
    if len(data) > MOST_BYTES:
        raise Unreadable("回执超过 {most} 字节，不予读取。", most=MOST_BYTES)
    head, _, checkpoint = data.partition(b"\n\n")
    try:
        first, *lines = head.decode().split("\n")
    except UnicodeDecodeError:
        raise Unreadable("回执不是 UTF-8 文本。") from None
    extra = notes.decoded(lines.pop(0).removeprefix(_EXTRA)) if lines and lines[0].startswith(_EXTRA) else None
    index = _INDEX.fullmatch(lines[0]) if lines else None
    if first != FIRST or index is None or len(lines) > MOST_HASHES + 1:
        raise Unreadable("这不是回执，或者回执不完整，请重新下载。")
    proof = tuple(notes.decoded(line) for line in lines[1:])
    if any(len(hash_) != HASH_BYTES for hash_ in proof):
        raise Unreadable("回执里的路径不完整，请重新下载。")
    return Receipt(int(index[1]), proof, notes.read(checkpoint), extra)


def verified(
    receipt: Receipt, leaf: bytes, origin: str, known: Collection[Verifier], hash_: Hash = merkle.sha256
) -> tuple[Checkpoint, list[Signed]]:
    """The checkpoint of the log `origin` that has this leaf (32 bytes), and which of the known keys signed it.

    Untrue where the log itself did not sign, or the leaf is not where the receipt says.
    """
    held = notes.verified(receipt.checkpoint, known)
    checkpoint = checkpoints.read(receipt.checkpoint.text)
    if checkpoint.origin != origin or all(one.by.name != origin for one in held):
        raise Untrue("回执不是“{origin}”签发的。", origin=origin)
    hashed = merkle.leaf_hash(leaf, hash_)
    if not merkle.is_included(hashed, receipt.index, checkpoint.size, receipt.proof, checkpoint.root, hash_):
        raise Untrue("回执的路径通不到检查点的根，回执或它所证明的内容被改动过。")
    return checkpoint, held
