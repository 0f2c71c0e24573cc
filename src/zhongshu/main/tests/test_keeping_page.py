"""Nothing typed is lost in a browser: saved while one types, in two tabs, after the session has ended, with files."""

import io
import re
from typing import Any

import pytest
from PIL import Image

pytestmark = pytest.mark.page
AT = "/report/1101/"
SAVED = re.compile("已保存 [0-9]{2}:[0-9]{2}")


def picture() -> dict[str, Any]:
    photo = io.BytesIO()
    Image.new("RGB", (64, 48), "red").save(photo, "JPEG")
    return {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()}


def status(page: Any) -> Any:
    return page.locator("[data-draft] [role=status]")


def test_what_is_typed_is_saved_in_two_tabs_and_after_the_session_has_ended(visit: Any, axe: Any) -> None:
    from playwright.sync_api import expect

    first = visit("resident")
    first.goto(AT)
    first.get_by_label("情况描述").fill("路口有一堆垃圾。")
    first.locator("input[type=file][data-kind=photo]").set_input_files(picture())
    expect(status(first)).to_have_text(SAVED)
    expect(first.locator("[data-kept] img")).to_have_count(1)
    first.reload()
    expect(first.get_by_label("情况描述")).to_have_value("路口有一堆垃圾。")
    expect(first.locator("[data-kept] img")).to_have_count(1)
    second = first.context.new_page()
    second.goto(first.url)
    first.get_by_label("情况描述").fill("菜场门口有一堆垃圾。")
    expect(status(first)).to_have_text(SAVED)
    second.get_by_label("情况描述").fill("学校门口有一堆垃圾。")
    asked = second.get_by_role("alert").filter(has_text="菜场门口")
    expect(asked).to_be_visible()
    assert axe(second) == []
    asked.get_by_role("button", name="用我的").click()
    expect(asked).to_have_count(0)
    second.get_by_label("怎么称呼您").fill("林晓舟")
    expect(status(second)).to_have_text(SAVED)
    second.context.clear_cookies(name="sessionid")
    second.get_by_label("怎么称呼您").fill("林晓舟女士")
    expect(status(second)).to_contain_text("已为您保存，请登录后继续。")
