"""Remembers what a step was last done from, so that it is done again only when that changes."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(files: Iterable[Path]) -> str:
    """One hash over the names and bytes of some files, in the order given; the same on every machine."""
    whole = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        whole.update(f"{file.name} {len(content)}\n".encode() + content)
    return whole.hexdigest()


def bears(stamp: Path, mark: str) -> bool:
    """Whether the step that leaves `stamp` was done from `mark`."""
    return stamp.is_file() and mark in stamp.read_text().split()


def leave(stamp: Path, *marks: str) -> None:
    """Notes that the step is done, and from what."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text("\n".join(marks) + "\n")
