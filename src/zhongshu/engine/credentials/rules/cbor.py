"""CBOR as we write it and no other: RFC 8949, 4.2.1 (deterministic), of numbers, bytes, texts, arrays and maps.

The readers at hand take duplicate keys and bytes that follow, so this one says what exactly is wrong.
"""

from typing import Any

from zhongshu.engine.credentials.rules.faults import Faulty, Reason

DEPTH = 4
"""Arrays and maps within each other, at most."""
ITEMS = 1000
"""Members of one array or map, at most."""
_NUMBER, _NEGATIVE, _BYTES, _TEXT, _ARRAY, _MAP = range(6)


def read(data: bytes) -> Any:
    """The one item that the bytes are; Faulty with the reason when they are more, less or written otherwise."""
    value, end = item(data, 0)
    if end != len(data):
        raise Faulty(Reason.TRAILING_BYTES)
    return value


def item(data: bytes, at: int, depth: int = DEPTH) -> tuple[Any, int]:
    """The item that begins at a place, and where it ends."""
    major, number, at = head(data, at)
    if major == _NUMBER:
        return number, at
    if major == _NEGATIVE:
        return -1 - number, at
    if major in (_BYTES, _TEXT):
        return _string(data, at, number, major)
    if major > _MAP or number > ITEMS:  # a tag, a float, true, false, null; or too many
        raise Faulty(Reason.BROKEN)
    if not depth:
        raise Faulty(Reason.TOO_DEEP)
    return (_array if major == _ARRAY else _map)(data, at, number, depth - 1)


def string(data: bytes, at: int) -> tuple[bytes, int]:
    """The byte string that begins at a place, and where it ends."""
    major, size, at = head(data, at)
    end = at + size
    if major != _BYTES or end > len(data):
        raise Faulty(Reason.BROKEN)
    return data[at:end], end


def head(data: bytes, at: int) -> tuple[int, int, int]:
    """Major type, number and where the head ends; the number has to be in its shortest form, and given."""
    if at >= len(data):
        raise Faulty(Reason.BROKEN)
    major, low = data[at] >> 5, data[at] & 31
    if low < 24:
        return major, low, at + 1
    if low > 27:  # reserved, or of indefinite length
        raise Faulty(Reason.BROKEN)
    size = 1 << (low - 24)
    end = at + 1 + size
    number = int.from_bytes(data[at + 1 : end])
    if end > len(data) or number < (24 if size == 1 else 1 << (4 * size)):
        raise Faulty(Reason.BROKEN)
    return major, number, end


def _string(data: bytes, at: int, size: int, major: int) -> tuple[bytes | str, int]:
    end = at + size
    if end > len(data):
        raise Faulty(Reason.BROKEN)
    if major == _BYTES:
        return data[at:end], end
    try:
        return data[at:end].decode(), end
    except UnicodeDecodeError:
        raise Faulty(Reason.BROKEN) from None


def _array(data: bytes, at: int, number: int, depth: int) -> tuple[list[Any], int]:
    found = []
    for _ in range(number):
        value, at = item(data, at, depth)
        found.append(value)
    return found, at


def _map(data: bytes, at: int, number: int, depth: int) -> tuple[dict[Any, Any], int]:
    found: dict[Any, Any] = {}
    before = b""
    for _ in range(number):
        key, end = item(data, at, depth)
        if isinstance(key, list | dict):
            raise Faulty(Reason.BROKEN)
        if key in found:
            raise Faulty(Reason.DUPLICATE_KEYS)
        if data[at:end] < before:  # bytewise, as 4.2.1 orders keys
            raise Faulty(Reason.BROKEN)
        before = data[at:end]
        found[key], at = item(data, end, depth)
    return found, at
