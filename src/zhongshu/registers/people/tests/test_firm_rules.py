"""What somebody may do for a firm: the law of matters and time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.http.refusals import Invalid
from zhongshu.registers.people.rules import firms
from zhongshu.registers.people.rules.firms import AGENT, REPRESENTATIVE, Role

AT = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
DAY = timedelta(days=1)
few = settings(max_examples=50, deadline=None, derandomize=True)
codes = st.sampled_from(["11", "1101", "110", "12", "1201", "city-event", "city-event2"])


@few
@given(st.lists(codes, max_size=3), codes, st.integers(-3, 3))
def test_an_agent_covers_what_was_given_and_what_lies_under_it_while_it_lasts(
    given_: list[str], matter: str, day: int
) -> None:
    role = Role(AGENT, tuple(given_), AT - DAY, AT + DAY)
    named = any(matter == code or (code.isdecimal() and matter.startswith(code)) for code in given_)
    assert firms.covers(role, matter, AT + day * DAY) == (named and -1 <= day < 1)


def test_a_representative_covers_all_once_that_is_known_and_until_it_ends() -> None:
    known = Role(REPRESENTATIVE, (), AT)
    assert firms.covers(known, "1101", AT) and not firms.covers(known, "1101", AT - DAY)
    assert not firms.covers(Role(REPRESENTATIVE, (), AT, confirmed=False), "1101", AT)
    assert not firms.covers(Role(REPRESENTATIVE, (), AT, ended=AT + DAY), "1101", AT + DAY)


@pytest.mark.parametrize("wanted", [[], [" "], ["x; DROP"], [str(n) for n in range(10, 70)]])
def test_an_agent_for_nothing_or_for_anything_at_all_is_not_appointed(wanted: list[str]) -> None:
    with pytest.raises(Invalid, match="事项"):
        firms.matters(wanted)


@pytest.mark.parametrize(("starts", "ends"), [(0, 0), (0, -1), (0, 3 * 366 + 1), (-9, -1)])
def test_an_agent_is_appointed_for_three_years_at_most_and_not_for_the_past(starts: int, ends: int) -> None:
    with pytest.raises(Invalid, match="三年"):
        firms.period(AT + starts * DAY, AT + ends * DAY, AT)
