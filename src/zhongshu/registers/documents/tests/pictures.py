"""Pictures as people send them, made on the spot."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

RED, GREEN, BLUE = (220, 30, 30), (30, 180, 30), (30, 30, 220)


def picture(width: int = 64, height: int = 48, mode: str = "RGB", colour: Any = RED) -> Image.Image:
    """One colour."""
    return Image.new(mode, (width, height), colour)


def sent(image: Image.Image, kind: str = "JPEG", **more: Any) -> bytes:
    """The file a camera or browser would send."""
    out = BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def read(data: bytes) -> Image.Image:
    """A kept picture, decoded."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


def png_header(width: int, height: int) -> bytes:
    """A PNG that promises so many pixels and has none of them."""
    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", size) + _chunk(b"IDAT", zlib.compress(b""))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def near(colour: Any, wanted: tuple[int, int, int]) -> bool:
    """Whether a colour is the wanted one, but for what JPEG loses."""
    return all(abs(found - want) <= 6 for found, want in zip(colour, wanted, strict=True))
