"""Under which key the bytes of a document lie in the store. Pure."""

import hashlib
from typing import Literal

Size = Literal["full", "thumb"]


def digest(data: bytes) -> bytes:
    """SHA-256 of what is kept, 32 bytes."""
    return hashlib.sha256(data).digest()


def key(digest: bytes, size: Size = "full") -> str:
    """The digest in hexadecimal; a thumbnail lies beside the picture it belongs to."""
    return f"{digest.hex()}.jpg" if size == "full" else f"{digest.hex()}.{size}.jpg"


def lock_number(digest: bytes) -> int:
    """The number of the lock under which bytes of this digest come and go: its first 64 bits, signed."""
    return int.from_bytes(digest[:8], signed=True)
