"""Laws of codes, browsers, sessions and origins."""

import hmac
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.registers.identity.rules import agents, codes, known, marks, origins, steps, totp

AT = datetime(2026, 3, 2, 1, 30, 15, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
few = settings(max_examples=50, deadline=None, derandomize=True)


def signing(text: str) -> list[bytes]:
    return [hmac.digest(key, text.encode(), "sha256") for key in (b"new", b"old")]


def code_at(moment: datetime) -> str:
    return pyotp.TOTP(SECRET).at(moment)


@few
@given(st.integers(-300, 300))
def test_a_code_counts_in_its_own_step_and_one_to_either_side(seconds: int) -> None:
    there = AT + timedelta(seconds=seconds)
    apart = abs(totp.step(there) - totp.step(AT))
    assert (totp.accepted_step(SECRET, code_at(there), AT, 0) == totp.step(there)) == (apart <= totp.DRIFT)


@few
@given(st.lists(st.integers(0, 200), max_size=30))
def test_whenever_they_are_typed_no_code_is_accepted_twice(seconds: list[int]) -> None:
    last, accepted = 0, []
    for moment in (AT + timedelta(seconds=s) for s in seconds):
        found = totp.accepted_step(SECRET, code_at(moment), moment, last)
        if found is not None:
            last = found
            accepted.append(found)
    assert accepted == sorted(set(accepted))


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "１２３４５６", "12345\0"])
def test_what_is_no_six_digits_is_no_code(typed: str) -> None:
    assert totp.accepted_step(SECRET, typed, AT, 0) is None


def test_the_published_example_is_accepted() -> None:
    """RFC 6238, appendix B: the last six of the eight digits for SHA-1 at 1111111109."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert totp.accepted_step(secret, "081804", datetime.fromtimestamp(1111111109, UTC), 0) == 0x23523EC


@few
@given(st.integers(0, 2**50 - 1))
def test_a_code_is_read_however_it_is_copied(number: int) -> None:
    code = codes.spelled(number)
    assert len(codes.folded(code)) == codes.LENGTH
    copied = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert codes.folded(copied) == codes.folded(code)


@few
@given(st.integers(0, 2**50 - 1), st.integers(0, 2**50 - 1))
def test_two_numbers_are_two_codes(one: int, other: int) -> None:
    assert (codes.folded(codes.spelled(one)) == codes.folded(codes.spelled(other))) == (one == other)


def test_a_known_browser_is_known_to_its_login_alone() -> None:
    token = known.made("zhang", "ab" * 16, 700_000, signing)
    held = known.read(known.written([token]), 700_001)
    assert known.for_login(held, "zhang", signing) == token
    assert known.for_login(held, "wang", signing) is None


def test_a_token_of_the_older_key_still_holds_and_an_altered_one_does_not() -> None:
    old = known.made("zhang", "ab" * 16, 700_000, lambda text: signing(text)[1:])
    assert known.for_login([old], "zhang", signing) == old
    for altered in (known.Token(700_001, old.nonce, old.mark), known.Token(old.day, "cd" * 16, old.mark)):
        assert known.for_login([altered], "zhang", signing) is None


def test_a_browser_is_forgotten_after_half_a_year_and_knows_five_accounts() -> None:
    tokens = [known.made(f"login{n}", "ab" * 16, 700_000, signing) for n in range(7)]
    assert known.read(known.written(tokens), 700_000 + known.DAYS) == tokens[:5]
    assert known.read(known.written(tokens), 700_001 + known.DAYS) == []
    assert known.read(known.written(tokens), 699_999) == []


@few
@given(st.text(max_size=300))
def test_any_cookie_is_read(cookie: str) -> None:
    assert known.read(cookie, 700_000) == []


def test_a_session_lives_a_working_day_and_an_officials_half_an_hour_unused() -> None:
    kept = marks.begun("password", AT)
    idle = timedelta(minutes=30)
    assert kept.lives(AT + timedelta(hours=7, minutes=59), None)
    assert not kept.lives(AT + timedelta(hours=8), None)
    assert not kept.lives(AT + timedelta(minutes=30), idle)
    used = marks.seen(kept, AT + timedelta(minutes=29))
    assert used.lives(AT + timedelta(minutes=58), idle) and not used.is_fresh(AT + timedelta(minutes=29))


def test_use_does_not_make_a_proof_fresh_and_proving_does_not_make_a_session_younger() -> None:
    later = AT + timedelta(hours=7)
    again = marks.proved(marks.begun("password", AT), later)
    assert again.is_fresh(later) and not again.lives(AT + timedelta(hours=8), None)
    assert marks.read({marks.KEY: again.kept()}) == again


@pytest.mark.parametrize(
    ("method", "kind", "factor", "required", "step"),
    [
        ("password", "staff", False, True, "enrol"),
        ("password", "staff", False, False, "in"),
        ("password", "staff", True, False, "prove"),
        ("password", "resident", False, True, "in"),
        ("password", "resident", True, False, "prove"),
        ("sms", "resident", True, True, "prove"),
        ("passkey", "staff", True, True, "in"),
        ("device", "device", False, True, "in"),
    ],
)
def test_what_follows_a_first_proof(method: str, kind: str, factor: bool, required: bool, step: str) -> None:
    assert steps.after(method, kind, factor, required) == step


@pytest.mark.parametrize(
    ("address", "shown"),
    [("203.0.113.77", "203.0.113.*"), ("2001:db8:1:2::7", "2001:db8:1::*"), ("", ""), ("nonsense", "")],
)
def test_an_address_is_shown_by_its_neighbourhood(address: str, shown: str) -> None:
    assert origins.masked(address) == shown


def test_a_network_lets_in_its_own_and_an_empty_one_all() -> None:
    assert origins.lies_in("10.1.2.3", "10.1.2.0/24") and not origins.lies_in("10.1.3.3", "10.1.2.0/24")
    assert origins.lies_in("203.0.113.1", "") and not origins.lies_in("nonsense", "10.0.0.0/8")


@pytest.mark.parametrize(
    ("agent", "family"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/139.0 Safari/537.36", "Chrome · Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/139.0 Safari/537.36 Edg/139.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/120 Mobile Safari/537.36 MicroMessenger/8.0", "WeChat · Android"),
        ("curl/8.0", ""),
    ],
)  # fmt: skip
def test_a_browser_is_called_by_its_family(agent: str, family: str) -> None:
    assert agents.family(agent) == family
