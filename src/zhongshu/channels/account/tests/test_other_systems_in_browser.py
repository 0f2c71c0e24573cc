"""In a real browser: no form of ours may lead to another host, and yet people arrive at the system that asked."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest

from zhongshu.channels.account.tests import elsewhere

CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@pytest.mark.page
def test_a_resident_signs_in_to_a_system_that_was_just_registered(
    visit: Callable[..., Any], axe: Callable[[Any], list[str]], platform: Any
) -> None:
    with elsewhere.listening(lambda path, said: {"arrived": path} | said) as library:
        desk = visit("administrator")
        desk.goto("/desk/admin/clients/")
        desk.fill("#name", "市图书馆")
        desk.fill("#name-en", "City library")
        desk.fill("#redirects", f"{library}/back")
        desk.check("#scope-profile")
        desk.click("form[data-once] button")
        number = desk.locator("code.key").first.inner_text()
        page = visit()
        asked = {
            "client_id": number, "redirect_uri": f"{library}/back", "response_type": "code", "scope": "openid profile",
            "state": "st", "code_challenge": CHALLENGE, "code_challenge_method": "S256",
        }  # fmt: skip
        page.goto(f"/oidc/authorize?{urlencode(asked)}")
        page.fill("input[name=login]", "resident")
        page.fill("input[name=password]", platform.password)
        page.click("main form button[type=submit]")
        page.wait_for_selector("button[value=yes]")
        assert axe(page) == []
        page.click("button[value=yes]")
        page.wait_for_url(lambda url: url.startswith(f"{library}/back?"))
        assert '"state": "st"' in page.content() and '"code"' in page.content()
