"""Residents' pages in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest

from zhongshu.main.tests import acting

pytestmark = pytest.mark.page


def tell(page: Any, words: str = "路口有一堆垃圾，气味很大。") -> None:
    """Fill the report's page but for the place."""
    page.goto("/report/1101/")
    page.fill("[name=description]", words)


def test_a_resident_picks_the_place_on_the_map_and_follows_the_number(visit: Callable[..., Any]) -> None:
    page = visit(width=390)
    tell(page)
    canvas = page.locator("[data-map] canvas")
    canvas.wait_for()
    canvas.click()
    page.wait_for_function("() => document.getElementById('where').textContent.trim() !== ''")
    acting.send(page)
    number, code = page.locator(".ticket dd").all_inner_texts()
    other = visit(width=390)
    other.goto("/track/")
    other.fill("[name=number]", number)
    other.fill("[name=code]", code)
    other.click("main form button[type=submit]")
    other.wait_for_selector("ol.trace")
    assert number in other.inner_text("main") and "路口有一堆垃圾" in other.inner_text("main")


def test_the_devices_position_is_a_place_too(visit: Callable[..., Any]) -> None:
    page = visit(width=390)
    tell(page)
    page.click("[data-locate]")
    page.wait_for_function("() => document.querySelector('[name=place-lon]').value !== ''")
    assert page.input_value("[name=place-lon]").startswith("121.0")


def test_without_scripts_the_address_search_gives_the_place(visit: Callable[..., Any]) -> None:
    page = visit(width=390, scripts=False)
    page.goto("/report/1101/")
    district = page.request.get("/map/city.geojson").json()["features"][0]["properties"]["name"]
    page.fill("[name=description]", "路口有一堆垃圾，气味很大。")
    page.fill("[name=place-address]", district)
    page.click("button[value=find]")
    page.check("[name=place-spot] >> nth=0")
    acting.send(page)


def test_enter_sends_the_form_and_what_is_wrong_is_told_first(visit: Callable[..., Any]) -> None:
    page = visit()
    page.goto("/report/1101/")
    page.fill("[name=contact-phone]", "12")
    page.press("[name=contact-phone]", "Enter")
    page.wait_for_selector("#summary")
    page.click("#summary a >> nth=0")
    assert page.evaluate("document.activeElement.id") == "field-description"
    assert page.input_value("[name=contact-phone]") == "12"


MOVED_ON = "before => ![undefined, before].includes(document.querySelector('.progress-words')?.innerText)"


def test_elder_mode_asks_one_thing_a_page_in_large_type_with_large_buttons(visit: Callable[..., Any]) -> None:
    page = visit(width=390, elder=True)
    tell(page)
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 20
    seen = []
    while page.locator("button[value=next].btn").count():
        assert page.locator("main .field:visible").count() >= 1
        assert page.locator("button[value=next].btn").bounding_box()["height"] >= 60
        seen.append(page.inner_text(".progress-words"))
        if page.locator("[data-map]").count():
            page.locator("[data-map] canvas").click()
            page.wait_for_function("() => document.querySelector('[name=place-lon]').value !== ''")
        page.click("button[value=next].btn")
        page.wait_for_function(MOVED_ON, arg=seen[-1])
    assert len(seen) == len(set(seen)) >= 4
    acting.send(page)


def test_touch_targets_are_large_enough(visit: Callable[..., Any]) -> None:
    page = visit(width=390)
    for address in ("/", "/report/1101/", "/sign-in/"):
        page.goto(address)
        small = page.evaluate(
            "[...document.querySelectorAll('header a, header button, main .btn, main select, main .choice')]"
            ".filter(e => e.offsetParent && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"
        )
        assert small == [], address


def test_the_first_tab_stop_skips_to_the_content(visit: Callable[..., Any]) -> None:
    page = visit()
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_signed_in_resident_finds_their_report(visit: Callable[..., Any]) -> None:
    page = visit("resident", width=390)
    tell(page, "路灯下面堆着装修垃圾。")
    page.click("[data-locate]")
    page.wait_for_function("() => document.getElementById('where').textContent.trim() !== ''")
    acting.send(page)
    number = page.locator(".ticket dd").first.inner_text()
    page.goto("/mine/")
    assert number in page.inner_text("main")
    page.click("text=退出")
    page.wait_for_selector("text=登录")


def test_what_is_known_near_by_is_offered_and_followed(
    visit: Callable[..., Any], axe: Callable[[Any], list[str]]
) -> None:
    page, numbers = visit(width=390), []
    for follows in (False, True):
        tell(page, "菜场门口的旧沙发和纸箱没有人收。")
        page.click("[data-locate]")
        page.wait_for_function("() => document.getElementById('where').textContent.trim() !== ''")
        if follows:
            with page.expect_navigation():
                page.click("main form .actions button[value=send]")
            assert axe(page) == [] and "旧沙发和纸箱" in page.input_value("[name=description]")
            page.click("button[name=report-known]:not([value=other]) >> nth=0")
            page.wait_for_url("**/report/sent/**")
        else:
            acting.send(page)
        numbers.append(page.locator(".ticket dd").first.inner_text())
    assert numbers[0] == numbers[1]
