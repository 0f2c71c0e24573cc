"""Distances on the ground."""

from math import asin, cos, degrees, radians, sin, sqrt

EARTH_RADIUS = 6_371_008.8
"""Metres: the mean radius of the Earth (IUGG, GRS 80)."""

METRES_PER_DEGREE = radians(1) * EARTH_RADIUS
"""Length of one degree of latitude in metres."""


def metres(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """Metres between two WGS-84 points on a great circle (haversine; within 0.5 % of the ellipsoid)."""
    half_lat, half_lon = radians(other_lat - lat) / 2, radians(other_lon - lon) / 2
    chord = sin(half_lat) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS * asin(min(1.0, sqrt(chord)))


def box(lon: float, lat: float, reach: float) -> tuple[float, float, float, float]:
    """West, south, east and north in degrees of the box around a circle of `reach` metres."""
    tall = degrees(reach / EARTH_RADIUS)
    wide = tall / max(cos(radians(min(89.0, abs(lat) + tall))), 1e-6)
    return lon - wide, lat - tall, lon + wide, lat + tall
