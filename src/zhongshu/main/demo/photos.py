"""Pictures for the demo: plain drawings of a street, before and after, made here."""

import io
from functools import cache

_SKY, _WALL, _ROAD, _LINE = "#cfe3f1", "#b9a58c", "#6d7278", "#e9e6da"


@cache
def street(mess: bool) -> bytes:
    """A drawn street as JPEG, with a heap of bags on the pavement or without."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (1200, 900), _SKY)
    draw = ImageDraw.Draw(picture)
    for number in range(5):
        left = number * 250 - 20
        draw.rectangle((left, 180 + 60 * (number % 3), left + 230, 620), fill=_WALL if number % 2 else "#a9b7a2")
        for window in range(6):
            x, y = left + 30 + 65 * (window % 3), 290 + 120 * (window // 3)
            draw.rectangle((x, y, x + 40, y + 60), fill="#f4f1e6")
    draw.rectangle((0, 620, 1200, 690), fill="#c9c4ba")
    draw.rectangle((0, 690, 1200, 900), fill=_ROAD)
    for dash in range(8):
        draw.rectangle((dash * 160 + 20, 785, dash * 160 + 110, 797), fill=_LINE)
    if mess:
        for number, (x, y) in enumerate(((520, 600), (600, 575), (660, 610), (570, 630), (720, 625))):
            draw.ellipse((x, y, x + 120, y + 85), fill=("#2f3a33", "#3d4a57", "#574338")[number % 3])
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
