"""Chinese map datums and WGS-84, both ways.

GCJ-02 is what public maps in China are drawn in; BD-09 is Baidu's shift on top of it. The forward formulae
are those published with `eviltransform` (G. Lee and others, 2013) and in Baidu's developer forum. No closed
inverse exists: the inverse is found by repeating the forward formula until it lands within 1e-11 degrees,
about a micrometre.
"""

from collections.abc import Callable
from enum import StrEnum
from math import atan2, cos, hypot, pi, radians, sin, sqrt

from zhongshu.base.http.refusals import Invalid

Point = tuple[float, float]

KRASOVSKY_AXIS = 6_378_245.0
KRASOVSKY_ECCENTRICITY2 = 0.006_693_421_622_965_943
BAIDU_WAVE = pi * 3000 / 180
CLOSE_ENOUGH = 1e-11
MOST_ROUNDS = 30


class Datum(StrEnum):
    """What a pair of degrees is measured in."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


def named(datum: str) -> Datum:
    """The datum of this name; `Invalid` for a name we do not know."""
    try:
        return Datum(datum)
    except ValueError:
        raise Invalid("坐标系“{datum}”不认识；请用 wgs84、gcj02 或 bd09。", field="datum", datum=datum) from None


def to_wgs84(lon: float, lat: float, datum: Datum) -> Point:
    """The WGS-84 point (lon, lat in degrees) of a point given in `datum`; error under 1 cm inside China."""
    if datum is Datum.BD09:
        lon, lat = _solve(_baidu, (lon, lat))
    if datum is Datum.WGS84:
        return lon, lat
    found = _solve(_shifted, (lon, lat))
    return (lon, lat) if outside_china(*found) else found


def from_wgs84(lon: float, lat: float, datum: Datum) -> Point:
    """The point in `datum` (lon, lat in degrees) of a WGS-84 point."""
    if datum is Datum.WGS84:
        return lon, lat
    public = (lon, lat) if outside_china(lon, lat) else _shifted(lon, lat)
    return _baidu(*public) if datum is Datum.BD09 else public


def outside_china(lon: float, lat: float) -> bool:
    """Whether GCJ-02 leaves a WGS-84 point as it is: outside the rectangle the published formula names."""
    return not (72.004 <= lon <= 137.8347 and 0.8293 <= lat <= 55.8271)


def _shifted(lon: float, lat: float) -> Point:
    """WGS-84 to GCJ-02: metres on the Krasovsky ellipsoid, from a polynomial and waves around 105°, 35°."""
    x, y = lon - 105, lat - 35
    shared = 20 * sin(6 * pi * x) + 20 * sin(2 * pi * x)
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
    east += (shared + _wave(x, (20, 1), (40, 3), (150, 12), (300, 30))) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
    north += (shared + _wave(y, (20, 1), (40, 3), (160, 12), (320, 30))) * 2 / 3
    bend = 1 - KRASOVSKY_ECCENTRICITY2 * sin(radians(lat)) ** 2
    per_degree_north = radians(KRASOVSKY_AXIS * (1 - KRASOVSKY_ECCENTRICITY2) / (bend * sqrt(bend)))
    per_degree_east = radians(KRASOVSKY_AXIS / sqrt(bend) * cos(radians(lat)))
    return lon + east / per_degree_east, lat + north / per_degree_north


def _wave(value: float, *terms: tuple[float, float]) -> float:
    return sum(height * sin(value * pi / length) for height, length in terms)


def _baidu(lon: float, lat: float) -> Point:
    """GCJ-02 to BD-09: a ripple in polar coordinates and a constant step."""
    away = hypot(lon, lat) + 0.00002 * sin(lat * BAIDU_WAVE)
    angle = atan2(lat, lon) + 0.000003 * cos(lon * BAIDU_WAVE)
    return away * cos(angle) + 0.0065, away * sin(angle) + 0.006


def _solve(forward: Callable[[float, float], Point], target: Point) -> Point:
    """The point that `forward` brings to `target`; each round shrinks the error at least a hundredfold."""
    lon, lat = target
    for _ in range(MOST_ROUNDS):
        there = forward(lon, lat)
        lon_off, lat_off = target[0] - there[0], target[1] - there[1]
        lon, lat = lon + lon_off, lat + lat_off
        if abs(lon_off) < CLOSE_ENOUGH and abs(lat_off) < CLOSE_ENOUGH:
            break
    return lon, lat
