"""A patrol's find, handled and verified by three people with telephones."""

from io import BytesIO

import psycopg
import pytest
from PIL import Image

from zhongshu.main.tests.acting import whose

pytestmark = pytest.mark.page

PHONE = 390

_CELL = """
SELECT c.lon, c.lat FROM places_cell c JOIN people_cell_officer o ON o.cell = c.code
JOIN people_account a ON a.id = o.account_id WHERE a.login = %s ORDER BY c.code LIMIT 1
"""


@pytest.fixture
def ask(platform):
    """The first row a question to the platform's database finds."""
    with psycopg.connect(platform.database, autocommit=True) as database:
        yield lambda question, value: database.execute(question, [value]).fetchone()


@pytest.fixture
def picture():
    """A photo as a telephone has it."""
    out = BytesIO()
    Image.new("RGB", (800, 600), (120, 140, 90)).save(out, "JPEG")
    return {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def stand(page, lon, lat):
    page.context.set_geolocation({"longitude": lon, "latitude": lat, "accuracy": 8})


def fits(page):
    """No page is wider than the telephone."""
    return page.evaluate("document.documentElement.scrollWidth") <= PHONE


def take_photo(page, picture):
    """Choose a photo; it is sent at once."""
    page.set_input_files("input[type=file]", picture)
    page.wait_for_selector(".kept-photos img")


def report(visit, ask, axe, picture):
    """What a grid officer finds, told from the street; the case's number."""
    page, (lon, lat) = visit("grid001", PHONE), ask(_CELL, "grid001")
    stand(page, lon, lat)
    page.goto("/mobile/report/?q=垃圾")
    assert axe(page) == [] and fits(page)
    page.click("text=暴露垃圾 >> nth=0")
    page.fill("textarea[name=description]", "绿化带旁有一堆装修垃圾。")
    take_photo(page, picture)
    page.wait_for_selector("text=已定位")
    assert axe(page) == [] and fits(page)
    page.click("form#patrol .act button")
    return page.locator("[role=status]").inner_text().split("编号 ")[1].rstrip("。"), lon, lat


def opened(visit, login, number, lon, lat):
    """The task of a case, opened from the list by who does it."""
    page = visit(login, PHONE)
    stand(page, lon, lat)
    page.goto("/mobile/")
    page.click(f"a[href*='{number}']")
    page.click("form.act button")
    page.wait_for_selector("form.finish")
    return page


def test_a_find_is_handled_and_verified_by_telephone(visit, platform, ask, axe, picture):
    number, lon, lat = report(visit, ask, axe, picture)
    page = opened(visit, whose(platform.database, number), number, lon, lat)
    page.click("text=我已到场")
    page.wait_for_selector("dt:has-text('到场')")
    page.check("input[value=done]")
    page.fill("textarea[name=note]", "已清运干净。")
    take_photo(page, picture)
    assert axe(page) == [] and fits(page)
    page.click("form.finish .act button")
    page.wait_for_selector(f"text={number} 已提交。")

    page = opened(visit, whose(platform.database, number), number, lon, lat + 0.02)
    page.check("input[name=passed][value=true]")
    take_photo(page, picture)
    page.wait_for_selector("form.finish >> text=须在 500 米以内才能提交")
    page.click("form.finish .act button")
    page.wait_for_selector("#summary")
    assert "您距事发地点约" in page.inner_text("#summary") and page.is_visible(".kept-photos img")
    assert axe(page) == [] and fits(page)
    stand(page, lon, lat)
    page.click("form.finish [data-locate]")
    page.wait_for_selector("form.finish >> text=距事发地点约 10 米")
    page.click("form.finish .act button")
    page.wait_for_selector(f"text={number} 已提交。")


def test_a_lost_connection_costs_no_photo(visit, ask, axe, picture):
    page, (lon, lat) = visit("grid001", PHONE), ask(_CELL, "grid001")
    stand(page, lon, lat)
    page.goto("/mobile/report/1101/")
    page.context.set_offline(True)
    page.set_input_files("input[type=file]", picture)
    page.wait_for_selector("text=/提交时会再传一次|照片已存在手机里/")
    page.context.set_offline(False)
    page.wait_for_selector("text=已定位")
    page.fill("textarea[name=description]", "绿化带旁有一堆装修垃圾。")
    page.click("form#patrol .act button")
    page.wait_for_selector("text=已上报")


def test_without_scripts_the_form_says_what_to_do(visit, ask):
    page = visit("grid001", PHONE, scripts=False)
    page.goto("/mobile/report/1101/")
    assert "选择所在的网格或社区" in page.inner_text("#field-own-position")
    page.fill("textarea[name=description]", "绿化带旁有一堆装修垃圾。")
    page.select_option("select[name=own-place]", index=1)
    page.click("form#patrol .act button")
    assert "已上报" in page.inner_text("main")
