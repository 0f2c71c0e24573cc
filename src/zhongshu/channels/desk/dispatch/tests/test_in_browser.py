"""The dispatch desk as it is worked at all day: by keyboard, with the map and the officers beside it."""

from collections.abc import Callable
from typing import Any

import pytest

from zhongshu.main.tests.acting import row

pytestmark = pytest.mark.page

_GIVEN = """
SELECT c.number FROM cases_task t JOIN cases_case c ON c.id = t.case_id
WHERE t.closed IS NULL AND t.role = 'handler' AND t.pool < 0 AND c.number = ANY(%s) ORDER BY c.id LIMIT 1
"""


def focused(page: Any) -> str:
    """The id of what has the focus, else its words."""
    return page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")


def test_a_case_is_taken_back_and_dispatched_without_a_mouse(visit: Callable[..., Any], platform: Any) -> None:
    page = visit("dispatcher")
    page.goto("/desk/dispatch/?show=running")
    page.wait_for_selector("[data-dispatch-map] canvas")
    shown = page.eval_on_selector_all("[id^='case-']", "rows => rows.map((row) => row.id.slice(5))")
    (number,) = row(platform.database, _GIVEN, shown)
    page.focus(f"#case-{number}")
    page.keyboard.press("k")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#pane[data-case='{number}']")
    page.wait_for_function("() => document.activeElement.id === 'pane-title'")
    assert f"case={number}" in page.url and page.get_attribute(f"#case-{number}", "aria-current") == "true"
    page.keyboard.press("b")
    assert focused(page) == "reason-return"
    page.keyboard.type("单位职责有误，重新派遣。")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#pane [data-key=d]")
    page.wait_for_selector("#tab-person .count:has-text('1')")
    page.keyboard.press("d")
    page.keyboard.press("Enter")
    page.wait_for_selector("#pane [data-key=b]")
    page.keyboard.press("Escape")
    assert focused(page) == f"case-{number}"

    page.keyboard.press("m")
    assert page.evaluate("document.activeElement.tagName") == "CANVAS"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") != "CANVAS"
    page.keyboard.press("?")  # letters can be switched off, and stay so
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    assert page.evaluate("document.activeElement.tagName") != "CANVAS"
