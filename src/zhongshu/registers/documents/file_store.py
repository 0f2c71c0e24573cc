"""A store that is a folder, in it two levels of folders by the key's first letters: none grows too long."""

import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path

_KEY = re.compile(r"[0-9a-z]{8,128}(?:\.[0-9a-z]{1,16}){0,2}", re.ASCII)


class FileStore:
    """Keeps each key in a file of its own, whole or not at all: written aside, flushed, then renamed."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, key: str, data: bytes) -> None:
        path = self._path(key)
        if path.exists():
            return
        self._make_folder(path.parent)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", suffix=".part", delete=False) as part:
            try:
                part.write(data)
                part.flush()
                os.fsync(part.fileno())
                Path(part.name).replace(path)
            except BaseException:
                Path(part.name).unlink(missing_ok=True)
                raise
        _flush_folder(path.parent)

    def get(self, key: str) -> bytes:
        try:
            return self._path(key).read_bytes()
        except FileNotFoundError:
            raise KeyError(key) from None

    def delete(self, key: str) -> None:
        path = self._path(key)
        with suppress(FileNotFoundError):
            path.unlink()
            _flush_folder(path.parent)

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError(f"Not a key of this store: {key!r}")
        return self.root / key[:2] / key[2:4] / key

    def _make_folder(self, folder: Path) -> None:
        """The folder and those above it, each entered in its parent on the disk."""
        if not folder.is_dir():
            self._make_folder(folder.parent)
            folder.mkdir(exist_ok=True)
            _flush_folder(folder.parent)


def _flush_folder(folder: Path) -> None:
    """Bring the folder's list of files to the disk: a new name is otherwise lost with the power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
