"""The whole loop as people meet it: told, accepted, filed, handled, verified, closed, rated, and seen on the wall."""

from collections.abc import Callable
from typing import Any

import pytest

from zhongshu.main.tests import acting
from zhongshu.main.tests.acting import PHONE
from zhongshu.main.tests.fixtures.browser import sign_in
from zhongshu.main.tests.running import eventually

pytestmark = pytest.mark.page

PATIENCE = 90_000
"""Milliseconds after which the wall has asked anew even if no word reached it."""
GREW = "([name, before]) => Number(document.querySelector(`[data-text='${name}']`).textContent) > before"
OPENED, CLOSED = "figures.today.opened.count", "figures.today.closed.count"


def number_of(wall: Any, name: str) -> int:
    return int(wall.text_content(f"[data-text='{name}']"))


@pytest.mark.parametrize(
    ("language", "elder"),
    [
        ("zh-hans", False),
        pytest.param("zh-hans", True, marks=pytest.mark.deep),
        pytest.param("en", False, marks=pytest.mark.deep),
    ],
)
def test_a_report_is_accepted_handled_verified_closed_and_rated(
    visit: Callable[..., Any], platform: Any, language: str, elder: bool
) -> None:
    def person(login: str | None, width: int) -> Any:
        return visit(login, width, language, elder)

    wall = person(None, 1440)
    sign_in(wall, "leader", platform.password)
    wall.goto("/screen/")
    wall.wait_for_function("() => !document.querySelector('[data-live-state]').textContent.includes(':')")
    wall.evaluate("window.neverReloaded = true")
    before = {name: number_of(wall, name) for name in (OPENED, CLOSED)}

    told = acting.tell(person(None, PHONE), "路口有一堆垃圾，气味很大。")
    wall.wait_for_selector(f".newest a[href*='{told.number}']", timeout=PATIENCE)

    acting.at_the_desk(person("acceptor", 1440), told.number, accepted="true")
    acting.at_the_desk(person("supervisor", 1440), told.number, filed="true")

    officer = person(acting.whose(platform.database, told.number), PHONE)
    acting.accept(officer, told)
    acting.arrive(officer)
    acting.finish(officer, told.number, result="done", note="已清运干净。")

    verifier = person(acting.whose(platform.database, told.number), PHONE)
    acting.accept(verifier, told)
    acting.finish(verifier, told.number, passed="true")

    acting.at_the_desk(person("supervisor", 1440), told.number, note="情况属实，已办结。")

    resident = person(None, PHONE)
    acting.follow(resident, told)
    assert "情况属实，已办结。" in resident.inner_text("ol.trace")
    assert resident.locator(".photos img").count() == 3
    acting.rate(resident, 5)

    for name, number in before.items():
        wall.wait_for_function(GREW, arg=[name, number], timeout=PATIENCE)
    wall.wait_for_selector(f".newest a[href*='{told.number}']", state="detached", timeout=PATIENCE)
    assert wall.evaluate("window.neverReloaded")


def test_the_trace_tells_officials_why_it_went_to_whom(visit: Callable[..., Any]) -> None:
    told = acting.tell(visit(None, PHONE), "绿化带旁有一堆装修垃圾。")
    acting.at_the_desk(visit("acceptor"), told.number, accepted="true")
    supervisor = visit("supervisor")
    acting.at_the_desk(supervisor, told.number, filed="true")
    supervisor.goto(f"/desk/cases/{told.number}/")
    (line,) = supervisor.locator("ol.trace li:has-text('智能派遣')").all_inner_texts()
    assert "派给" in line and "选定" in line and "备选" in line and "路程约" in line


def test_without_scripts_a_resident_tells_follows_and_is_told_what_is_wrong(visit: Callable[..., Any]) -> None:
    page = visit(None, PHONE, scripts=False)
    page.goto(f"/report/{acting.AREA}/")
    page.click("main form .actions button")
    assert page.locator("#summary li").count() == 2
    page.fill("[name=description]", "路口有一堆垃圾，气味很大。")
    page.set_input_files("input[type=file]", acting.picture())
    page.fill("[name=place-address]", page.request.get("/map/city.geojson").json()["features"][0]["properties"]["name"])
    page.click("button[value=find]")
    page.check("[name=place-spot] >> nth=0")
    acting.send(page)
    number, code = page.locator(".ticket dd").all_inner_texts()

    other = visit(None, PHONE, scripts=False)
    acting.follow(other, acting.Told(number, code, 0, 0))
    assert number in other.inner_text("main") and other.locator(".photos img").count() == 1


def test_messages_are_counted_read_and_lead_to_the_matter(visit: Callable[..., Any]) -> None:
    page = visit("resident", PHONE)
    page.goto("/messages/")
    if page.locator("form[action='/messages/read/']").count():
        page.click("form[action='/messages/read/'] button")
    assert page.locator(".unread").count() == 0
    told = page.locator(".messages li").count()
    acting.tell(visit("resident", PHONE), "路灯下面堆着装修垃圾。")
    eventually(lambda: page.goto("/") and page.locator(".unread").count(), "the message")
    assert page.inner_text(".unread").startswith("1")
    page.click("a[href='/messages/']")
    page.wait_for_selector(".messages .is-new")
    assert page.locator(".messages .is-new").count() == 1 and page.locator(".messages li").count() >= min(told, 50)
    page.click(".messages .is-new a")
    assert "路灯下面堆着装修垃圾。" in page.inner_text("main")
    assert page.locator(".unread").count() == 0
