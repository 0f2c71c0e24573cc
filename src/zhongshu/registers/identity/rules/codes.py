"""Codes people copy from paper: ten characters no two of which look alike (Crockford's base 32). Pure."""

import unicodedata

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 10
_TAKEN_FOR = str.maketrans("OIL", "011")


def spelled(number: int) -> str:
    """A random number below 2**50 as a code: `K7M2P-9QX4T`."""
    digits = "".join(LETTERS[(number >> 5 * place) % 32] for place in reversed(range(LENGTH)))
    return f"{digits[:5]}-{digits[5:]}"


def folded(typed: str) -> str:
    """The one spelling of what was typed: capitals, without blanks and dashes; O is 0, I and L are 1."""
    plain = unicodedata.normalize("NFKC", typed[:100]).upper().translate(_TAKEN_FOR)
    return "".join(letter for letter in plain if letter in LETTERS)
