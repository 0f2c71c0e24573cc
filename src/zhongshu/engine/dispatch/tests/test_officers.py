"""Which officer goes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.engine.dispatch.rules import officers
from zhongshu.engine.dispatch.rules.officers import Candidate, Standing
from zhongshu.engine.dispatch.rules.travel import RoadGraph

AT = datetime(2025, 3, 3, 2, tzinfo=UTC)
LAW = settings(max_examples=50, deadline=None, derandomize=True)


def names(ranking):
    return [choice.officer for choice in ranking.choices]


def test_the_nearest_goes_and_the_others_are_runners_up():
    ranking = officers.rank([Candidate("远", 900, AT), Candidate("近", 120, AT)], AT)
    assert names(ranking) == ["近", "远"] and ranking.choices[0].cost_seconds == 120
    assert [str(reason) for reason in ranking.choices[0].reasons] == ["路程约 2 分钟。"]


def test_an_old_position_is_doubted_and_a_full_hand_costs():
    fresh = Candidate("新", 600, AT)
    old = Candidate("旧", 500, AT - timedelta(minutes=10))
    busy = Candidate("忙", 100, AT, load=1)
    ranking = officers.rank([old, busy, fresh], AT)
    assert names(ranking) == ["新", "忙", "旧"]
    assert [str(reason) for reason in ranking.choices[2].reasons][1] == "位置是 10 分钟前的。"


def test_a_wished_skill_is_worth_a_quarter_of_an_hour_a_required_one_is_a_must():
    plain, skilled = Candidate("甲", 100, AT), Candidate("乙", 900, AT, skills=frozenset({"燃气"}))
    assert names(officers.rank([plain, skilled], AT, wished=frozenset({"燃气"}))) == ["乙", "甲"]
    required = officers.rank([plain, skilled], AT, required=frozenset({"燃气"}))
    assert names(required) == ["乙"]
    assert [(who, str(why)) for who, why in required.excluded] == [("甲", "不具备所需技能：燃气。")]


def test_who_cannot_go_is_listed_with_why():
    ranking = officers.rank(
        [
            Candidate("休", 10, AT, on_shift=False),
            Candidate("失", None, None),
            Candidate("旧", 10, AT - timedelta(hours=3)),
            Candidate("满", 10, AT, load=5),
        ],
        AT,
    )
    assert ranking.choices == ()
    assert {who: str(why) for who, why in ranking.excluded} == {
        "休": "不在班。",
        "失": "没有上报位置。",
        "旧": "位置已过时（180 分钟前）。",
        "满": "在办已满（5 件）。",
    }


def test_officers_approach_by_the_roads_and_who_has_no_position_is_excluded():
    roads = RoadGraph([(114.3, 22.6), (114.302, 22.6)], [(0, 1, 400.0)])
    standing = [
        Standing("远", (114.3, 22.6), AT, load=1),
        Standing("失", None, None),
        Standing("近", (114.302, 22.6), AT),
    ]
    candidates = officers.approaching(standing, (114.302, 22.6), roads, speed=4.0)
    assert [c.seconds for c in candidates] == [pytest.approx(100), None, pytest.approx(0)]
    ranking = officers.rank(candidates, AT)
    assert ranking.best and ranking.best.officer == "近" and [who for who, _ in ranking.excluded] == ["失"]


def test_without_a_spot_nobody_is_nearer_and_the_load_decides():
    standing = [Standing("忙", (114.3, 22.6), AT, load=2), Standing("闲", (114.9, 22.9), AT)]
    ranking = officers.rank(officers.approaching(standing, None, RoadGraph([], [])), AT)
    assert names(ranking) == ["闲", "忙"]
    assert officers.rank([], AT).best is None


def test_the_reasons_add_up_to_the_cost():
    candidate = Candidate("甲", 100, AT - timedelta(minutes=4), load=2, estimated=True)
    choice = officers.rank([candidate], AT, wished=frozenset({"燃气", "电力"})).choices[0]
    assert choice.cost_seconds == sum(reason.seconds for reason in choice.reasons) == 100 + 120 + 1200 + 1800
    assert str(choice.reasons[0]) == "路程约 2 分钟（按直线估算）。"


@LAW
@given(st.integers(0, 3000), st.integers(0, 7000), st.integers(0, 100))
def test_a_fresher_position_is_never_ranked_worse(seconds, age, fresher):
    old = Candidate("旧", seconds, AT - timedelta(seconds=age))
    new = Candidate("新", seconds, AT - timedelta(seconds=max(age - fresher, 0)))
    ranking = officers.rank([old, new], AT)
    cost = {choice.officer: choice.cost_seconds for choice in ranking.choices}
    assert cost["新"] <= cost["旧"] == pytest.approx(seconds + officers.WANDER * age)
