"""When and where a photo was taken, written visibly under it. Pure.

The stamp is a band below the picture: it covers nothing, and the bytes that were kept are never altered. It says what
the device said, and the digest by which picture and band belong together.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO

from zhongshu.base.calendar.rules import SHANGHAI

OLDEST = timedelta(hours=24)
"""How long after it was taken a photo may come in and still bear its moment."""
QUALITY = 85
_LETTERS_ACROSS = 34
_SMALLEST, _LARGEST = 10, 44


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the device said: the moment, the place in WGS-84 degrees, and within how many metres."""

    taken: datetime
    lon: float | None = None
    lat: float | None = None
    accuracy: float | None = None


def believed(stamp: Stamp | None, at: datetime) -> Stamp | None:
    """The stamp, if it can be true of a photo that comes in at `at`; else none."""
    if stamp is None or not at - OLDEST <= stamp.taken <= at:
        return None
    if stamp.lon is None or stamp.lat is None or not (-180 <= stamp.lon <= 180 and -90 <= stamp.lat <= 90):
        return Stamp(stamp.taken)
    return stamp


def lines(stamp: Stamp, digest: bytes) -> tuple[str, ...]:
    """What is written under the photo: moment, place (where it is known), and the digest of what was kept."""
    moment = f"{stamp.taken.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S} UTC+8"
    place = () if stamp.lon is None or stamp.lat is None else (_place(stamp.lon, stamp.lat, stamp.accuracy),)
    return (moment, *place, f"SHA-256 {digest.hex()[:16]}…")


def _place(lon: float, lat: float, accuracy: float | None) -> str:
    within = f" ± {round(accuracy)} m" if accuracy is not None else ""
    return f"{abs(lat):.5f}° {'N' if lat >= 0 else 'S'} {abs(lon):.5f}° {'E' if lon >= 0 else 'W'}{within}"


def stamped(jpeg: bytes, written: tuple[str, ...]) -> bytes:
    """A photo with these lines in a band below it, as JPEG. The photo is one of ours: upright, bounded, in sRGB."""
    from PIL import Image, ImageDraw, ImageFont

    photo = Image.open(BytesIO(jpeg), formats=["JPEG"])
    size = min(max(photo.width // _LETTERS_ACROSS * 3 // 2, _SMALLEST), _LARGEST)
    band = round(size * (len(written) * 1.4 + 0.8))
    whole = Image.new("RGB", (photo.width, photo.height + band), "black")
    whole.paste(photo, (0, 0))
    draw, font = ImageDraw.Draw(whole), ImageFont.load_default(size)
    for number, line in enumerate(written):
        draw.text((size // 2, photo.height + round(size * (0.5 + number * 1.4))), line, font=font, fill="white")
    out = BytesIO()
    whole.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
