"""What can be said about a JPEG without decoding it. Pure."""

import re

# A marker: FF and a code (ITU-T T.81, B.1.1). 00 is a stuffed byte, D0 to D7 restart a scan, FF fills.
_MARKER = re.compile(rb"\xff([\x02-\xcf\xd8-\xfe])", re.DOTALL)
_SCAN, _END = 0xDA, 0xD9


def scans(data: bytes, most: int) -> int:
    """How many scans the picture has, counted up to `most` + 1.

    A progressive picture costs its decoder a pass over all pixels a scan, and a scan can be a few bytes long.
    """
    found, position = 0, 2
    while found <= most and (marker := _MARKER.search(data, position)) and (code := marker[1][0]) != _END:
        found += code == _SCAN
        length = int.from_bytes(data[marker.end() : marker.end() + 2])
        position = marker.end() + max(length, 2)
    return found
