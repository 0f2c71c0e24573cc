"""Text that goes into a sheet other people open: never a formula. Pure.

A spreadsheet takes a cell for a formula when it begins with one of these signs, in full width too, also when
blanks or quotes stand before it (OWASP, CSV injection). An apostrophe in front makes it text.
"""

SIGNS = frozenset("=+-@\t\r\n＝＋－＠")
_BEFORE = ' \u3000\u00a0"“”＂\ufeff'


def neutral(text: str) -> str:
    """The text as a cell may hold it; what cannot be a formula stays as it is."""
    bare = text.lstrip(_BEFORE)
    return f"'{text}" if bare[:1] in SIGNS and bare else text
