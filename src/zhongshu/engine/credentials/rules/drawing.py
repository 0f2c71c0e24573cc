"""Codes as QR symbols (ISO/IEC 18004), of one size each: 10-M on screens, 13-Q on paper, which is folded and rubbed."""

import io

import segno

QUIET = 4
"""Light squares around the symbol."""


def on_screen(text: str) -> segno.QRCode:
    """57 squares a side, 15 % may be lost; ValueError when the text is too long, or has characters beyond base45's."""
    return _symbol(text, 10, "m")


def on_paper(text: str) -> segno.QRCode:
    """69 squares a side, 25 % may be lost."""
    return _symbol(text, 13, "q")


def svg(symbol: segno.QRCode) -> str:
    """As an SVG element that scales with its place on the page."""
    return symbol.svg_inline(border=QUIET, omitsize=True)


def png(symbol: segno.QRCode, scale: int = 8) -> bytes:
    """As a picture, so many points a square."""
    found = io.BytesIO()
    symbol.save(found, kind="png", scale=scale, border=QUIET)
    return found.getvalue()


def _symbol(text: str, version: int, error: str) -> segno.QRCode:
    return segno.make_qr(text, version=version, error=error, mode="alphanumeric", boost_error=False)
