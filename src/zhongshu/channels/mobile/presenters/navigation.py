"""Handing the way to a place over to the telephone's own maps: links the officer taps, nothing of theirs is loaded.

Each map counts in its own datum: the telephone's (`geo:`, RFC 5870) in WGS-84, Amap and Tencent in GCJ-02, Baidu in
BD-09. The addresses are those their makers publish for web pages (URI API). Only the point is handed over.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext

from zhongshu.engine.cases.queries.one import View
from zhongshu.registers.places.rules import datum
from zhongshu.registers.places.rules.datum import Datum

OURSELVES = "zhongshu"
"""Under which name the makers of the maps are asked."""


@dataclass(frozen=True, slots=True)
class Way:
    """A map application and the address that opens it at the place."""

    name: str
    address: str


def ways(found: View) -> list[Way]:
    """The applications that can lead to a case; none when its point is not known."""
    row = found.row
    return to(row.lon, row.lat) if row.lon is not None and row.lat is not None else []


def to(lon: float, lat: float) -> list[Way]:
    """The applications that can lead to a WGS-84 point."""
    there, (gcj_lon, gcj_lat) = gettext("事发地点"), datum.from_wgs84(lon, lat, Datum.GCJ02)
    bd_lon, bd_lat = datum.from_wgs84(lon, lat, Datum.BD09)
    amap = {"to": f"{gcj_lon:.6f},{gcj_lat:.6f},{there}", "mode": "car", "coordinate": "gaode", "callnative": 1}
    tencent = {"type": "drive", "to": there, "tocoord": f"{gcj_lat:.6f},{gcj_lon:.6f}", "referer": OURSELVES}
    baidu = {"location": f"{bd_lat:.6f},{bd_lon:.6f}", "title": there, "content": there, "output": "html",
             "coord_type": "bd09ll"}  # fmt: skip
    return [
        Way(gettext("手机地图"), f"geo:{lat:.6f},{lon:.6f}?q={lat:.6f},{lon:.6f}"),
        Way(gettext("高德地图"), "https://uri.amap.com/navigation?" + urlencode(amap | {"src": OURSELVES})),
        Way(gettext("百度地图"), "https://api.map.baidu.com/marker?" + urlencode(baidu | {"src": OURSELVES})),
        Way(gettext("腾讯地图"), "https://apis.map.qq.com/uri/v1/routeplan?" + urlencode(tencent)),
    ]
