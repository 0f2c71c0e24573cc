"""A change of responsibility as two people make it in a browser: tried, proposed, approved."""

from collections.abc import Callable
from typing import Any

import pytest

from zhongshu.main.tests.acting import PHONE, row

pytestmark = pytest.mark.page

_BUSY = """
SELECT left(category, 2), left(place::text, 9), number FROM cases_case
WHERE body IS NOT NULL AND left(category, 2) <> '11' ORDER BY id DESC LIMIT 1
"""
_ANOTHER = """
SELECT id FROM people_body WHERE kind = 'company' AND ended IS NULL ORDER BY id LIMIT 1
"""


def test_a_change_is_tried_proposed_and_approved(
    visit: Callable[..., Any], platform: Any, axe: Callable[[Any], list[str]]
) -> None:
    (category, place, number), (body,) = row(platform.database, _BUSY), row(platform.database, _ANOTHER)
    supervisor = visit("supervisor", scripts=False)
    supervisor.goto(f"/desk/duties/?category={category}&place={place}")
    supervisor.click("a.btn-primary[href*='/duties/change/']")
    supervisor.select_option("#category", category)
    supervisor.select_option("#place", place)
    supervisor.select_option("#body", f"-{body}")
    supervisor.click("button[value=add]")
    supervisor.click("button[value=try]")
    assert supervisor.locator(f"a[href*='{number}']").count() == 1
    supervisor.fill("#reason", "管线类办件改由运营企业直接处置。")
    supervisor.click("button[value=propose]")
    supervisor.wait_for_url("**/duties/proposals/*-*/")
    address = supervisor.url

    leader = visit("leader")
    for language, width in (("en", PHONE), ("zh-hans", PHONE), ("zh-hans", 1440)):
        leader.context.add_cookies([{"name": "language", "value": language, "url": platform.url}])
        leader.set_viewport_size({"width": width, "height": 900})
        leader.goto(address)
        assert axe(leader) == [] and leader.evaluate("document.documentElement.scrollWidth") <= width
    leader.goto("/desk/duties/proposals/")
    leader.click(f"a[href='{address.removeprefix(platform.url)}']")
    assert f"{number}" in leader.inner_text("main")
    leader.fill("#answer", "同意试行。")
    leader.click("button[value=approve]")
    leader.wait_for_selector(".state-done")

    supervisor.goto(f"/desk/duties/?category={category}&place={place}&body=-{body}")
    assert supervisor.locator(".rows tbody tr").count() == 1


_CREW = """
SELECT a.body_id, a.id::text FROM people_account a JOIN people_grant g ON g.account_id = a.id AND g.role = 'handler'
WHERE a.closed IS NULL ORDER BY a.login LIMIT 1
"""


def test_a_shift_is_tried_where_it_is_typed_and_stays_as_typed(
    visit: Callable[..., Any], platform: Any, axe: Callable[[Any], list[str]]
) -> None:
    body, account = row(platform.database, _CREW)
    supervisor = visit("supervisor")
    supervisor.set_viewport_size({"width": PHONE, "height": 900})
    supervisor.goto(f"/desk/duties/rosters/?body=-{body}&span=day")
    supervisor.select_option("#account", account)
    supervisor.fill("#starts", "2031-03-03T08:00")
    supervisor.click("button[value=try]")
    supervisor.wait_for_selector("#planning #ends-wrong")
    supervisor.fill("#ends", "2031-03-03T16:00")
    supervisor.click("button[value=try]")
    supervisor.wait_for_selector("#tried-title")
    assert supervisor.input_value("#account") == account and supervisor.input_value("#ends") == "2031-03-03T16:00"
    assert axe(supervisor) == [] and supervisor.evaluate("document.documentElement.scrollWidth") <= PHONE
