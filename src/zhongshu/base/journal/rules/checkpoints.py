"""What a log signs: its name, how many leaves its tree has, and their root (c2sp.org/tlog-checkpoint). Pure."""

import base64
import re
from dataclasses import dataclass

from zhongshu.base.journal.rules import notes
from zhongshu.base.journal.rules.merkle import HASH_BYTES
from zhongshu.base.journal.rules.notes import Unreadable

MOST_LINES = 16
MOST_CHARACTERS = 1_000
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A tree head. Extensions are lines that the log adds and nobody audits."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text that is signed."""
        lines = [self.origin, str(self.size), base64.b64encode(self.root).decode(), *self.extensions]
        return "".join(f"{line}\n" for line in lines)


def read(text: str) -> Checkpoint:
    """The checkpoint a note's text tells of; Unreadable where it is not written as it must be."""
    lines = text.removesuffix("\n").split("\n")
    if (
        not text.endswith("\n")
        or not 3 <= len(lines) <= MOST_LINES
        or not all(0 < len(x) <= MOST_CHARACTERS for x in lines)
    ):
        raise Unreadable("检查点要有名称、条数和根三行，各行都不能为空。")
    origin, size, said, *extensions = lines
    root = notes.decoded(said)
    if not _SIZE.fullmatch(size) or int(size) >= 1 << 63 or len(root) != HASH_BYTES:
        raise Unreadable("检查点“{origin}”的条数或根不合规范。", origin=origin[:80])
    return Checkpoint(origin, int(size), root, tuple(extensions))
