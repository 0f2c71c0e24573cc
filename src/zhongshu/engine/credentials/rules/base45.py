"""Base45 (RFC 9285): bytes in the 45 characters that a QR code packs two by two; strict."""

import struct

ALPHABET = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = bytes(max(ALPHABET.find(character), 0) for character in range(256))
_PAIRS = [bytes([low, high]) for high in ALPHABET for low in ALPHABET]


def encode(data: bytes) -> str:
    """Three characters for two bytes, two for a last odd one."""
    whole = len(data) & ~1
    found = []
    for number in struct.unpack(f">{whole // 2}H", data[:whole]):
        high, low = divmod(number, 2025)
        found.append(_PAIRS[low] + ALPHABET[high : high + 1])
    if whole < len(data):
        found.append(_PAIRS[data[-1]])
    return b"".join(found).decode()


def decode(text: str) -> bytes:
    """The bytes; ValueError for a foreign character, a group that is out of range, or one character too many."""
    written = text.encode()
    if written.translate(None, ALPHABET):
        raise ValueError("a character that base45 does not have")
    values, tail = written.translate(_VALUES), len(written) % 3
    whole = len(values) - tail
    return _pairs(values[:whole]) + _last(values[whole:])


def _pairs(values: bytes) -> bytes:
    """Two bytes for each three values. All groups are reckoned at once, in lanes of 32 bits of one large number."""
    size = 4 * (len(values) // 3)
    low, middle, high = (_lanes(values[at::3], size) for at in range(3))
    lanes = (low + 45 * middle + 2025 * high).to_bytes(size)
    if any(lanes[1::4]):
        raise ValueError("a group out of range")
    found = bytearray(size // 2)
    found[0::2], found[1::2] = lanes[2::4], lanes[3::4]
    return bytes(found)


def _lanes(values: bytes, size: int) -> int:
    spread = bytearray(size)
    spread[3::4] = values
    return int.from_bytes(spread)


def _last(values: bytes) -> bytes:
    match tuple(values):
        case ():
            return b""
        case (low, high):
            return bytes([low + 45 * high])  # ValueError, too, when it is more than a byte holds
    raise ValueError("cut off")
