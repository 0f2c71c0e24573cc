"""A process starts light: what is heavy is loaded when it is first needed."""

import subprocess
import sys

HEAVY = {
    "numpy": "rasters", "scipy": "shortest paths", "shapely": "polygons", "PIL": "photos",
    "chinese_calendar": "holidays", "babel": "translations at set-up", "psutil": "benches", "playwright": "tests",
}  # fmt: skip
WEB = """
import sys
from zhongshu.main import wsgi
from django.urls import get_resolver
assert get_resolver().url_patterns
print(*sys.modules)
"""


def test_a_web_process_loads_nothing_heavy_before_the_first_request() -> None:
    told = subprocess.run([sys.executable, "-P", "-c", WEB], capture_output=True, text=True, check=True)
    loaded = set(told.stdout.split())
    assert "zhongshu.channels.portal.urls" in loaded
    assert loaded & HEAVY.keys() == set()
