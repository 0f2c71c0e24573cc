"""A migration as the worker does it: begun, approved by another and watched, on a desk and on a telephone."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings


@pytest.mark.page
def test_running_cases_move_to_a_new_version_while_one_looks(
    platform: Any, visit: Callable[..., Any], axe: Callable[[Any], list[str]], tmp_path: Path
) -> None:
    here = tmp_path / "street-vending"
    shutil.copytree(settings.SCENARIOS / "street-vending", here)
    with (here / "scenario.toml").open("a", encoding="utf-8") as page:
        page.write("\n# The same once more.\n")
    platform.command("load", "scenarios", str(tmp_path))
    page = visit("administrator")
    page.goto("/desk/versions/")
    page.get_by_role("button", name="占道经营").click()
    page.get_by_label("申请理由").fill("新版写得更清楚")
    assert axe(page) == []
    page.get_by_role("button", name="提交申请").click()
    page.get_by_text("等待审批").first.wait_for()
    leader = visit("leader", width=390)
    leader.goto(page.url)
    leader.get_by_role("button", name="同意，开始迁移").click()
    leader.get_by_text("已完成").wait_for()
    assert leader.evaluate("document.documentElement.scrollWidth") <= 390
    leader.get_by_role("link", name="已迁移").click()
    assert leader.get_by_role("row").count() > 1
