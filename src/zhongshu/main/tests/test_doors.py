"""What every answer carries, and what is kept of whoever tries a door."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from zhongshu.base.http import headers, paces
from zhongshu.base.http.paces import Pace
from zhongshu.base.journal import queries as journal
from zhongshu.base.journal.models import Entry
from zhongshu.main.tests import tree

REPORT = {"csp-report": {"document-uri": "http://testserver/track/?code=12345678", "effective-directive": "script-src"}}


def _events(subject: str = "") -> list[tuple[str, dict[str, Any]]]:
    found = Entry.objects.filter(kind="security").order_by("id")
    return [(entry.verb, entry.facts) for entry in (found.filter(subject=subject) if subject else found)]


@pytest.mark.parametrize("address", ["/", "/sign-in/", "/nothing/", "/api/v1/cases/nothing", "/api/nothing"])
def test_every_answer_carries_the_rules(city: Any, client: Client, address: str) -> None:
    answer = client.get(address)
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy and "unsafe" not in policy and "*" not in policy
    assert answer["Cache-Control"] == "no-store, private" or "no-store" in answer["Cache-Control"]
    assert (answer["X-Content-Type-Options"], answer["X-Frame-Options"]) == ("nosniff", "DENY")
    assert answer["Referrer-Policy"] == answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in answer


def test_by_https_a_browser_is_told_to_stay_there(city: Any, client: Client, settings: Any) -> None:
    settings.HTTPS, settings.HSTS_SUBDOMAINS = True, True
    answer = client.get("/", secure=True)
    assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert "upgrade-insecure-requests" in answer["Content-Security-Policy"]


def test_no_page_needs_an_exception_for_its_styles(client: Client, city: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = [path.name for path in tree.templates() if re.search(r"\sstyle=|<style|\son\w+=[\"']", path.read_text())]
    assert inside == [] and headers.STYLE_EXCEPTIONS == {}
    monkeypatch.setitem(headers.STYLE_EXCEPTIONS, "portal:track", "to see that the list is read")
    assert "style-src 'self' 'unsafe-inline'" in client.get("/track/")["Content-Security-Policy"]
    assert "unsafe" not in client.get("/")["Content-Security-Policy"]


def test_what_somebody_signed_in_sees_is_kept_in_no_browser(city: Any, client: Client) -> None:
    city.signed_in(client, "supervisor")
    for address in ("/desk/", "/desk/cases/", "/desk/dispatch/"):
        assert "no-store" in client.get(address)["Cache-Control"]
    assert client.post("/sign-out/")["Clear-Site-Data"] == '"cache"'


def test_a_violation_is_kept_without_what_stood_in_the_query(city: Any, client: Client) -> None:
    for _ in range(3):
        answer = client.post("/csp/", json.dumps(REPORT), content_type="application/csp-report")
        assert answer.status_code == 204
    assert _events() == [("security.policy_violated", {"directive": "script-src", "page": "/track/"})]


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"csp-report": 1}', b'{"csp-report": {"effective-directive": "x"}}']
)
def test_what_is_no_report_is_not_kept(city: Any, client: Client, body: bytes) -> None:
    assert client.post("/csp/", body, content_type="application/csp-report").status_code == 204
    assert _events() == []


def test_a_form_without_our_sign_is_refused_and_kept(city: Any) -> None:
    answer = Client(enforce_csrf_checks=True).post("/language/", {"language": "en"})
    assert answer.status_code == 403
    assert _events() == [("security.forgery_refused", {"page": "portal:language"})]


def test_too_fast_is_told_to_wait_and_kept_once(
    city: Any, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LIMITS = 1
    monkeypatch.setattr(paces, "READ", Pace("read", 3))
    city.signed_in(client, "resident")
    answers = [client.get("/mine/") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 3 + [429] * 3
    assert int(answers[-1]["Retry-After"]) >= 1 and "操作过于频繁" in answers[-1].content.decode()
    assert _events(str(city.account("resident").pk)) == [("security.limit_reached", {"door": "read"})]
    entry = journal.trace("security", str(city.account("resident").pk))[0]
    assert entry.actor == str(city.account("resident").pk)


def test_a_flood_is_stopped_before_anything_is_looked_up(
    city: Any, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    settings.LIMITS = 1
    monkeypatch.setattr(paces, "FLOOD", Pace("flood", 1))
    client.cookies["sessionid"] = "0" * 32
    client.get("/track/")
    client.get("/track/")
    with django_assert_num_queries(0):
        assert client.get("/track/").status_code == 429


def test_a_strange_name_is_refused_and_kept_without_it(city: Any, client: Client) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400
    assert _events() == [("security.host_refused", {})]


def test_counting_costs_a_page_no_statement(
    city: Any, client: Client, settings: Any, django_assert_num_queries: Any
) -> None:
    settings.LIMITS = 1
    client.get("/track/")
    with django_assert_num_queries(0):
        client.get("/track/")


def test_wrong_keys_are_kept_and_soon_have_to_wait(
    city: Any, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.LIMITS = 1
    monkeypatch.setattr(paces, "KNOCK", Pace("knock", 3))
    address = "/api/v1/cases/00000000-0000-0000-0000-00000000abcd/reopen"
    tried = [client.get(address, headers={"authorization": f"Bearer zs_{number}"}) for number in range(5)]
    assert [answer.status_code for answer in tried] == [401, 401, 401, 429, 429]
    assert [verb for verb, _ in _events()] == ["security.key_refused", "security.limit_reached"]
    assert client.get(address).status_code == 401
