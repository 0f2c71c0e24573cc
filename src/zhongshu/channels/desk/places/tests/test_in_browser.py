"""A file of cells as its keeper takes it in, in a browser: checked, doubted, taken, looked back on."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from zhongshu.main.tests.acting import PHONE

pytestmark = pytest.mark.page

_CELLS = """
SELECT code, name, polygon FROM places_cell
WHERE community_id = (SELECT max(community_id) FROM places_cell) ORDER BY code
"""


def test_a_file_is_checked_and_taken_in(
    visit: Callable[..., Any], platform: Any, axe: Callable[[Any], list[str]], tmp_path: Path
) -> None:
    with psycopg.connect(platform.database) as database:
        cells = database.execute(_CELLS).fetchall()
    features = [{"properties": {"code": code, "name": name}, "geometry": drawn} for code, name, drawn in cells]
    features[0]["properties"]["name"] += "甲"
    file = tmp_path / "cells.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")

    page = visit("administrator", width=PHONE)
    page.goto("/desk/places/import/")
    page.select_option("#register", "cells")
    page.select_option("#datum", "wgs84")
    page.set_input_files("#file", file)
    page.click("button[value=check]")
    page.wait_for_selector("#outcome-title")
    assert cells[0][0] in page.inner_text("#outcome")
    page.click("button[value=all]")
    page.wait_for_selector("button[value=all]", state="detached")
    page.goto("/desk/places/imports/")
    assert "cells.geojson" in page.inner_text("main")
    for language, width in (("en", PHONE), ("zh-hans", 1440)):
        page.context.add_cookies([{"name": "language", "value": language, "url": platform.url}])
        page.set_viewport_size({"width": width, "height": 900})
        page.goto("/desk/places/imports/")
        assert axe(page) == [] and page.evaluate("document.documentElement.scrollWidth") <= width
