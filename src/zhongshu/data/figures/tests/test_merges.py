"""A merged duplicate is no longer among what stands open; taken apart, it is again."""

from typing import Any

from zhongshu.data.figures import queries as figures
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.tests.walks import Walk


def test_the_counters_follow_a_merge_and_a_split(city: Any) -> None:
    first, second = Walk(city), Walk(city)
    city.react()
    place, by = second.held.reach[0], city.actor("supervisor")
    before = figures.standing(place)
    cases.merge(second.id, first.id, "同一堆垃圾", by=by, at=city.now)
    city.react()
    assert figures.standing(place)["handling"] == before["handling"] - 1
    cases.split(second.id, "不是同一堆", by=by, at=city.now)
    city.react()
    assert figures.standing(place) == before
