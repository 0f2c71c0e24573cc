"""Ticking in a list: with the keyboard, the whole page, and what is ticked stays ticked."""

import pytest

pytestmark = pytest.mark.page


def test_a_list_is_ticked_by_keyboard_and_shows_what_can_be_done(visit, axe):
    page = visit("supervisor")
    page.goto("/desk/cases/")
    bar, boxes = page.locator("[data-picked]"), page.locator("tbody [name=pick]")
    assert bar.is_hidden()
    boxes.first.focus()
    page.keyboard.press("Space")
    assert "1" in bar.inner_text() and page.locator("[data-pick-all]").evaluate("box => box.indeterminate")
    page.locator("[data-pick-all]").check()
    assert str(boxes.count()) in bar.inner_text()
    page.locator("[data-pick-all]").uncheck()
    assert bar.is_hidden()
    boxes.nth(0).check()
    bar.get_by_role("button").click()
    assert page.locator("main tbody tr").count() >= 1
    assert axe(page) == []
