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
    low, middle, high = values[0:whole:3], values[1:whole:3], values[2:whole:3]
    numbers = [c + 45 * d + 2025 * e for c, d, e in zip(low, middle, high, strict=True)]
    last = _last(values[whole:])
    try:
        return struct.pack(f">{len(numbers)}H", *numbers) + last
    except struct.error:
        raise ValueError("a group out of range") from None


def _last(values: bytes) -> bytes:
    match tuple(values):
        case ():
            return b""
        case (low, high) if low + 45 * high < 256:
            return bytes([low + 45 * high])
    raise ValueError("cut off, or a last group out of range")
