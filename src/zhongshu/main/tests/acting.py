"""What people do in a browser, for the stories of several people.

Names of fields are used, so that any language will do.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import psycopg
from PIL import Image

PHONE = 390
AREA = 1101
"""A category that residents report, patrols find and automatic dispatch knows: exposed rubbish."""

_OPEN_TASK = """
SELECT t.role, a.login, t.pool FROM cases_task t JOIN cases_case c ON c.id = t.case_id
LEFT JOIN people_account a ON a.id = t.assignee WHERE c.number = %s AND t.closed IS NULL
"""
_GIVEN_BY_HAND = """
UPDATE cases_task t SET by_rule = false,
       assignee = CASE WHEN t.role IN ('handler', 'verifier') THEN a.id ELSE t.assignee END
FROM people_account a, cases_case c
WHERE a.login = %s AND c.number = %s AND c.id = t.case_id AND t.closed IS NULL RETURNING 1
"""
_ABLE = """
SELECT min(a.login) FROM people_account a JOIN people_grant g ON g.account_id = a.id
WHERE g.role = %s AND (g.place = %s OR g.body_id = -%s)
"""


@dataclass(frozen=True, slots=True)
class Told:
    """A matter that was told of: its number and query code, and where it is."""

    number: str
    code: str
    lon: float
    lat: float


def picture() -> dict[str, Any]:
    """A photo as a telephone has it."""
    out = BytesIO()
    Image.new("RGB", (800, 600), (120, 140, 90)).save(out, "JPEG")
    return {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def tell(page: Any, description: str, *, address: str = "", name: str = "") -> Told:
    """A resident looks for the category, says what is wrong, adds a photo, picks the place on the map and sends it.

    In elder mode the same form asks one thing a page.
    """
    page.goto("/")
    page.click("main a[href='/report/']")
    page.fill("[name=q]", "垃圾")
    page.press("[name=q]", "Enter")
    page.click(f"a[href^='/report/{AREA}/']")
    page.fill("[name=description]", description)
    page.wait_for_load_state()  # the first question is there before the map below it
    while page.locator("button[value=next].btn").count():
        _answer(page, address, name)
        page.click("button[value=next].btn")
        page.wait_for_load_state()
    _answer(page, address, name)
    lon, lat = (float(page.input_value(f"[name=place-{axis}]")) for axis in ("lon", "lat"))
    send(page)
    number, code = page.locator(".ticket dd").all_inner_texts()
    return Told(number, code, lon, lat)


def send(page: Any) -> None:
    """Send the report; where something near by is known already, it is another matter."""
    with page.expect_navigation():
        page.click("main form .actions button[value=send]")
    if page.locator("button[name=report-known][value=other]").count():
        page.click("button[name=report-known][value=other]")
    page.wait_for_url("**/report/sent/**")


def _answer(page: Any, address: str, name: str) -> None:
    """Whatever this page asks besides the description."""
    if page.locator(".file:visible").count():
        page.set_input_files("input[type=file]", picture())
    if page.locator("[data-map]:visible").count():
        page.fill("[name=place-address]", address)
        page.locator("[data-map] canvas").click()
        page.wait_for_function("() => document.getElementById('where').textContent.trim() !== ''")
    if page.locator("[name=contact-name]:visible").count():
        page.fill("[name=contact-name]", name)


def at_the_desk(page: Any, number: str, **answers: str) -> None:
    """An official finds the case, takes its task and answers; texts are typed, choices chosen."""
    page.goto(f"/desk/cases/{number}/")
    if page.locator("form[action$='/claim/']").count():
        page.click("form[action$='/claim/'] button")
    for field, answer in answers.items():
        _say(page, field, answer)
    page.click("form[action$='/complete/'] .actions button")
    page.wait_for_selector(f".notice-line a[href*='{number}']")


def _say(page: Any, field: str, answer: str) -> None:
    if page.locator(f"input[name={field}][value='{answer}']").count():
        page.check(f"input[name={field}][value='{answer}']")
    else:
        page.fill(f"[name={field}]", answer)


def stand(page: Any, lon: float, lat: float) -> None:
    """Be somewhere with the telephone."""
    page.context.set_geolocation({"longitude": lon, "latitude": lat, "accuracy": 8})


def accept(page: Any, told: Told) -> None:
    """An officer stands at the spot, finds the task in the list and accepts it."""
    stand(page, told.lon, told.lat)
    page.goto("/mobile/")
    page.click(f"a[href*='{told.number}']")
    page.click("form[action$='/accept/'] button")
    page.wait_for_selector("form.finish")


def arrive(page: Any) -> None:
    """Say that one is at the spot."""
    page.wait_for_function("() => document.querySelector('[name=position-lon]').value !== ''")
    page.click("form[action$='/arrive/'] > button")
    page.wait_for_selector("form[action$='/arrive/']", state="detached")


def finish(page: Any, number: str, **answers: str) -> None:
    """Answer on the telephone, with a photo that is sent at once, and the position."""
    for field, answer in answers.items():
        _say(page, field, answer)
    page.set_input_files("input[type=file]", picture())
    page.wait_for_selector(".kept-photos img")
    page.wait_for_function("() => document.querySelector('form.finish [name=position-lon]').value !== ''")
    page.click("form.finish .act button")
    page.wait_for_selector(f".notice-line:has-text('{number}')")


def follow(page: Any, told: Told) -> None:
    """Ask how far the matter is, by number and code."""
    page.goto("/track/")
    page.fill("[name=number]", told.number)
    page.fill("[name=code]", told.code)
    page.click("main form button[type=submit]")
    page.wait_for_selector("ol.trace")


def rate(page: Any, level: int, text: str = "") -> None:
    """Say how content one is."""
    page.check(f"input[name=level][value='{level}']")
    page.fill("#rating [name=text]", text)
    page.click("#rating form button")
    page.wait_for_selector("#rating form", state="detached")


def whose(database: str, number: str) -> str:
    """The login of who does the open task of a case: who was given it, else the first who may. Theirs it stays."""
    role, login, pool = row(database, _OPEN_TASK, number)
    login = login or row(database, _ABLE, role, pool, pool)[0]
    row(database, _GIVEN_BY_HAND, login, number)
    return login


def row(database: str, question: str, *values: Any) -> tuple[Any, ...]:
    """The first row of the platform's database that answers a question."""
    with psycopg.connect(database) as server:
        found = server.execute(question, values).fetchone()
    assert found, (question, values)
    return found
