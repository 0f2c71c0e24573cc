"""Applicants' forms in a browser: by keyboard and screen reader alone, and as large as a city has few."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from zhongshu.engine.processes.tests.drawing import END, START, drawn, path, task
from zhongshu.main.bench.intake import form as large
from zhongshu.registers.documents.tests.test_files import pdf

pytestmark = pytest.mark.page
SAVED = re.compile("已保存 [0-9]{2}:[0-9]{2}")
PAGE = """
code = "{code}"
name = "{name}"
name_en = "{code}"
prefix = "{prefix}"
process = "process.bpmn"
form = "form.json"
[start]
by = ["applicant"]
[case]
deadline = "10 working_days"
responsible = "started.body"
[phases]
looking = {{ name = "审核中", name_en = "Looked at" }}
closed = {{ name = "已办结", name_en = "Closed" }}
[tasks.look]
phase = "looking"
name_en = "Look"
role = "handler"
pool = "body"
deadline = "2 working_days"
"""


def aid(**more: Any) -> dict[str, Any]:
    """Two steps: rows with a sum and what hangs on it; then papers; and in the first `more`."""
    members = {
        "name": {"type": "string", "title": "姓名"}, "works": {"type": "boolean", "title": "有工作"},
        "income": {"type": "number", "title": "月收入", "x-ui": {"visible": "works", "required": "works"}},
    }  # fmt: skip
    high = "total > 3000"
    properties = {
        "members": {
            "type": "array", "title": "家庭成员", "maxItems": 4,
            "items": {"type": "object", "properties": members, "required": ["name"]},
        },
        "total": {"type": "number", "title": "合计", "x-ui": {"computed": "sum(members.income)"}},
        "why": {"type": "string", "title": "为什么仍有困难", "x-ui": dict.fromkeys(("visible", "required"), high)},
        "proof": {"type": "string", "format": "file", "title": "证明"}, **more,
    }  # fmt: skip
    steps = [
        {"name": "who", "title": "家庭", "groups": [
            {"name": "who", "fields": ["members", "total"]}, {"name": "need", "title": "困难", "fields": ["why"]},
            {"name": "more", "fields": [*more]},
        ]},
        {"name": "papers", "title": "材料", "groups": [{"name": "papers", "fields": ["proof"]}]},
    ]  # fmt: skip
    return {"type": "object", "title": "困难补助", "properties": properties, "x-ui": {"steps": steps}}


@pytest.fixture(scope="module")
def publish(platform: Any, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., None]:
    """`publish(code=document)`: each as the form of something that residents may apply for, in a new version."""

    def load(**documents: dict[str, Any]) -> None:
        root = tmp_path_factory.mktemp("scenarios")
        for code, document in documents.items():
            (folder := root / code).mkdir()
            (folder / "scenario.toml").write_text(
                PAGE.format(code=code, name=document["title"], prefix=code[:3].upper())
            )
            (folder / "process.bpmn").write_bytes(drawn(START, task("look"), END, path("start", "look", "end")))
            (folder / "form.json").write_text(json.dumps(document))
        assert platform.command("load", "scenarios", str(root)).returncode == 0

    load(aid=aid(street={"type": "string", "title": "哪条街"}), large=large.document())
    return load


def reach(wanted: Any) -> Any:
    """Go on with Tab alone until the focus is there."""
    for _ in range(40):
        if wanted.evaluate("part => part === document.activeElement"):
            return wanted.page.keyboard
        wanted.page.keyboard.press("Tab")
    raise AssertionError(f"no Tab leads to {wanted}")


def works(page: Any, row: int, name: str, income: str) -> None:
    """Fill in one row: each answer is a Tab away from the one before."""
    keys = reach(page.locator(f'[name="members.{row}.name"]'))
    keys.insert_text(name)
    keys.press("Tab")
    keys.press("Space")
    page.locator(f'[name="members.{row}.income"]').wait_for()
    keys.press("Tab")
    keys.type(income)


def dropping(page: Any, place: int) -> Any:
    """The button that takes a row away."""
    return page.get_by_role("button", name=re.compile(f"去掉这一行.*家庭成员 {place}"))


def test_a_form_is_filled_in_with_keys_alone_and_what_is_heard_and_kept_is_right(
    publish: Callable[..., None], visit: Any, axe: Any
) -> None:
    from playwright.sync_api import expect

    page = visit("resident")
    page.goto("/start/aid/")
    add, onward = page.get_by_role("button", name="再加一行"), page.locator(".actions button").first
    said, more = page.locator("[data-row-said]"), page.locator("[data-more]")
    kept = page.locator("[data-draft] [role=status]")
    works(page, 0, "林晓舟", "2500")
    reach(add).press("Enter")
    expect(page.locator('[name="members.1.name"]')).to_be_focused()
    expect(said).to_have_text("已加一行，现在有 2 行")
    expect(page.get_by_role("group", name="困难")).to_be_hidden()
    works(page, 1, "林母", "2000")
    expect(more).to_have_text("多了要填的内容：为什么仍有困难")
    expect(page.get_by_role("group", name="困难")).to_be_visible()
    expect(page.get_by_label("合计")).to_have_text("4500")
    reach(add).press("Enter")
    reach(dropping(page, 3)).press("Enter")
    expect(dropping(page, 2)).to_be_focused()
    expect(said).to_have_text("已去掉一行，现在有 2 行")
    reach(page.get_by_label("哪条街")).insert_text("海风街")
    reach(onward).press("Enter")
    wrong = page.get_by_role("alert").filter(has_text="有几处需要改正")
    expect(wrong).to_be_focused()
    assert axe(page) == []
    reach(wrong.get_by_role("link")).press("Enter")
    why = page.get_by_label("为什么仍有困难")
    expect(why).to_be_focused()
    expect(why).to_have_accessible_description("请填写这一项。")
    page.keyboard.insert_text("母亲长期服药。")
    expect(kept).to_have_text(SAVED)
    page.reload()
    expect(why).to_have_value("母亲长期服药。")
    expect(page.locator('[name="members.1.name"]')).to_have_value("林母")
    reach(onward).press("Enter")
    expect(page.get_by_text("第 2 步，共 2 步")).to_be_focused()
    expect(page).to_have_title(re.compile("第 2 步，共 2 步"))
    proof = page.locator("#field-proof")
    reach(proof)
    proof.set_input_files({"name": "收入.txt", "mimeType": "text/plain", "buffer": b"2500"})
    expect(proof).to_have_attribute("aria-invalid", "true")
    expect(proof).to_have_accessible_description(re.compile("收入.txt：只能上传 PDF"))
    proof.set_input_files({"name": "收入.pdf", "mimeType": "application/pdf", "buffer": pdf()})
    expect(proof).to_have_accessible_description("已上传 收入.pdf")
    assert axe(page) == []
    expect(kept).to_have_text(SAVED)
    page.go_back()
    expect(why).to_have_value("母亲长期服药。")
    publish(aid=aid(village={"type": "string", "title": "哪个村社"}))
    expect_newest(page)
    reach(onward).press("Enter")
    moved = page.get_by_role("region", name="这张表改过了")
    expect(moved).to_be_focused()
    expect(moved).to_contain_text("哪条街：海风街")
    expect(moved).to_contain_text("哪个村社")
    expect(why).to_have_value("母亲长期服药。")
    assert axe(page) == []
    reach(onward).press("Enter")
    expect(page.get_by_role("link", name="收入.pdf")).to_be_visible()
    reach(page.get_by_role("button", name="提交")).press("Enter")
    page.wait_for_url("**/start/sent/**")


def expect_newest(page: Any) -> None:
    """Until the pages' process has seen the newer version of the form."""
    for _ in range(50):
        if "哪个村社" in page.request.get("/start/aid/").text():
            return
        page.wait_for_timeout(100)
    raise AssertionError("the newer form is not seen")


@pytest.mark.usefixtures("publish")
def test_two_hundred_questions_settle_in_the_page_and_are_asked_one_by_one_in_large_type(visit: Any, axe: Any) -> None:
    from playwright.sync_api import expect

    page = visit("resident", width=390)
    page.goto("/start/large/")
    page.evaluate("window.here = true")
    hangs = page.locator('[data-question="field_8"]')
    expect(hangs).to_be_hidden()
    reach(page.get_by_role("group", name="第 0 项").get_by_label("是")).press("Space")
    expect(hangs).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(hangs).to_be_hidden()
    page.keyboard.press("ArrowUp")
    reach(page.get_by_label("第 3 项")).insert_text("海" * 100)
    expect(page.locator("[data-draft] [role=status]")).to_have_text(SAVED)
    assert page.evaluate("window.here"), "a round is no load of the page"
    page.reload()
    expect(page.get_by_label("第 3 项")).to_have_value("海" * 100)
    expect(hangs).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    elder = visit("resident", width=390, elder=True)
    elder.goto(page.url.replace("step=step_0", "step=field_3"))
    expect(elder.locator("[data-question]:visible")).to_have_count(1)
    expect(elder.get_by_label("第 3 项")).to_have_value("海" * 100)
    step = elder.locator(".progress-words")
    expect(step).to_have_text(re.compile("^第 4 步，共 [0-9]{2,3} 步$"))
    reach(elder.get_by_role("button", name="下一步").last).press("Enter")
    expect(step).to_have_text(re.compile("^第 5 步"))
    expect(step).to_be_focused()
    assert axe(elder) == []
    assert elder.evaluate("document.documentElement.scrollWidth") <= 390
