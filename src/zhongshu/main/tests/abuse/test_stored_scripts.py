"""A script in every text somebody may leave with us: it is shown as text on every page that shows it.

That a browser runs none of it either, `test_typed_scripts.py` sees.
"""

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from zhongshu.base.approvals.models import Proposal
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.models import Case
from zhongshu.engine.cases.rules.supplement import Item
from zhongshu.engine.cases.tests.test_supplement import Report
from zhongshu.main.tests.abuse import addresses
from zhongshu.registers.people.models import Account

EVIL = "'\"><script>alert(1)</script><img src=x>"
MADE_OF_IT = re.compile(r"<script>alert|<img src=x|[\"']>&lt;script|<[^>&]*\sonerror=", re.IGNORECASE)
SHOWN = "&lt;script&gt;alert(1)"
SEEN = {"resident": 2, "acceptor": 2, "supervisor": 3, "leader": 1}
"""On how many pages at least each sees it as text: a story that shows it nowhere shows nothing."""


@pytest.fixture
def evil(city: Any) -> Report:
    """A case into which everybody has written a script wherever words are taken."""
    Account.objects.filter(login__in=("resident", "acceptor", "supervisor")).update(name=EVIL[:50])
    report = Report(city, answers={"description": EVIL}, address=EVIL, name=EVIL[:50])
    cases.urge_own(report.id, EVIL, by=report.resident, at=city.now)
    cases.ask_suspend(report.id, EVIL, by=city.actor("supervisor"), at=city.now)
    cases.ask_supplement(report.id, report.task("accept").token, (Item(EVIL, EVIL),), by=report.acceptor, at=city.now)
    report.answer({"text_1": EVIL})
    city.react()
    return report


def _pages_of(city: Any, report: Report) -> dict[str, Any]:
    return {
        "case_id": report.id, "number": report.held.number, "token": report.task("accept").token,
        "proposal": Proposal.objects.get().pk, "body_id": Case.objects.get(pk=report.id).body or 1,
        "account": city.account("resident").pk, "category": "1101",
    }  # fmt: skip


@pytest.mark.parametrize("login", ["resident", "acceptor", "supervisor", "leader", "administrator"])
def test_no_page_makes_anything_of_it(city: Any, evil: Report, login: str) -> None:
    client, seen = city.signed_in(Client(), login), 0
    for name, address, _ in addresses.pages(_pages_of(city, evil)):
        answer = client.get(address)
        if answer.streaming or not answer["Content-Type"].startswith("text/html"):
            assert answer["X-Content-Type-Options"] == "nosniff", name
            continue
        shown = answer.content.decode()
        assert MADE_OF_IT.search(shown) is None, name
        seen += SHOWN in shown
    assert seen >= SEEN.get(login, 0)


@pytest.mark.parametrize(
    "typed", [EVIL, "javascript:alert(1)", "//evil.example/", "https:evil.example", "\\\\evil.example"]
)
def test_no_form_leads_where_somebody_else_wants(city: Any, typed: str) -> None:
    client = city.signed_in(Client(), "resident")
    for address, field in (("/language/", "next"), ("/mode/", "next"), ("/sign-in/", "next")):
        answer = client.post(address, {field: typed, "language": "en", "mode": "elder"})
        if answer.status_code == 302:
            onward = urlsplit(urljoin(f"http://testserver{address}", answer["Location"].replace("\\", "/")))
            assert (onward.scheme, onward.netloc) == ("http", "testserver"), address
        else:
            assert not re.search(r'(?:href|action)="(?:javascript:|//)', answer.content.decode()), address
