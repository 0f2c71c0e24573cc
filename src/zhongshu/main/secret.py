"""The platform's secrets: from the environment, from files it names, or kept beside the data.

Nothing secret has to stand in the environment, which other programs of the same account can read: `NAME_FILE` names a
file that holds the value, and what systemd hands over as a credential (`LoadCredential=`) is found by the name in small
letters. Keys come as rings, newest first: the first makes, all of them read, so that a new one needs no halt.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator, MutableMapping, Sequence
from pathlib import Path
from typing import Any, overload


def told(name: str, environment: MutableMapping[str, str] = os.environ) -> str:
    """The value of a secret setting: from `NAME`, the file `NAME_FILE` names, or systemd's credential; else empty."""
    if value := environment.get(name):
        return value
    path = environment.get(f"{name}_FILE")
    if path:
        return Path(path).read_text().strip()
    credential = Path(environment.get("CREDENTIALS_DIRECTORY", "")) / name.lower()
    return credential.read_text().strip() if "CREDENTIALS_DIRECTORY" in environment and credential.is_file() else ""


def kept_in(path: Path) -> str:
    """The keys in `path`, newest first; makes a file with a new one, readable by the owner alone, at the first call."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        key = secrets.token_urlsafe(48)
        file.write(key)
    return key


def write(path: Path, keys: Sequence[str]) -> None:
    """Put these keys in the file in place of what is there: whoever reads it finds the old ring or the new one."""
    beside = path.with_name(f"{path.name}.new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write("\n".join(keys) + "\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def data_key(text: str) -> bytes:
    """The 32 bytes a key's text stands for."""
    return hashlib.sha256(text.encode()).digest()


class Ring(Sequence[bytes]):
    """The keys that seal data, newest first, as they stand in their file now: each use looks whether it has changed.

    So a process that runs reads what another has just sealed under a newer key. Keys from the environment do not
    change before the next start.
    """

    def __init__(self, fixed: str, path: Path) -> None:
        self.fixed, self.path = _split(fixed), path
        self.seen: tuple[int, int] | None = None
        self.keys: list[bytes] = [data_key(text) for text in self.fixed]

    def now(self) -> list[bytes]:
        """The keys as they are at this moment."""
        if (not self.fixed and _stamp(self.path) != self.seen) or not self.keys:
            self.keys = [data_key(text) for text in _split(kept_in(self.path))]
            self.seen = _stamp(self.path)
        return self.keys

    @overload
    def __getitem__(self, at: int) -> bytes: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[bytes]: ...
    def __getitem__(self, at: Any) -> Any:
        return self.now()[at]

    def __len__(self) -> int:
        return len(self.now())

    def __iter__(self) -> Iterator[bytes]:
        return iter(list(self.now()))


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_mtime_ns, found.st_ino


def _split(text: str) -> list[str]:
    return [part for part in text.replace(",", "\n").split() if part]


def signing_keys(fixed: str, path: Path) -> list[str]:
    """The keys that sign sessions, newest first."""
    return _split(fixed) or _split(kept_in(path))


def renew(settings: Any) -> None:
    """Take up signing keys that were changed in their file since; called before a session is read. Costs one stat."""
    stamp = _stamp(settings.SIGNING_FILE) if not settings.SIGNING_FIXED else None
    if stamp is None or stamp == _renewed.get("signing"):
        return
    newest, *older = signing_keys("", settings.SIGNING_FILE)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = newest, older
    _renewed["signing"] = stamp


_renewed: dict[str, tuple[int, int]] = {}
