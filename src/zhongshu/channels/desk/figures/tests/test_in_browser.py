"""Figures as a leader uses them in a browser: chosen by hand, opened to their rows, read as a report."""

from collections.abc import Callable
from typing import Any

import pytest

from zhongshu.main.tests.acting import PHONE

pytestmark = pytest.mark.page


def test_a_leader_breaks_figures_down_and_reads_the_month(
    visit: Callable[..., Any], platform: Any, axe: Callable[[Any], list[str]]
) -> None:
    leader = visit("leader")
    leader.goto("/desk/figures/")
    for _ in range(60):  # until the reader has counted what the demo city began with
        if leader.locator("tbody td a").count():
            break
        leader.wait_for_timeout(500)
        leader.reload()
    leader.select_option("#group", "category")
    leader.wait_for_selector("th[scope=row] a[href*='category=']")
    assert "group=category" in leader.url
    leader.click("tbody td a[href*='/figures/cases/']")
    leader.wait_for_selector("td.number a")
    assert axe(leader) == []
    leader.goto("/desk/figures/reports/")
    for language, width in (("en", PHONE), ("zh-hans", 1440)):
        leader.context.add_cookies([{"name": "language", "value": language, "url": platform.url}])
        leader.set_viewport_size({"width": width, "height": 900})
        leader.reload()
        assert axe(leader) == [] and leader.evaluate("document.documentElement.scrollWidth") <= width
    with leader.expect_download() as downloaded:
        leader.click("a[download]")
    assert downloaded.value.path().read_bytes().startswith(b"%PDF-")
