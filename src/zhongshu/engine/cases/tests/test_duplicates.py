"""One thing, one case: what was told twice is joined, everybody hears of it, and a mistake can be undone."""

from typing import Any

import pytest

from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import duplicates
from zhongshu.engine.cases.queries.seen import Foreign
from zhongshu.engine.cases.tests.test_whistle import Whistle
from zhongshu.engine.cases.tests.walks import NORTH, Walk
from zhongshu.engine.messages.models import Message

TEXT = "路口有一堆垃圾，气味很大。"


def merged(city: Any, walk: Walk, into: Walk, by: str = "supervisor") -> None:
    cases.merge(walk.id, into.id, "同一堆垃圾", by=city.actor(by), at=city.now)


def told(walk: Walk, template: str) -> list[str]:
    found = Message.objects.filter(template=template, case_id=walk.id).order_by("pk")
    return [str(message.account) for message in found]


def test_what_is_known_already_is_found_by_category_place_and_words(city: Any) -> None:
    walk = Walk(city)
    lon, lat = city.spot()
    found = duplicates.known("1101", lon, lat + 0.2 * NORTH, "一堆垃圾在路口，气味很大")
    assert [one.row.id for one in found] == [walk.id] and found[0].likeness.metres < 25
    assert duplicates.known("1101", lon, lat + NORTH, TEXT) == []
    assert duplicates.known("1102", lon, lat, TEXT) == []
    assert duplicates.known("1101", lon, lat, TEXT, but=walk.id) == []


def test_one_statement_finds_what_is_known(city: Any, django_assert_num_queries: Any) -> None:
    for _ in range(5):
        city.report()
    lon, lat = city.spot()
    with django_assert_num_queries(1):
        assert len(duplicates.known("1101", lon, lat, TEXT)) == 3


def test_who_follows_is_told_of_every_step_like_who_told_first(city: Any) -> None:
    walk, resident = Walk(city), city.actor("resident")
    follower = cases.Follower(key="follow-00000001", source="resident", text="我也看到了。", account=resident.id)
    joined = cases.follow(walk.id, follower, by=resident, at=city.now)
    assert joined.number == walk.held.number and joined.query_code
    again = cases.follow(walk.id, follower, by=resident, at=city.now)
    assert again.again and len(walk.rows("cases_contact", "id")) == 2
    walk.do("handle", result="done", note="已清理。")
    city.react()
    assert told(walk, "case.followed") == [resident.id] and told(walk, "case.advanced") == [resident.id]


def test_a_merged_case_waits_for_nobody_and_its_reporter_hears_of_the_other(city: Any) -> None:
    resident = city.actor("resident")
    first = Walk(city)
    second = Walk(city, source="resident", by="resident", account=resident.id)
    merged(city, second, first)
    assert second.held.closed and second.open == [] and duplicates.master_of(second.id) == (first.id, first.held.number)
    first.do("handle", result="done", note="已清理。")
    city.react()
    assert told(second, "case.merged") == [resident.id] and told(second, "case.advanced") == [resident.id]
    sentence = Message.objects.get(template="case.advanced", case_id=second.id)
    assert sentence.facts["number"] == second.held.number


def test_five_hundred_who_told_are_each_told_once(city: Any) -> None:
    first, second = Walk(city), Walk(city)
    for n in range(500):
        told_by = cases.Follower(key=f"crowd-{n:08d}", source="resident", phone=f"138{n:08d}")
        cases.follow(second.id, told_by, by=city.actor("resident"), at=city.now)
    merged(city, second, first)
    city.react()
    city.react()
    phones = Message.objects.filter(template="case.merged", case_id=second.id).values_list("phone", flat=True)
    assert len(phones) == len(set(phones)) == 500


def test_what_was_merged_by_mistake_goes_on_where_it_stood(city: Any) -> None:
    first, second = Walk(city), Walk(city)
    before = second.held
    merged(city, second, first)
    cases.split(second.id, "不是同一堆", by=city.actor("supervisor"), at=city.now)
    after = second.held
    assert (after.phase, after.closed, after.marking) == (before.phase, None, before.marking)
    assert [t.token for t in after.tasks] == [t.token for t in before.tasks]
    second.do("handle", result="done", note="已清理。")
    assert second.open == ["verify"] and second.verbs.count("case.split") == 1
    with pytest.raises(Conflict, match="没有与别的办件合并"):
        cases.split(second.id, "再拆一次", by=city.actor("supervisor"), at=city.now)


def test_what_hung_on_a_merged_case_goes_along(city: Any) -> None:
    first, second, third = Walk(city), Walk(city), Walk(city)
    merged(city, third, second)
    merged(city, second, first)
    assert [id_ for id_, _ in duplicates.merged_into(first.id)] == sorted([second.id, third.id])


def test_merging_needs_the_right_over_both_two_running_cases_and_a_reason(city: Any) -> None:
    first, second = Walk(city), Walk(city)
    with pytest.raises(Forbidden):
        merged(city, second, first, by="verifier001")
    with pytest.raises(Foreign):
        merged(city, second, first, by="resident")
    with pytest.raises(Invalid, match="不能并入自己"):
        merged(city, first, first)
    with pytest.raises(Invalid, match="原因"):
        cases.merge(second.id, first.id, " ", by=city.actor("supervisor"), at=city.now)
    merged(city, second, first)
    with pytest.raises(Conflict, match="只有在办的办件可以合并"):
        merged(city, first, second)


def test_a_matter_told_of_again_and_again_in_one_cell_is_counted(city: Any) -> None:
    walks = [Walk(city) for _ in range(duplicates.CHRONIC_TIMES)]
    held = walks[0].held
    assert duplicates.times(held.category, held.place, city.now) == duplicates.CHRONIC_TIMES
    merged(city, walks[1], walks[0])
    assert duplicates.times(held.category, held.place, city.now) == duplicates.CHRONIC_TIMES - 1


def test_cases_of_two_kinds_are_merged_and_taken_apart_whole(city: Any) -> None:
    heap, noise = Walk(city), Walk(city, category="1601")
    officer = noise.doer("handle")
    before = noise.held.tasks, noise.held.marking, noise.rows("cases_timer", "token, element, due")
    merged(city, noise, heap)
    city.react()
    assert told(noise, "task.merged") == [officer.id] and noise.open == []
    cases.split(noise.id, "不是同一件", by=city.actor("supervisor"), at=city.now)
    assert (noise.held.tasks, noise.held.marking, noise.rows("cases_timer", "token, element, due")) == before
    city.react()
    assert told(noise, "task.assigned").count(officer.id) == 2
    noise.do("handle", officer, result="done", note="已劝止。")


def test_bodies_called_to_a_case_that_is_merged_away_need_not_come(city: Any) -> None:
    heap, walk = Walk(city), Whistle(city)
    merged(city, walk, heap)
    city.react()
    assert walk.crew(walk.bodies[0]).id in told(walk, "whistle.over")
