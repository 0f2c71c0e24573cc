"""A whistle as a street and a bureau meet it in a browser; and the page of cameras that are often wrong."""

import time
from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from zhongshu.main.tests.acting import PHONE, row

pytestmark = pytest.mark.page

_HANDLED = """
SELECT a.login, c.number, c.body FROM cases_task t JOIN cases_case c ON c.id = t.case_id
JOIN people_account a ON a.id = t.assignee
WHERE t.element = 'handle' AND t.closed IS NULL AND c.scenario IN ('street-vending', 'noise') AND c.lon IS NOT NULL
ORDER BY c.scenario DESC, c.id DESC LIMIT 1
"""
_OTHERS = "SELECT id FROM people_body WHERE kind = 'bureau' AND id <> %s ORDER BY id LIMIT 2"
_GIVEN = """
SELECT a.login FROM cases_task t JOIN people_account a ON a.id = t.assignee JOIN cases_case c ON c.id = t.case_id
WHERE c.number = %s AND t.pool = -%s AND t.closed IS NULL
"""
_CAMERAS = """
WITH hub AS (
    INSERT INTO people_account (id, login, name, kind, phone, password, opened)
    VALUES (gen_random_uuid(), 'camera-hub', '视频平台', 'device', '', '', now()) RETURNING id
)
INSERT INTO cases_device (sender, device, first, last, alarms, cases, retracted)
SELECT id, 'cam-' || n, now(), now(), 20, 20, n * 5 FROM hub, generate_series(1, 3) n RETURNING sender
"""
MODES = (("en", PHONE), ("zh-hans", 1440))


def looks(page: Any, platform: Any, axe: Callable[[Any], list[str]], address: str) -> None:
    """The page is accessible and does not scroll sideways, in English on a telephone, in Chinese on a desk."""
    for language, width in MODES:
        page.context.add_cookies([{"name": "language", "value": language, "url": platform.url}])
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        assert axe(page) == [] and page.evaluate("document.documentElement.scrollWidth") <= width


def given_to(platform: Any, number: str, body: int) -> str:
    """Who of the called body was given its task, once automatic dispatch has handed it out."""
    until = time.monotonic() + 20
    with psycopg.connect(platform.database, autocommit=True) as connection:
        while time.monotonic() < until:
            if found := connection.execute(_GIVEN, [number, body]).fetchone():
                return str(found[0])
            time.sleep(0.2)
    raise AssertionError("nobody was given the task")


def test_a_street_whistles_a_bureau_answers_and_gets_its_marks(
    visit: Callable[..., Any], platform: Any, axe: Callable[[Any], list[str]]
) -> None:
    officer, number, body = row(platform.database, _HANDLED)
    with psycopg.connect(platform.database) as connection:
        (lead,), (second,) = connection.execute(_OTHERS, [body]).fetchall()
    street, address = visit(officer), f"/desk/cases/{number}/"
    street.goto(address)
    street.check("[name=result][value=whistle]")
    street.fill("[name=request]", "夜间联合检查。")
    street.select_option("[name=first]", str(lead))
    street.fill("[name=first_hours]", "2")
    street.select_option("[name=second]", str(second))
    street.click(".duty form[action$='/complete/'] .btn-primary")
    street.goto(address)
    assert street.locator("#whistle tbody tr").count() == 2

    looks(street, platform, axe, address)

    bureau = visit(given_to(platform, number, lead))
    bureau.goto(address)
    bureau.check("[name=answer][value=handled]")
    bureau.fill("[name=note]", "已到场劝导。")
    bureau.click(".duty form[action$='/complete/'] .btn-primary")
    bureau.wait_for_url("**/desk/?done=*")

    street.goto(address)
    street.click("#whistle summary >> nth=0")
    marks = street.locator("#whistle details").nth(0)
    for name in ("response", "result", "attitude"):
        marks.locator(f"[name={name}]").select_option("5")
    marks.locator("button").click()
    street.wait_for_selector("#whistle tbody strong >> text=100")


def test_an_administrator_looks_into_a_camera_that_is_often_wrong(
    visit: Callable[..., Any], platform: Any, axe: Callable[[Any], list[str]]
) -> None:
    (hub,) = row(platform.database, _CAMERAS)
    page, address = visit("administrator"), f"/desk/admin/devices/{hub}/"
    looks(page, platform, axe, address)
    page.click("summary")
    page.fill("[name=reason]", "镜头前有树影，已调整角度。")
    page.click("details .btn")
    page.wait_for_selector(".rows tbody tr")
    assert page.locator(".state-late").count() == 1
