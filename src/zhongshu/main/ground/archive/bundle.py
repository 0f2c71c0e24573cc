"""A backup file: one tar of the dump, the documents and, last, a manifest with the hash of each."""

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from zhongshu.main.ground.console import Trouble

DUMP, MANIFEST, DOCUMENTS = "database.dump", "manifest.json", "documents"
PIECE = 1 << 20  # bytes read at a time


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: when it was made, the migrations applied, the SHA-256 of every file by name."""

    made_at: str
    migrations: list[str]
    files: dict[str, str]


def write(target: Path, *, dump: Path, documents: Path, made_at: str, migrations: list[str]) -> Manifest:
    """Packs a backup; the file appears under its name only when it is whole, readable by its owner alone."""
    partial = target.with_name(target.name + ".partial")
    partial.touch(mode=0o600)
    with tarfile.open(partial, "w") as tar:
        files = {DUMP: _add(tar, DUMP, dump)}
        for document in _below(documents):
            name = f"{DOCUMENTS}/{document.relative_to(documents).as_posix()}"
            with suppress(FileNotFoundError):  # destroyed by a user this very moment
                files[name] = _add(tar, name, document)
        manifest = Manifest(made_at, migrations, files)
        told = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(told)
        tar.addfile(entry, io.BytesIO(told))
    partial.replace(target)
    return manifest


def verify(source: Path) -> Manifest:
    """Reads a backup through and refuses one in which a byte is wrong, a file is missing or one too many."""
    found: dict[str, str] = {}
    told = b""
    try:
        with tarfile.open(source, "r:") as tar:
            for entry in tar:
                content = _content(tar, entry)
                if entry.name == MANIFEST:
                    told = content.read()
                else:
                    found[entry.name] = _hash(content)
        manifest = Manifest(**json.loads(told))
    except (OSError, tarfile.TarError, ValueError, TypeError) as error:
        raise _broken(source, str(error)) from error
    if wrong := sorted(set(found.items()) ^ set(manifest.files.items())):
        raise _broken(source, wrong[0][0])
    return manifest


def unpack(source: Path, folder: Path) -> None:
    """Writes the dump and the documents of a verified backup below `folder`."""
    with tarfile.open(source, "r:") as tar:
        for entry in tar:
            target = folder / entry.name
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as out:
                for piece in _pieces(_content(tar, entry)):
                    out.write(piece)


def _below(folder: Path) -> Iterator[Path]:
    """Every file below a folder, in the order of names; a folder that is not there has none."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _add(tar: tarfile.TarFile, name: str, file: Path) -> str:
    """Adds a file's content under a name, and hashes it."""
    entry = tarfile.TarInfo(name)
    with file.open("rb") as content:
        entry.size = os.fstat(content.fileno()).st_size
        tar.addfile(entry, content)
        content.seek(0)
        return _hash(content)


def _content(tar: tarfile.TarFile, entry: tarfile.TarInfo) -> IO[bytes]:
    """What an entry holds; anything but a plain file at a place of ours is refused."""
    path = PurePosixPath(entry.name)
    ours = entry.name in {DUMP, MANIFEST} or (path.parts[0] == DOCUMENTS and ".." not in path.parts)
    content = tar.extractfile(entry) if entry.isfile() and ours else None
    if content is None:
        raise ValueError(entry.name)
    return content


def _hash(content: IO[bytes]) -> str:
    whole = hashlib.sha256()
    for piece in _pieces(content):
        whole.update(piece)
    return whole.hexdigest()


def _pieces(content: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: content.read(PIECE), b"")


def _broken(source: Path, what: str) -> Trouble:
    return Trouble(
        f"{source} 不是完好的备份（{what}）；什么都没有改动，请换一份备份。",
        f"{source} is not a sound backup ({what}); nothing was changed, use another one.",
    )
