"""Under which key the bytes of a document lie in the store. Pure."""

import hashlib
from typing import Literal

Size = Literal["full", "thumb"]
JPEG, PDF = "image/jpeg", "application/pdf"
_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX, XLSX = f"{_OFFICE}wordprocessingml.document", f"{_OFFICE}spreadsheetml.sheet"
ENDINGS = {
    JPEG: "jpg", PDF: "pdf", DOCX: "docx", XLSX: "xlsx",
    "audio/webm": "webm", "audio/ogg": "ogg", "audio/mp4": "m4a", "audio/mpeg": "mp3", "audio/wav": "wav",
}  # fmt: skip
"""What can be kept, and how the name of its file ends."""


def digest(data: bytes) -> bytes:
    """SHA-256 of what is kept, 32 bytes."""
    return hashlib.sha256(data).digest()


def key(digest: bytes, size: Size = "full", media: str = JPEG) -> str:
    """The digest in hexadecimal; a thumbnail lies beside the picture it belongs to."""
    return f"{digest.hex()}.{ENDINGS[media]}" if size == "full" else f"{digest.hex()}.{size}.jpg"


def lock_number(digest: bytes) -> int:
    """The number of the lock under which bytes of this digest come and go: its first 64 bits, signed."""
    return int.from_bytes(digest[:8], signed=True)
