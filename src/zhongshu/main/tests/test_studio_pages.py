"""The studio in a browser: a question to twelve bodies from a pattern to answers and away; an approval that grows."""

import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.engine.cases.doors import handlers as services
from zhongshu.engine.cases.queries.scenarios import files_of
from zhongshu.engine.cases.rules.examining import examine
from zhongshu.main.tests.keys import Keys

_HANDLERS = """
SELECT DISTINCT ON (b.id) b.id, b.name, a.login FROM people_account a JOIN people_body b ON b.id = a.body_id
JOIN people_grant g ON g.account_id = a.id AND g.role = 'handler' AND g.body_id = b.id
WHERE a.closed IS NULL AND b.ended IS NULL ORDER BY b.id, a.login LIMIT 12
"""


def handlers(platform: Any) -> list[tuple[int, str, str]]:
    """Twelve bodies with somebody in each who handles what it is asked: id, name, login."""
    with psycopg.connect(platform.database) as connection:
        return connection.execute(_HANDLERS).fetchall()


def begin(page: Any, pattern: str, name: str, english: str) -> None:
    """A draft from a pattern, on its overview."""
    page.goto("/desk/studio/")
    page.get_by_role("link", name="新建场景").click()
    page.get_by_label(f"样板：{pattern}").check()
    page.get_by_label("名称（做成新的场景时）").fill(name)
    page.get_by_label("英文名称").fill(english)
    page.get_by_role("button", name="开始编写").click()
    page.get_by_role("heading", name=name, level=1).wait_for()


def part(page: Any, name: str) -> None:
    """Go to another part of the draft."""
    page.get_by_role("navigation", name="场景的各部分").get_by_role("link", name=name, exact=False).click()


def publish(page: Any, visit: Callable[..., Any], reason: str) -> None:
    """The draft on this page proposed by its author and approved by another."""
    part(page, "发布")
    page.get_by_label("申请理由").fill(reason)
    page.get_by_role("button", name="申请发布").click()
    page.get_by_text("等待审批").first.wait_for()
    leader = visit("leader", width=390)
    leader.goto(page.url)
    leader.get_by_text(reason).wait_for()
    assert leader.evaluate("document.documentElement.scrollWidth") <= 390
    leader.get_by_role("button", name="同意，发布").click()
    leader.get_by_role("heading", name="场景工作室").wait_for()


def ask_more(page: Any) -> None:
    """A question more in what each body answers."""
    part(page, "问卷")
    page.get_by_role("link", name="编辑 答复").click()
    page.get_by_label("问什么").fill("建议由哪家牵头")
    page.get_by_label("题型", exact=True).select_option("单行文字")
    page.get_by_role("button", name="加上").click()
    page.get_by_role("heading", name="填写的人看到的").wait_for()
    page.locator(".preview-box").get_by_label("建议由哪家牵头").wait_for()


def try_it(page: Any, bodies: list[str], axe: Callable[[Any], list[str]]) -> None:
    """The question tried on paper: one body answers, Friday passes, and the trial stays as an example."""
    part(page, "试办")
    page.get_by_label("事项名称").fill("先试着问一次")
    page.get_by_label("征询的问题").fill("行不行？")
    for name in bodies:
        page.get_by_label(name, exact=True).check()
    page.get_by_label("哪天前答复").fill(f"{datetime.now(SHANGHAI) + timedelta(days=9):%Y-%m-%d}")
    page.get_by_role("button", name="开始试办").last.click()
    page.get_by_role("heading", name="现在等谁办").wait_for()
    assert axe(page) == []
    page.get_by_role("group", name="是否同意").get_by_label("是", exact=True).check()
    page.get_by_role("button", name="提交").click()
    page.get_by_role("button", name="到下一件事").click()
    page.get_by_role("button", name="存为例子").click()
    page.get_by_text("走得通").first.wait_for()


def answer(page: Any, case: str, opinion: str) -> None:
    """One body's answer on the page of the case."""
    page.goto(case)
    page.get_by_role("group", name="是否同意").get_by_label("是", exact=True).check()
    page.get_by_label("意见").last.fill(opinion)
    page.get_by_role("button", name="提交").click()

    page.wait_for_url("**done=**")


@pytest.mark.page
def test_an_official_asks_twelve_bodies_without_writing_code(
    platform: Any, visit: Callable[..., Any], axe: Callable[[Any], list[str]], tmp_path: Path
) -> None:
    page = visit("author")
    begin(page, "征询意见", "夜间施工征询", "Night works")
    page.get_by_text("没有要改的地方").wait_for()
    asked = handlers(platform)
    ask_more(page)
    try_it(page, [name for _, name, _ in asked], axe)
    publish(page, visit, "下周开会前要收齐意见")
    draft = page.url.partition("publish/")[0]

    supervisor = visit("supervisor")
    supervisor.goto("/desk/start/")
    supervisor.get_by_role("link", name="夜间施工征询").click()
    supervisor.get_by_label("事项名称").fill("夜间施工怎么管")
    supervisor.get_by_label("征询的问题").fill("夜间施工许可由哪家牵头，能否提前公示？")
    for _, name, _ in asked:
        supervisor.get_by_label(name, exact=True).check()
    supervisor.get_by_label("哪天前答复").fill(f"{datetime.now(SHANGHAI) + timedelta(days=4):%Y-%m-%d}")
    supervisor.get_by_role("button", name="下一步").click()
    supervisor.get_by_role("button", name="发起", exact=True).click()
    supervisor.get_by_role("heading", name="夜间施工怎么管").wait_for()
    case = supervisor.url

    for _, name, login in asked[:3]:
        answer(visit(login), case, f"{name}同意提前公示")
    supervisor.goto(case)
    for _, name, _ in asked[:3]:
        supervisor.get_by_text(f"{name}同意提前公示").first.wait_for()
    assert axe(supervisor) == []

    with page.expect_download() as download:
        page.goto(draft)
        page.get_by_role("link", name="导出为文件夹").click()
    _can_run_elsewhere(download.value.path(), tmp_path)


@pytest.mark.page
def test_an_approval_gets_a_joint_review_and_is_published_by_keyboard_alone(
    visit: Callable[..., Any], axe: Callable[[Any], list[str]]
) -> None:
    keys = Keys(visit("author"))
    keys.open("/desk/studio/new/")
    keys.tick("样板：审批")
    keys.press("开始编写")
    assert keys.at == "名称（做成新的场景时）", "what is refused takes the focus"
    keys.write("占道许可")
    keys.fill("英文名称", "Street permit")
    keys.press("开始编写")

    keys.press("问卷")
    keys.press("编辑 受理")
    keys.fill("问什么", "会审单位")
    keys.choose("题型", "多个单位")
    keys.press("加上")
    assert keys.at.startswith("会审单位"), "one goes on at the new question"

    keys.press("流程")
    keys.press("修改 5 审查")
    keys.unfold("在后面加环节（由人办理）")
    keys.press("加环节")
    assert keys.at == "环节名称" and axe(keys.page) == []
    keys.write("会审")
    keys.fill("英文名称", "Joint review")
    keys.press("加环节")
    assert keys.at.startswith("6 环节 会审"), "at the new row"
    keys.unfold("给清单里的每一项各办一次")
    keys.choose("对哪个清单里的每一项", "受理：会审单位")
    keys.press("保存")
    assert "会审单位" in keys.at

    keys.press("环节和期限")
    keys.press("会审")
    keys.choose("怎样定", "多长时间")
    keys.fill("多长", "soon")
    keys.press("保存")
    assert keys.at == "多长" and axe(keys.page) == []
    keys.write("5")
    keys.press("保存")
    assert keys.at.startswith("会审")
    keys.press("问卷")
    keys.press("新建问卷 会审")
    keys.fill("问什么", "会审意见")
    keys.press("加上")
    keys.press("概览")
    assert axe(keys.page) == []

    keys.press("发布")
    keys.fill("申请理由", "多家会审，一次告知")
    keys.press("申请发布")
    leader = Keys(visit("leader", width=390))
    leader.open(keys.page.url)
    assert leader.page.evaluate("document.documentElement.scrollWidth") <= 390
    leader.press("同意，发布")
    leader.page.get_by_role("heading", name="场景工作室").wait_for()


def _can_run_elsewhere(export: Path, at: Path) -> None:
    """What was exported is a folder as those under `scenarios/`: whole, and nothing to be said of it anywhere."""
    folder = at / "scenarios"
    zipfile.ZipFile(export).extractall(folder)
    assert [path.name for path in folder.iterdir()] == ["night-works"]
    assert examine(files_of(folder / "night-works"), services) == ()
