"""A QR code as the path of an inline SVG."""

from dataclasses import dataclass

import segno

QUIET = 4
"""Light squares around the code (ISO/IEC 18004)."""


@dataclass(frozen=True, slots=True)
class Code:
    """Its side in squares, quiet zone included, and the path that fills the dark ones."""

    side: int
    path: str


def code(text: str) -> Code:
    """The QR code of a text."""
    rows = segno.make(text, error="m", micro=False).matrix
    dark = (f"M{x + QUIET} {y + QUIET}h1v1h-1z" for y, row in enumerate(rows) for x, square in enumerate(row) if square)
    return Code(len(rows) + 2 * QUIET, "".join(dark))
