"""A passkey in a real browser: made on its page, and all that is needed to come back."""

from typing import Any

import pytest

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.mark.page
def test_a_passkey_is_made_and_signs_in_by_itself(_chromium: Any, platform: Any, axe: Any) -> None:
    """Under the name `localhost`: a passkey is bound to a name, never to a number. The account is this story's own:
    whoever has a passkey is asked for it ever after.
    """
    context = _chromium.new_context(base_url=platform.url.replace("127.0.0.1", "localhost"), locale="zh-CN")
    page = context.new_page()
    browser = context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})

    page.goto("/sign-in/?next=/account/security/passkeys/")
    page.fill("input[name=login]", "supervisor31")
    page.fill("input[name=password]", platform.password)
    page.click("main form:not([data-passkey]) button")
    page.wait_for_url("**/passkeys/")
    page.fill("input[name=name]", "办公电脑")
    page.click("form[data-passkey] button")
    page.wait_for_url("**/account/security/")
    assert "办公电脑" in page.inner_text("main")

    page.click("text=退出")
    page.goto("/sign-in/?next=/account/sessions/")
    assert axe(page) == []
    page.click("form[data-passkey] button")
    page.wait_for_url("**/account/sessions/")
    assert "通行密钥" in page.inner_text("main")
    context.close()
