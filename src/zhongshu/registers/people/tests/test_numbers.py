"""Identity numbers and codes of firms: their form, their check digit, and that a mask hides the birth date."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.http.refusals import Invalid
from zhongshu.registers.people.rules import numbers

TODAY = date(2026, 11, 22)
days = st.dates(date(1900, 1, 1), TODAY)
regions = st.integers(110000, 829999).map(str)
serials = st.integers(0, 999).map("{:03d}".format)
few = settings(max_examples=50, deadline=None, derandomize=True)


def number(region: str, born: date, serial: str) -> str:
    digits = f"{region}{born:%Y%m%d}{serial}"
    return digits + numbers.check_digit(digits)


@few
@given(regions, days, serials)
def test_a_well_formed_number_is_taken_and_its_mask_never_shows_the_birth_date(
    region: str, born: date, serial: str
) -> None:
    whole = number(region, born, serial)
    assert numbers.spelled("resident_id", whole.lower(), TODAY) == whole
    masked = numbers.masked(whole)
    assert len(masked) == 18 and masked[6:14] == "*" * 8 and masked.count("*") == 12


@few
@given(regions, days, serials, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(region: str, born: date, serial: str, place: int, by: int) -> None:
    whole = number(region, born, serial)
    wrong = whole[:place] + str((int(whole[place]) + by) % 10) + whole[place + 1 :]
    with pytest.raises(Invalid, match="证件号码有误"):
        numbers.spelled("resident_id", wrong, TODAY)


@few
@given(st.text("ABCDEFGH0123456789", min_size=1, max_size=17))
def test_a_mask_of_any_other_number_keeps_at_most_three_characters(text: str) -> None:
    shown = numbers.masked(text)
    assert len(shown) == len(text) and len(shown.replace("*", "")) <= 3


def test_the_check_digit_is_that_of_the_standard() -> None:
    assert numbers.check_digit("11010519491231002") == "X"  # the example of GB 11643-1999
    assert numbers.check_digit("44052418800101001") == "4"  # and its second one


@pytest.mark.parametrize("born", ["20260230", "19001301", "20261123", "18491231"])
def test_a_day_nobody_living_was_born_on_is_refused(born: str) -> None:
    digits = f"990101{born}001"
    with pytest.raises(Invalid):
        numbers.spelled("resident_id", digits + numbers.check_digit(digits), TODAY)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("passport", "e1234 5678"), ("permit", "H12345678"), ("permit", "01234567"), ("foreigner", "usa110012345678"),
        ("permit", number("810000", date(1990, 1, 2), "003")), ("foreigner", number("911156", date(1990, 1, 2), "003")),
    ],
)  # fmt: skip
def test_other_documents_are_known_by_their_form(kind: str, text: str) -> None:
    assert numbers.spelled(kind, text, TODAY) == text.replace(" ", "").upper()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("passport", "ABCDEF"), ("permit", "X12345678"), ("permit", number("110101", date(1990, 1, 2), "003")),
        ("foreigner", "US1100123456789"), ("", "E12345678"), ("resident_id", "110101900102003"),
        ("resident_id", "１１０１０１１９９００１０２００３４"),
    ],
)  # fmt: skip
def test_what_is_no_number_of_its_kind_is_refused(kind: str, text: str) -> None:
    with pytest.raises(Invalid):
        numbers.spelled(kind, text, TODAY)


@few
@given(days)
def test_nobody_is_born_after_today(born: date) -> None:
    whole = number("990101", born + timedelta(days=1), "001")
    with pytest.raises(Invalid):
        numbers.spelled("resident_id", whole, born)


def test_the_code_of_a_firm_is_warned_about_and_not_refused() -> None:
    assert numbers.uscc_fits("91350100M000100Y43")  # the example of GB 32100-2015
    odd = numbers.uscc(" 91350100m000100y44 ")
    assert odd == "91350100M000100Y44" and not numbers.uscc_fits(odd)


@pytest.mark.parametrize("text", ["9135", "91350100I000100Y43", "91350100M000100Y4３"])
def test_what_is_no_code_of_a_firm_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="统一社会信用代码"):
        numbers.uscc(text)
