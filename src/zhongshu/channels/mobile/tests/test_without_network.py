"""An officer without network: pages as they were kept, work that waits, one conflict on return."""

from io import BytesIO

import psycopg
import pytest
from PIL import Image

pytestmark = pytest.mark.page

PHONE = 390

_TWO = """
SELECT min(a.login), (array_agg(DISTINCT c.number || '/tasks/' || t.token))[1:2]
FROM cases_task t JOIN cases_case c ON c.id = t.case_id
JOIN people_grant g ON g.role = t.role AND g.place = t.pool JOIN people_account a ON a.id = g.account_id
WHERE t.closed IS NULL AND t.role = 'verifier' AND c.scenario = 'city-event'
GROUP BY t.pool HAVING count(DISTINCT c.number) > 1 ORDER BY t.pool LIMIT 1
"""
_THEIRS = """
UPDATE cases_task t SET by_rule = false, claimed = NULL, arrived = NULL,
       assignee = (SELECT id FROM people_account WHERE login = %s)
FROM cases_case c WHERE c.id = t.case_id AND c.number || '/tasks/' || t.token = ANY(%s)
"""
_SPOT = "SELECT lon, lat FROM cases_case WHERE number = %s"
_TAKEN = """
UPDATE cases_task t SET claimed = t.opened, assignee = (
    SELECT id FROM people_account WHERE login <> %s AND login LIKE 'verifier%%' ORDER BY login LIMIT 1)
FROM cases_case c WHERE c.id = t.case_id AND c.number || '/tasks/' || t.token = %s
"""
_ENDING = """
SELECT t.ending FROM cases_task t JOIN cases_case c ON c.id = t.case_id WHERE c.number || '/tasks/' || t.token = %s
"""
_IN_THEIR_CELL = """
SELECT c.lon, c.lat FROM cases_case c JOIN people_grant g ON starts_with(c.place::text, g.place::text)
JOIN people_account a ON a.id = g.account_id WHERE a.login = 'grid001' AND c.lon IS NOT NULL LIMIT 1
"""
_TOLD = "SELECT count(*) FROM cases_case WHERE data->'answers'->>'description' IN (%s, %s)"
_KEPT = """async (wanted) => {
  const name = (await caches.keys()).find((one) => one.startsWith("pages:"));
  const cache = name && (await caches.open(name));
  for (const address of wanted) if (!cache || !(await cache.match(address))) return false;
  return true;
}"""


@pytest.fixture
def database(platform):
    """The platform's own."""
    with psycopg.connect(platform.database, autocommit=True) as connection:
        yield connection


def picture():
    out = BytesIO()
    Image.new("RGB", (800, 600), (120, 140, 90)).save(out, "JPEG")
    return {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def wait_until_kept(page, addresses):
    """The worker keeps pages one after the other, while the officer reads the list."""
    for _ in range(200):
        if page.evaluate(_KEPT, addresses):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"not kept: {addresses}")


def accept(page, address):
    page.goto(address)
    page.click("form[data-act] .btn-primary")
    page.wait_for_selector("#kept-notice:visible")


def test_what_is_done_without_network_is_sent_on_return_and_a_conflict_stays_with_what_happened(visit, database, axe):
    from playwright.sync_api import expect

    login, (first, second) = database.execute(_TWO).fetchone()
    database.execute(_THEIRS, [login, [first, second]])
    lon, lat = database.execute(_SPOT, [first.split("/")[0]]).fetchone()
    page, addresses = visit(login, PHONE), [f"/mobile/cases/{one}/" for one in (first, second)]
    page.context.set_geolocation({"longitude": lon, "latitude": lat, "accuracy": 8})
    page.goto("/mobile/")
    wait_until_kept(page, [*addresses, "/mobile/waiting/"])

    page.context.set_offline(True)
    accept(page, addresses[0])
    page.goto(addresses[0])
    assert "没有网络。这是" in page.inner_text("#offline")
    page.wait_for_selector("form.finish:visible")
    page.check("form.finish input[name=passed][value=true]")
    page.set_input_files("form.finish input[type=file] >> nth=0", picture())
    page.wait_for_selector(".kept-photos img")
    page.wait_for_selector("form.finish >> text=已定位")
    page.click("form.finish .act button")
    page.wait_for_selector("#kept-notice:visible")
    accept(page, addresses[1])
    expect(page.locator(".act-item")).to_have_count(4)  # the script draws the list when the page is there
    expect(page.locator("[data-count]").first).to_have_text("4")
    assert axe(page) == []

    database.execute(_TAKEN, [login, second])
    page.context.set_offline(False)
    page.wait_for_selector(".act-item .wrong:visible")
    assert page.locator(".act-item").count() == 1
    assert "领办，请选择其他待办" in page.inner_text(".act-item")
    assert database.execute(_ENDING, [first]).fetchone() == ("done",)
    page.click("[data-drop] summary")
    page.click("[data-drop] button")
    page.wait_for_selector("#no-acts:visible")


def test_a_telephone_that_is_not_told_the_network_is_back_sends_all_the_same(visit, database):
    login, (first, _) = database.execute(_TWO).fetchone()
    database.execute(_THEIRS, [login, [first]])
    page, address = visit(login, PHONE), f"/mobile/cases/{first}/"
    page.add_init_script("addEventListener('online', (event) => event.stopImmediatePropagation())")
    page.goto("/mobile/")
    wait_until_kept(page, [address, "/mobile/waiting/"])
    page.context.set_offline(True)
    accept(page, address)
    page.context.set_offline(False)
    page.wait_for_selector("#no-acts:visible")


def test_a_report_is_there_after_a_refresh_and_a_page_kept_from_before_sends_one_of_its_own(visit, database):
    from playwright.sync_api import expect

    page, (lon, lat) = visit("grid001", PHONE), database.execute(_IN_THEIR_CELL).fetchone()
    page.context.set_geolocation({"longitude": lon, "latitude": lat, "accuracy": 8})
    page.goto("/mobile/")
    wait_until_kept(page, ["/mobile/waiting/"])
    page.goto("/mobile/report/1101/")
    page.get_by_label("情况描述").fill("路边有一堆建筑垃圾。")
    expect(page.locator("[data-draft] [role=status]")).to_contain_text("已保存")
    page.reload()
    expect(page.get_by_label("情况描述")).to_have_value("路边有一堆建筑垃圾。")
    send(page, "**/mobile/?reported=*")

    page.context.set_offline(True)
    page.goto("/mobile/report/1101/")
    page.get_by_label("情况描述").fill("路灯下有一堆纸箱。")
    send(page, "**/mobile/waiting/?kept=1")
    page.context.set_offline(False)
    page.wait_for_selector("#no-acts:visible")
    assert database.execute(_TOLD, ["路边有一堆建筑垃圾。", "路灯下有一堆纸箱。"]).fetchone() == (2,)


def send(page, onward):
    page.wait_for_selector("text=已定位")
    page.click("#patrol .act button")
    page.wait_for_url(onward)


def test_nobody_else_finds_the_pages_kept_for_an_officer(visit):
    page = visit("grid001", PHONE)
    page.goto("/mobile/")
    wait_until_kept(page, ["/mobile/waiting/"])
    page.click("form[action$='/sign-out/'] button")
    page.wait_for_selector("a[href*='sign-in']")
    page.wait_for_function("caches.keys().then((names) => !names.some((name) => name.startsWith('pages:')))")
