"""The wall and its stream in a real browser."""

import os
import re
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.page

LISTEN = "window.seen = []; document.addEventListener('zhongshu:entry', ({detail}) => seen.push(detail.number))"
DAYS = (Path(__file__).parent / "days.js").read_text()
REPORT = """
import django
django.setup()
from zhongshu.main.tests.fixtures.city import City
print(City().report().number)
"""


def happen(platform: Any) -> str:
    """Something happens in the city; returns the number of its case."""
    surroundings = os.environ | {"DATABASE_URL": platform.database, "ZHONGSHU_VAR": str(platform.var)}
    surroundings.setdefault("DJANGO_SETTINGS_MODULE", "zhongshu.main.settings")
    told = subprocess.run(
        [sys.executable, "-P", "-c", REPORT], env=surroundings, capture_output=True, text=True, check=True, timeout=60
    )
    return told.stdout.strip()


def streams(page: Any) -> int:
    """How many streams the feed has open, as it says itself."""
    feed = page.evaluate("document.body.dataset.feed")
    with urllib.request.urlopen(f"{feed}/health", timeout=5) as answer:
        return int(answer.read().split()[1])


def settled(page: Any, wanted: int) -> None:
    """Wait until the feed has so many streams."""
    deadline = time.monotonic() + 20
    while streams(page) != wanted:
        assert time.monotonic() < deadline, f"{streams(page)} streams, not {wanted}"
        time.sleep(0.1)


def wall(page: Any) -> Any:
    """The wall, live and listening."""
    page.goto("/screen/")
    page.evaluate(LISTEN)
    told(page, "实时")
    return page


def told(page: Any, words: str) -> None:
    """Wait until the page says this of its connection."""
    expect(page.locator("[data-live-state]")).to_have_text(re.compile(words), timeout=20_000)


def heard(page: Any, number: str) -> None:
    """Wait until the page has been told of this case."""
    deadline = time.monotonic() + 20
    while number not in page.evaluate("seen"):
        assert time.monotonic() < deadline, f"{number} was not heard"
        page.wait_for_timeout(50)


def test_two_tabs_share_one_stream_and_lose_nothing_when_its_holder_closes(
    visit: Callable[..., Any], platform: Any
) -> None:
    first = visit("leader")
    first.goto("/screen/cases/?what=overdue")
    before = streams(first)
    wall(first)
    second = wall(first.context.new_page())
    settled(second, before + 1)
    number = happen(platform)
    heard(first, number)
    heard(second, number)
    first.close()
    while_away = happen(platform)
    heard(second, while_away)
    settled(second, before + 1)
    afterwards = happen(platform)
    heard(second, afterwards)
    seen = [one for one in second.evaluate("seen") if one in (number, while_away, afterwards)]
    assert seen == [number, while_away, afterwards], "each once, in order"


def test_what_happens_appears_on_the_wall_by_itself(visit: Callable[..., Any], platform: Any) -> None:
    page = wall(visit("leader"))
    counted = page.locator("[data-text='map.count']")
    expect(counted).not_to_have_text("")
    running = int(counted.text_content())
    number = happen(platform)
    page.wait_for_selector(f".newest a[href*='{number}']", timeout=20_000)
    expect(counted).to_have_text(str(running + 1), timeout=20_000)


def test_what_nobody_renews_fades_with_its_age_and_recovers_by_itself(visit: Callable[..., Any]) -> None:
    page = visit("leader")
    page.clock.install()
    wall(page)
    old = page.locator(".alarms.is-old, .city.is-old, .newest.is-old")  # what does not wait to be counted
    expect(old).to_have_count(0)
    page.context.route("**/feed**", lambda route: route.abort())
    page.context.route("**/screen/*/**", lambda route: route.abort())
    page.clock.fast_forward("03:20")
    expect(old).to_have_count(3)
    expect(page.locator(".alarms .old")).to_have_text("3 分钟未更新 · ")
    page.context.unroute("**/feed**")
    page.context.unroute("**/screen/*/**")
    page.clock.fast_forward("01:10")
    expect(old).to_have_count(0)
    told(page, "实时")


def test_a_broken_connection_is_told_with_the_age_of_the_data_and_mended(
    visit: Callable[..., Any], platform: Any
) -> None:
    page = visit("leader")
    page.context.route("**/feed**", lambda route: route.abort())
    page.goto("/screen/")
    told(page, "^连接中断，数据截至 [0-9]{2}:[0-9]{2}$")
    page.context.unroute("**/feed**")
    told(page, "实时")


def test_where_a_browser_has_no_locks_each_tab_has_its_own_stream(visit: Callable[..., Any], platform: Any) -> None:
    first = visit("leader")
    first.context.add_init_script("delete Navigator.prototype.locks")
    first.goto("/screen/cases/?what=overdue")
    before = streams(first)
    wall(first)
    second = wall(first.context.new_page())
    settled(second, before + 2)
    number = happen(platform)
    heard(first, number)
    heard(second, number)


def test_the_wall_stands_without_scrolling(visit: Callable[..., Any]) -> None:
    page = visit("leader")
    wall(page)
    for width, height in ((3840, 2160), (1920, 1080), (1440, 900), (1366, 768)):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollHeight") <= height
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_wall_is_complete_without_scripts(visit: Callable[..., Any]) -> None:
    page = visit("leader", scripts=False)
    page.goto("/screen/")
    assert page.is_visible(".hours td a") and page.is_visible(".phases a")
    page.select_option("#of", index=1)
    page.click(".wall-area button")
    assert "of=" in page.url


@pytest.mark.parametrize(
    ("updates", "times", "most"),
    [(500, 1, 1.1), pytest.param(10_000, 20, 1.05, marks=pytest.mark.deep)],
    ids=["soon", "days"],
)
def test_the_wall_hangs_for_days_without_growing(
    visit: Callable[..., Any], updates: int, times: int, most: float
) -> None:
    """Few updates are no measure of bytes: what the browser compiles in them weighs more than what is kept."""
    page = wall(visit("leader"))
    expect(page.locator("[data-text='map.count']")).not_to_have_text("")
    for address in (
        "**/feed**",
        "**/screen/data/**",
        "**/screen/trends/**",
    ):  # what the city does meanwhile is no growth
        page.context.route(address, lambda route: route.abort())
    tools = page.context.new_cdp_session(page)
    tools.send("Performance.enable")
    page.evaluate(DAYS)
    page.evaluate("count => days(count)", updates // 5)
    held = [weighed(page, tools)]
    for _ in range(times):
        page.evaluate("count => days(count)", updates // times)
        held.append(weighed(page, tools))
    assert held[-1]["Nodes"] < 1.01 * held[0]["Nodes"]
    assert held[-1]["objects"] < 1.05 * held[0]["objects"]
    assert growth([one["JSHeapUsedSize"] for one in held]) < most
    assert page.text_content("output[for=slider]") == "现在"


def growth(sizes: list[int]) -> float:
    """How many times as large it is at the end, along the straight line through all: what the browser compiles comes
    and goes by some hundred kilobytes, what leaks stays."""
    slope, start = statistics.linear_regression(range(len(sizes)), sizes)
    return (start + slope * (len(sizes) - 1)) / start


def weighed(page: Any, tools: Any) -> dict[str, int]:
    """How many objects and nodes the page holds, and how many bytes, once what is not used is gone."""
    page.wait_for_timeout(500)
    for _ in range(3):
        tools.send("HeapProfiler.collectGarbage")
    counted = {metric["name"]: metric["value"] for metric in tools.send("Performance.getMetrics")["metrics"]}
    every = tools.send("Runtime.evaluate", {"expression": "Object.prototype"})["result"]["objectId"]
    held = tools.send("Runtime.queryObjects", {"prototypeObjectId": every})["objects"]["objectId"]
    length = {"objectId": held, "functionDeclaration": "function () { return this.length }"}
    objects = tools.send("Runtime.callFunctionOn", length)["result"]["value"]
    tools.send("Runtime.releaseObject", {"objectId": held})
    return {**counted, "objects": objects}
