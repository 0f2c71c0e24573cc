"""The keys that sign sessions and seal data, kept beside the data."""

import hashlib
import os
import secrets
from pathlib import Path


def kept_in(path: Path) -> str:
    """The key in `path`; makes a new one, readable by the owner alone, at the first call."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        key = secrets.token_urlsafe(48)
        file.write(key)
    return key


def data_key(text: str) -> bytes:
    """The 32 bytes a key's text stands for."""
    return hashlib.sha256(text.encode()).digest()
