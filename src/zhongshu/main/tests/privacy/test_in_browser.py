"""Somebody registers, has everything deleted again, and holds the proof: with the worker doing the destroying."""

from collections.abc import Callable
from typing import Any

import pytest

from zhongshu.main.tests.running import eventually

LOGIN, NAME = "gone-tomorrow", "慕容离"


@pytest.mark.page
def test_who_registered_has_all_of_it_destroyed_and_keeps_the_proof(
    visit: Callable[..., Any], axe: Callable[[Any], list[str]]
) -> None:
    own = visit(width=390)
    own.goto("/register/")
    for field, value in {"login": LOGIN, "name": NAME, "password": "sea-wind-and-rain"}.items():
        own.fill(f"[name={field}]", value)
    own.click("main form .actions button")
    own.check("[name=consent]")
    own.fill("[name=password]", "sea-wind-and-rain")
    own.click("main form .actions button")
    own.goto("/account/privacy/")
    own.select_option("#kind", "close")
    own.fill("#reason", "不再使用")
    own.click("form:has(#reason) button")
    proof = own.inner_text("#requests .number")

    officer = visit("privacy")
    officer.goto("/desk/privacy/")
    officer.click("table.rows tbody tr:last-child a")
    assert axe(officer) == []
    officer.click("button[value=approve]")

    def genuine() -> bool:
        anybody.goto(proof)
        return anybody.locator(".state-done").count() == 1

    anybody = visit()
    eventually(genuine, "the certificate")
    assert axe(anybody) == []
    own.goto("/account/privacy/")
    assert "/sign-in/" in own.url
