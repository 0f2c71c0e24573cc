"""The business clock."""

from datetime import UTC, datetime, timedelta

import pytest

from zhongshu.base.calendar import clock

NOON = datetime(2025, 3, 4, 4, 0, tzinfo=UTC)


def test_a_held_clock_stands_still_in_shanghai_time_and_holds_nest():
    with clock.at(NOON):
        assert clock.now() == NOON and clock.now().hour == 12
        with clock.at(NOON + timedelta(days=1)):
            assert clock.today().day == 5
        assert clock.today().day == 4
    assert clock.now() > NOON


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="aware"), clock.at(datetime(2025, 3, 4)):  # noqa: DTZ001
        pass


def test_a_sandbox_lives_in_its_own_time(settings):
    settings.ZHONGSHU_CLOCK_OFFSET = 0
    here = clock.now()
    settings.ZHONGSHU_CLOCK_OFFSET = 10 * 86_400
    assert clock.now() - here >= timedelta(days=10)
