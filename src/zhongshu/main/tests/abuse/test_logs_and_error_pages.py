"""Personal data in logs and error pages: an error tells what went wrong, not what somebody typed."""

import logging
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.main.masking import Masked, masked

AGREED = {"consent": "yes", "consent-version": "1"}
TYPED = {"login": "lin.xz", "password": "ting-zhou-91-huai", "phone": "13912345678", "name": "林晓舟"}
NUMBER = "330102199003071234"


@pytest.fixture
def lines() -> Any:
    """What a handler as in the settings writes."""
    written: list[str] = []
    handler = logging.Handler()
    handler.setFormatter(Masked("%(levelname)s %(name)s %(message)s"))
    handler.emit = lambda record: written.append(handler.format(record))  # type: ignore[method-assign]
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def test_an_error_in_a_form_tells_nobody_what_was_typed(
    city: Any, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhongshu.registers.people import actions as people

    def broken(*_: Any, **__: Any) -> None:
        told = (
            f"DETAIL: Key (phone)=({TYPED['phone']}) {NUMBER} password={TYPED['password']} Bearer zs_abcdefghijklmnop"
        )
        raise RuntimeError(told)

    monkeypatch.setattr(people, "open_account", broken)
    answer = Client(raise_request_exception=False).post("/register/", TYPED | AGREED)
    page, log = answer.content.decode(), "\n".join(lines)
    assert answer.status_code == 500 and "RuntimeError" in log and "Traceback" in log
    for secret in (TYPED["phone"], TYPED["password"], NUMBER, "zs_abcdefghijklmnop"):
        assert secret not in page and secret not in log
    assert "Traceback" not in page and "RuntimeError" not in page


def test_the_settings_write_every_line_so() -> None:
    from django.conf import settings as ours

    assert {ours.LOGGING["formatters"][each["formatter"]]["()"] for each in ours.LOGGING["handlers"].values()} == {
        "zhongshu.main.masking.Masked"
    }
    assert ours.DEBUG is False


@given(
    st.from_regex(r"\A1[3-9][0-9]{9}\Z"), st.text("甲乙 ,;:=\"'()", max_size=5), st.text("甲乙 ,;:\"'()", max_size=5)
)
@settings(max_examples=50, deadline=None, derandomize=True)
def test_a_telephone_number_is_masked_wherever_it_stands(phone: str, before: str, after: str) -> None:
    assert phone not in masked(before + phone + after)


@pytest.mark.parametrize(
    "line",
    ["case SJ20261122000123 took 12.5 ms", "GET /desk/cases/SJ202611220001/", "12345 calls", "at 1763800000.123456"],
)
def test_what_is_nobody_s_data_stays_readable(line: str) -> None:
    assert masked(line) == line
