"""A photo as somebody sent it, made into one that can be kept: sniffed, bounded, upright, written anew.

Pure. Nothing of the file sent is kept but its pixels, so that positions (EXIF), comments and whatever hides
behind or inside the picture (an archive, a page, a script) end here. Limits are read from the header, before
any pixel is decoded.
"""

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from zhongshu.base.http.refusals import Invalid, TooLarge
from zhongshu.registers.documents.rules import jpeg

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_BYTES = 15_000_000
MOST_PIXELS = 40_000_000
MOST_SCANS = 100
LONGEST_SIDE, THUMBNAIL_SIDE = 2_560, 480
# A JPEG decodes at a half, a quarter or an eighth for a fraction of the work; it must stay this long.
LEAST_SIDE = 1_920
QUALITY, THUMBNAIL_QUALITY = 82, 75

_HEIF = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
# Exif 2.32, tag Orientation (0112): how to turn what the camera wrote.
_ORIENTATION = 0x0112
_TURNS = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
# What Pillow raises on bytes that are not what they say.
_BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError,
    struct.error, zlib.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo to keep: JPEG in sRGB without any metadata, its size in pixels, and a small one beside it."""

    jpeg: bytes
    width: int
    height: int
    thumbnail: bytes


def photo(data: bytes) -> Photo:
    """The photo in a file of at most 15 MB and 40 megapixels, at most 2,560 pixels long, its thumbnail 480.

    Raises TooLarge or Invalid with what to do. Of a moving picture the first frame is kept.
    """
    kind = _sniffed(data)
    with _decoding():
        image = _opened(data, kind)
        orientation, profile = _orientation(image), image.info.get("icc_profile")
        image = _in_srgb(_opaque(_decoded(image)), profile)
        image = _upright(image, orientation)
        image.info = {}
        full = _written(image, QUALITY)
        small = image.copy()
        small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
        return Photo(full, *image.size, _written(small, THUMBNAIL_QUALITY))


def is_picture(data: bytes) -> bool:
    """Whether a file is any kind of picture by its first bytes, also one that is not taken."""
    return _kind(data) is not None


def _sniffed(data: bytes) -> str:
    """The kind of picture by its first bytes, as Pillow calls it; a name or declared type is not believed."""
    if not data:
        raise Invalid("照片是空的，请重新拍摄或选择。", field="photos")
    if len(data) > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        raise TooLarge("照片超过 {most} MB，请调低相机的分辨率，或裁剪后再上传。", field="photos", most=most)
    if (kind := _kind(data)) is None:
        raise Invalid("只能上传 JPEG、PNG 或 WebP 照片，请重新选择，或直接拍摄。", field="photos")
    return kind


def _kind(data: bytes) -> str | None:
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIF:
        return "HEIF"
    return None


@contextmanager
def _decoding() -> Iterator[None]:
    """What goes wrong in a decoder, as sentences."""
    from PIL.Image import DecompressionBombError, DecompressionBombWarning

    try:
        yield
    except (DecompressionBombError, DecompressionBombWarning):
        raise _too_many_pixels() from None
    except _BROKEN:
        raise Invalid("照片打不开，可能没有传完整。请重新上传，或重新拍摄。", field="photos") from None


def _too_many_pixels() -> TooLarge:
    most = MOST_PIXELS // 10_000
    return TooLarge("照片超过 {most} 万像素，请调低相机的分辨率，或裁剪后再上传。", field="photos", most=most)


def _opened(data: bytes, kind: str) -> "Image":
    """The picture with its header read and checked; no pixel is decoded yet."""
    from PIL import Image

    Image.init()
    if kind not in Image.OPEN:
        raise Invalid(
            "还不能识别 HEIC 照片：请把手机相机的格式设为“兼容性最佳”后重拍，或转成 JPEG 再上传。",
            field="photos",
        )
    if kind == "JPEG" and jpeg.scans(data, MOST_SCANS) > MOST_SCANS:
        raise TooLarge("照片的编码过于复杂，请直接用相机拍摄，或截图后再上传。", field="photos")
    # For the whole process and for good: to take it back would race with other threads.
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    image = Image.open(BytesIO(data), formats=[kind])
    if image.width * image.height > MOST_PIXELS:
        raise _too_many_pixels()
    return image


def _orientation(image: "Image") -> int | None:
    """How the camera was held; None where its metadata cannot be read."""
    with suppress(*_BROKEN):
        return image.getexif().get(_ORIENTATION)
    return None


def _decoded(image: "Image") -> "Image":
    """The pixels, no longer than kept: a JPEG is decoded small, anything else is made small afterwards."""
    width, height = (max(1, side * LEAST_SIDE // max(image.size)) for side in image.size)
    image.draft(None, (width, height))
    if image.mode in ("1", "P", "PA"):
        image = image.convert("RGBA")
    elif image.mode.startswith("I"):  # 16 bits a pixel
        image = image.point(lambda level: level * (1 / 256)).convert("L")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return image


def _opaque(image: "Image") -> "Image":
    """The picture on white where it is see-through; colours as they are."""
    from PIL import Image

    if not image.has_transparency_data:
        return image
    image = image.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")


def _in_srgb(image: "Image", profile: bytes | None) -> "Image":
    """The picture in sRGB, from the colours its profile means; one that cannot be read is not believed."""
    from PIL import ImageCms

    if profile and b"sRGB" not in profile and "sRGB".encode("utf-16-be") not in profile:
        with suppress(ImageCms.PyCMSError):
            srgb = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(image, BytesIO(profile), srgb, outputMode="RGB") or image
    return image.convert("RGB")


def _upright(image: "Image", orientation: int | None) -> "Image":
    from PIL.Image import Transpose

    turn = _TURNS.get(orientation or 0)
    return image.transpose(Transpose[turn]) if turn else image


def _written(image: "Image", quality: int) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()
