"""SM3 (GB/T 32905-2016): a digest of 32 bytes."""

import hashlib
from collections.abc import Callable

_START = (0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E)
_WORD = 0xFFFFFFFF
_BLOCK = 64


def plain(data: bytes) -> bytes:
    """The digest, worked out in Python alone; some hundred microseconds a block of 64 bytes."""
    padded = data + b"\x80" + bytes((_BLOCK - 9 - len(data)) % _BLOCK) + (8 * len(data)).to_bytes(8)
    state: tuple[int, ...] = _START
    for at in range(0, len(padded), _BLOCK):
        state = _compressed(state, padded[at : at + _BLOCK])
    return b"".join(word.to_bytes(4) for word in state)


def _by_the_machine() -> Callable[[bytes], bytes] | None:
    try:
        hashlib.new("sm3")
    except ValueError:  # a libcrypto made without it
        return None
    return lambda data: hashlib.new("sm3", data).digest()


digest = _by_the_machine() or plain
"""The digest of bytes: by the machine's libcrypto where it knows SM3, else in Python."""


def _turned(word: int, by: int) -> int:
    by %= 32
    return (word << by | word >> (32 - by)) & _WORD


_CONSTANTS = tuple(_turned(0x79CC4519 if j < 16 else 0x7A879D8A, j) for j in range(64))


def _expanded(block: bytes) -> list[int]:
    words = [int.from_bytes(block[at : at + 4]) for at in range(0, _BLOCK, 4)]
    for j in range(16, 68):
        mixed = words[j - 16] ^ words[j - 9] ^ _turned(words[j - 3], 15)
        permuted = mixed ^ _turned(mixed, 15) ^ _turned(mixed, 23)
        words.append(permuted ^ _turned(words[j - 13], 7) ^ words[j - 6])
    return words


def _compressed(state: tuple[int, ...], block: bytes) -> tuple[int, ...]:
    """The standard's function CF (5.3.3), its letters kept."""
    words = _expanded(block)
    a, b, c, d, e, f, g, h = state
    for j, constant in enumerate(_CONSTANTS):
        a12 = _turned(a, 12)
        ss1 = _turned(a12 + e + constant & _WORD, 7)
        ff = a ^ b ^ c if j < 16 else a & b | a & c | b & c
        gg = e ^ f ^ g if j < 16 else e & f | ~e & g
        tt1 = ff + d + (ss1 ^ a12) + (words[j] ^ words[j + 4]) & _WORD
        tt2 = gg + h + ss1 + words[j] & _WORD
        a, b, c, d = tt1, a, _turned(b, 9), c
        e, f, g, h = tt2 ^ _turned(tt2, 9) ^ _turned(tt2, 17), e, _turned(f, 19), g
    return tuple(before ^ after for before, after in zip(state, (a, b, c, d, e, f, g, h), strict=True))
