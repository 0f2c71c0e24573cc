"""A page of somebody else's makes a browser send our forms."""

from typing import Any

from django.test import Client

from zhongshu.main.tests.abuse import addresses

WITHOUT_A_FORM = {
    "http:violated": "a report of the browser itself; it changes nothing but a note",
    "account:authorize": "another system sends somebody here; nothing is given before they agree on a page of ours",
    "account:log_out": "another system sends somebody here; they sign out on a page of ours",
    "identity:token": "another system proves itself by its secret and a code",
    "identity:userinfo": "another system brings a token",
    "identity:source_logout": "the provider signs what it says",
}
"""What is sent without a form of ours, and why that changes nothing by itself."""


def test_no_change_is_made_without_the_sign_of_our_own_page(city: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    city.signed_in(client, "supervisor")
    answered = {name: client.post(address).status_code for name, address, _ in addresses.pages()}
    taken = {name for name, status in answered.items() if status != 403}
    assert taken == WITHOUT_A_FORM.keys() and len(answered) > 80


def test_a_session_does_not_open_the_machine_door(city: Any, client: Client) -> None:
    city.signed_in(client, "supervisor")
    for address in ("/api/v1/city/events", "/api/v1/cases/x/tasks/1/claim"):
        assert client.post(address, "{}", content_type="application/json").status_code in {401, 404, 405}


def test_a_form_of_another_origin_is_refused_even_with_a_sign(city: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/sign-in/")
    token = client.cookies["csrftoken"].value
    sent = {"csrfmiddlewaretoken": token, "language": "en"}
    assert client.post("/language/", sent, headers={"origin": "https://evil.example"}).status_code == 403
    assert client.post("/language/", sent, headers={"origin": "http://testserver"}).status_code == 302
