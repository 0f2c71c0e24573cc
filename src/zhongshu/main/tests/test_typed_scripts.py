"""A script typed anywhere is shown as what it is: text."""

from collections.abc import Callable
from typing import Any

import pytest

from zhongshu.main.tests import acting
from zhongshu.main.tests.acting import PHONE

pytestmark = pytest.mark.page

EVIL = "<img src=x onerror=alert(1)>"
MADE_OF_IT = "document.querySelectorAll('[onerror], img[src=x]').length"
SHEET = f"类别,经度,纬度,地址,姓名,电话,情况描述\n{EVIL},121.0,29.86,{EVIL},{EVIL},,{EVIL}\n".encode()


@pytest.fixture
def watched(visit: Callable[..., Any]) -> Callable[..., Any]:
    """`visit`, where a script that runs fails the test."""

    def ran(dialog: Any) -> None:
        dialog.dismiss()
        raise AssertionError(f"a typed script ran: {dialog.message}")

    def new(*who: Any) -> Any:
        page = visit(*who)
        page.on("dialog", ran)
        return page

    return new


def plain(page: Any, address: str = "", where: str = "main") -> None:
    """The page shows the words and has made nothing of them."""
    if address:
        page.goto(address)
    typed = page.eval_on_selector_all("main input:not([type=hidden]), main textarea", "all => all.map((e) => e.value)")
    assert EVIL in page.inner_text(where) or EVIL in typed, page.url
    assert page.evaluate(MADE_OF_IT) == 0, page.url


@pytest.mark.deep  # a whole life of a case; that no page trusts what is typed a guard sees at each run
def test_whatever_is_typed_into_a_case_stays_text_wherever_it_is_shown(
    watched: Callable[..., Any], platform: Any
) -> None:
    resident = watched("resident", PHONE)
    told = acting.tell(resident, EVIL, address=EVIL, name=EVIL)
    case = f"/desk/cases/{told.number}/"
    resident.click("main .actions a[href^='/track/']")
    plain(resident)
    plain(resident, "/mine/")

    acceptor = watched("acceptor")
    plain(acceptor, "/desk/")
    plain(acceptor, "/desk/cases/")
    plain(acceptor, case)
    acceptor.click("summary:has-text('查看联系方式')")
    acceptor.fill("[name=purpose]", EVIL)
    acceptor.click("form[action$='/contact/'] button")
    plain(acceptor, where="section[aria-labelledby=contacts-title]")
    late = watched("acceptor")
    late.goto(case)
    late.check("[name=accepted][value=false]")
    late.fill("[name=reason]", EVIL)
    acting.at_the_desk(acceptor, told.number, accepted="true")
    late.click("form[action$='/complete/'] .actions button")
    plain(late)
    assert late.locator("h1").inner_text() == "情况有变化"
    supervisor = watched("supervisor")
    acting.at_the_desk(supervisor, told.number, filed="true")
    supervisor.goto(case)
    supervisor.click("summary:has-text('改派')")
    supervisor.fill("form[action$='/assign/'] [name=reason]", EVIL)
    supervisor.click("form[action$='/assign/'] > button")
    plain(supervisor, where="ol.trace")

    officer = watched(acting.whose(platform.database, told.number), PHONE)
    plain(officer, "/mobile/")
    acting.accept(officer, told)
    plain(officer)
    acting.finish(officer, told.number, result="done", note=EVIL)
    verifier = watched(acting.whose(platform.database, told.number), PHONE)
    acting.accept(verifier, told)
    acting.finish(verifier, told.number, passed="true")
    acting.at_the_desk(supervisor, told.number, note=EVIL)
    plain(supervisor, case, "ol.trace")

    follower = watched(None, PHONE)
    acting.follow(follower, told)
    plain(follower, where="ol.trace")
    acting.rate(follower, 1, EVIL)
    plain(follower)
    assert resident.goto("/messages/").ok and resident.evaluate(MADE_OF_IT) == 0
    wall = watched("leader")
    assert wall.goto("/screen/").ok and wall.evaluate(MADE_OF_IT) == 0
    assert as_data(wall.request.get("/screen/data/"))


def as_data(answer: Any) -> bool:
    """Whether a browser takes an answer for data whatever stands in it."""
    kind = answer.headers["content-type"]
    return kind.startswith("application/json") and answer.headers["x-content-type-options"] == "nosniff"


def test_what_is_looked_for_stays_text(watched: Callable[..., Any]) -> None:
    page = watched(None, PHONE)
    plain(page, f"/report/?q={EVIL}")
    plain(page, f"/track/?number={EVIL}")
    page.goto("/sign-in/")
    page.fill("[name=login]", EVIL)
    page.fill("[name=password]", EVIL)
    page.click("main form button[type=submit]")
    plain(page)
    plain(watched("grid001", PHONE), f"/mobile/report/?q={EVIL}")
    official = watched("acceptor")
    for address in (f"/desk/cases/{EVIL}/", f"/desk/cases/?number={EVIL}", f"/report/{EVIL}/", f"/{EVIL}/"):
        assert official.goto(address).status == 404
        assert official.evaluate(MADE_OF_IT) == 0


def test_the_cells_of_a_file_stay_text(watched: Callable[..., Any]) -> None:
    page = watched("supervisor")
    page.goto("/desk/import/")
    page.set_input_files("input[type=file]", {"name": f"{EVIL}.csv", "mimeType": "text/csv", "buffer": SHEET})
    plain(page, where=".file-names")
    page.click("button[value=check]")
    page.wait_for_selector("#outcome td")
    plain(page, where="#outcome")


def test_the_machine_door_answers_data(watched: Callable[..., Any]) -> None:
    page = watched(None)
    for path in (f"/api/{EVIL}", f"/api/v1/cases/{EVIL}", "/api/v1/cases"):
        assert as_data(page.request.get(path))
