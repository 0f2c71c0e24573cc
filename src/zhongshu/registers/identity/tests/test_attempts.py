"""Ways out that come back once, in ten minutes, to the browser and account that began them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Invalid, Unauthenticated
from zhongshu.registers.identity.rules import attempts, claims, clients, pkce, telephones
from zhongshu.registers.identity.rules.attempts import Attempt

AT = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)


def attempt(seconds: int = 0, **changes: Any) -> Attempt:
    return Attempt(**{"source": "province", "nonce": "n", "verifier": "v", "begun": AT.timestamp() + seconds} | changes)


def test_an_attempt_comes_back_once() -> None:
    kept = attempts.begun({}, "s1", attempt(onward="/mine/"))
    found, rest = attempts.taken(kept, "s1", "province", "", AT)
    assert found.onward == "/mine/"
    with pytest.raises(Unauthenticated):
        attempts.taken(rest, "s1", "province", "", AT)


def test_several_tabs_may_be_on_their_way() -> None:
    kept = attempts.begun(attempts.begun({}, "s1", attempt()), "s2", attempt(1))
    _, rest = attempts.taken(kept, "s1", "province", "", AT)
    assert attempts.taken(rest, "s2", "province", "", AT)[0].begun == AT.timestamp() + 1


@given(st.integers(1, 30))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_the_session_keeps_the_newest_few(tabs: int) -> None:
    kept: attempts.Kept = {}
    for number in range(tabs):
        kept = attempts.begun(kept, f"s{number}", attempt(number))
    assert len(kept) == min(tabs, attempts.TABS) and f"s{tabs - 1}" in kept


@pytest.mark.parametrize(
    ("state", "source", "account", "later"),
    [
        ("unknown", "province", "", 0),
        ("s1", "wechat", "", 0),  # a mix-up: an answer at another source's door
        ("s1", "province", "somebody", 0),
        ("s1", "province", "", 600),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(state: str, source: str, account: str, later: int) -> None:
    kept = attempts.begun({}, "s1", attempt())
    with pytest.raises(Unauthenticated):
        attempts.taken(kept, state, source, account, AT + timedelta(seconds=later))


def test_a_linking_is_finished_by_nobody_else() -> None:
    kept = attempts.begun({}, "s1", attempt(account="a"))
    with pytest.raises(Unauthenticated):
        attempts.taken(kept, "s1", "province", "b", AT)
    assert attempts.taken(kept, "s1", "province", "a", AT)


def test_a_verifier_proves_its_challenge_alone() -> None:
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"  # RFC 7636, appendix B
    assert pkce.challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    assert pkce.proves(verifier, pkce.challenge(verifier))
    assert not pkce.proves(verifier[:-1] + "l", pkce.challenge(verifier))
    assert not pkce.proves("short", pkce.challenge("short"))


def test_a_level_counts_only_when_the_operator_trusts_it() -> None:
    said = {"sub": "u1", "name": "王小明", "phone_number": "+86 138-0000-0000", "acr": "L3"}
    assert claims.read(said, claims.USUAL, ["L3"]) == claims.Claims("u1", "王小明", "13800000000", checked=True)
    assert not claims.read(said, claims.USUAL, []).checked
    assert not claims.read(said | {"acr": ""}, claims.USUAL, [""]).checked
    with pytest.raises(Unauthenticated):
        claims.read(said | {"sub": ""}, claims.USUAL, [])


def test_an_operator_maps_claims_in_a_line() -> None:
    assert claims.claim_map("name=real_name, phone=mobile") == {"name": "real_name", "phone": "mobile"}
    for wrong in ("id=number", "name"):
        with pytest.raises(Invalid):
            claims.claim_map(wrong)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("012345", "012345"), (" 123 456 ", "123456"), ("１２３４５６", "123456"), ("12345", ""), ("abcdef", "")],
)
def test_a_code_is_read_however_it_is_typed(typed: str, meant: str) -> None:
    assert telephones.typed(typed) == meant


@pytest.mark.parametrize(
    "address",
    [
        "http://app.example/back", "https://app.example/back#x", "https://user@app.example/", "javascript:alert(1)",
        "https://app.example\\@evil.example/", "/back", "https://", "https://app.example/a b",
    ],
)  # fmt: skip
def test_an_address_that_could_mislead_is_not_registered(address: str) -> None:
    with pytest.raises(Invalid):
        clients.address(address)


def test_one_system_has_one_host() -> None:
    assert clients.sector(["https://a.example/x", "https://a.example:8443/y"]) == "a.example"
    with pytest.raises(Invalid):
        clients.sector(["https://a.example/x", "https://b.example/x"])
    assert clients.origin("https://a.example:8443/y?z=1") == "https://a.example:8443"
    assert clients.scopes("phone email openid", ["openid", "profile", "phone"]) == ["openid", "phone"]
