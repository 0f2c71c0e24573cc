"""A hamlet of one community and two cells side by side, as a city would send it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from zhongshu.base.journal import caches
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.registers.places import actions

WHEN = {"by": SYSTEM, "at": datetime(2026, 3, 2, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))}
WEST, EAST = "990101001001001", "990101001001002"


def square(lon, lat=29.9, size=0.01):
    ring = [[lon, lat], [lon + size, lat], [lon + size, lat + size], [lon, lat + size], [lon, lat]]
    return {"type": "Polygon", "coordinates": [ring]}


def point(lon, lat):
    return {"type": "Point", "coordinates": [lon, lat]}


def collection(*rows):
    """A FeatureCollection of (properties, geometry)."""
    features = [{"type": "Feature", "properties": dict(p), "geometry": g} for p, g in rows]
    return {"type": "FeatureCollection", "features": features}


REGIONS = collection(
    ({"code": "990101001000", "name": "苇汀街道", "name_en": "Weiting Subdistrict"}, None),
    ({"code": "990000", "name": "云州省"}, None),
    ({"code": "990101001001", "name": "鸥浦社区", "name_en": "Oupu Community"}, square(121.0, 29.8, 0.2)),
    ({"code": "990101", "name": "苇汀区", "name_en": "Weiting District"}, None),
)
CELLS = collection(
    ({"code": WEST, "name": "鸥浦社区第1网格"}, square(121.0)),
    ({"code": EAST, "name": "鸥浦社区第2网格"}, square(121.01)),
)


@pytest.fixture(autouse=True)
def _fresh_caches():
    caches.forget_all()
    yield
    caches.forget_all()


@pytest.fixture
def hamlet(db):
    """Regions and both cells are here."""
    actions.import_regions(REGIONS, **WHEN)
    actions.import_cells(CELLS, **WHEN)
