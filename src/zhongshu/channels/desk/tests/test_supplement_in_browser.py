"""An acceptor asks for what is missing, the applicant adds it: both in a browser."""

from collections.abc import Callable
from typing import Any

import pytest

from zhongshu.main.tests.acting import PHONE, row

pytestmark = pytest.mark.page

_TO_ACCEPT = """
SELECT k.id, k.number, t.token FROM cases_case k JOIN cases_contact c ON c.case_id = k.id
JOIN cases_task t ON t.case_id = k.id AND t.closed IS NULL AND t.element = 'accept'
JOIN people_account a ON a.id = c.account WHERE a.login = 'resident' ORDER BY k.id DESC LIMIT 1
"""


def looks(page: Any, axe: Callable[[Any], list[str]], address: str) -> None:
    """The page, with everything on it unfolded, is accessible and does not scroll sideways."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    width = page.viewport_size["width"]
    assert axe(page) == [] and page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_is_missing_is_asked_for_at_the_desk_and_added_on_a_telephone(
    visit: Callable[..., Any], platform: Any, axe: Callable[[Any], list[str]]
) -> None:
    from playwright.sync_api import expect

    case, number, token = row(platform.database, _TO_ACCEPT)
    desk, address = visit("acceptor"), f"/desk/cases/{number}/"
    looks(desk, axe, address)
    form = desk.locator(f"form[action$='/tasks/{token}/supplement/']")
    form.locator("[name=what]").first.fill("具体位置")
    form.locator("[name=why]").first.fill("地图上的点在河里")
    form.locator("button").click()
    desk.wait_for_selector("#supplement .state")

    resident, progress = visit("resident", PHONE, "en"), f"/track/{case}/"
    looks(resident, axe, progress)
    resident.fill("[name=text_1]", "桥东头，公交站后面。")
    expect(resident.locator("[data-draft] [role=status]")).to_contain_text("Saved")
    resident.reload()
    expect(resident.locator("[name=text_1]")).to_have_value("桥东头，公交站后面。")
    resident.click("#supplement [type=submit]")
    resident.wait_for_selector("#came-1")
