"""Dispatch in the demo city: who is chosen, why, and what is learnt from how it ended."""

from datetime import timedelta
from typing import Any

import pytest
import uuid_utils.compat
from django.db import connection

from zhongshu.base.http.refusals import Invalid
from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.engine.cases.actions import reopen
from zhongshu.engine.cases.doors import Situation
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.engine.dispatch import actions, queries
from zhongshu.engine.dispatch.models import Position, Responsibility, Shift
from zhongshu.registers.people import actions as people
from zhongshu.registers.people import queries as known
from zhongshu.registers.people.models import Account, Body
from zhongshu.registers.places import queries as places

RUBBISH = "1101"


def situation(city: Any, category: str = RUBBISH, spot: int = 0) -> Situation:
    lon, lat = city.spot(spot)
    found = places.locate(lon, lat)
    assert found is not None
    return Situation(uuid_utils.compat.uuid7(), "dispatch", category, found.path[-1], lon, lat, {}, city.now)


def counts() -> dict[tuple[str, str], tuple[float, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, answer, n, cases FROM dispatch_seen")
        return {(key, answer): (n, cases) for key, answer, n, cases in cursor.fetchall()}


def test_the_body_written_down_is_chosen_with_its_reason(city: Any) -> None:
    answer = actions.assign(situation(city))
    assert not answer["refused"] and answer["margin"] >= 0.4
    best = answer["ranking"][0]
    assert (best["body"], best["reasons"][0]["sentence"]) == (answer["body"], "职责清单规定由{body}负责。")
    office = Body.objects.get(pk=answer["body"])
    assert situation(city).place // 10**6 == office.place


def test_the_officer_comes_with_reasons_and_runners_up(city: Any) -> None:
    answer = actions.assign(situation(city))
    first, *others = answer["officers"]
    assert answer["officer"] == first["officer"] and others
    assert all(first["cost_seconds"] <= other["cost_seconds"] for other in others)
    assert all(choice["reasons"] for choice in answer["officers"])


def test_every_officer_considered_holds_the_seat_over_the_body_and_is_on_duty(city: Any) -> None:
    answer = actions.assign(situation(city))
    reach = [-body for body in known.lineage(answer["body"])]
    for one in [*answer["officers"], *answer["excluded"]]:
        actor = known.actor(one["officer"], city.now)
        assert actor is not None
        assert permissions.scope_of_role(actor, "handler", city.now).covers(reach)
        assert Shift.objects.filter(account=one["officer"], starts__lte=city.now, ends__gt=city.now).exists()


def test_who_goes_off_duty_is_not_sent(city: Any) -> None:
    before = actions.assign(situation(city))["officer"]
    actions.end_shift(Account.objects.get(pk=before), by=SYSTEM, at=city.now)
    after = actions.assign(situation(city))
    assert before not in {one["officer"] for one in [*after["officers"], *after["excluded"]]}
    assert after["officer"] not in (None, before)


def test_who_lost_the_seat_is_not_sent(city: Any) -> None:
    before = actions.assign(situation(city))["officer"]
    for grant in Account.objects.get(pk=before).grants.all():
        people.end_grant(grant, by=SYSTEM, at=city.now)
    assert actions.assign(situation(city))["officer"] != before


def test_where_nobody_is_on_duty_the_body_gets_it_without_an_officer(city: Any) -> None:
    Shift.objects.all().delete()
    walk = Walk(city)
    task = walk.task("handle")
    assert (task.assignee, task.pool) == (None, -(walk.held.body or 0))


def test_where_nothing_is_known_a_person_decides(city: Any) -> None:
    Responsibility.objects.all().delete()
    queries.table.forget()
    answer = actions.assign(situation(city))
    assert (answer["refused"], answer["body"], answer["officer"], answer["officers"]) == (True, None, None, [])
    assert Walk(city).open == ["choose"]


def test_where_two_are_nearly_as_likely_a_person_decides(city: Any) -> None:
    Responsibility.objects.all().delete()
    queries.table.forget()
    case = situation(city)
    one, two = Body.objects.filter(kind="office").order_by("pk")[:2]
    for body in (one, two, one, two):
        actions.learn_body(RUBBISH, case.place, body.pk, at=city.now)
    answer = actions.assign(case)
    assert answer["refused"] and answer["margin"] < 0.4
    assert {row["body"] for row in answer["ranking"]} == {one.pk, two.pk}
    for _ in range(12):
        actions.learn_body(RUBBISH, case.place, one.pk, at=city.now)
    learnt = actions.assign(case)
    assert (learnt["refused"], learnt["body"]) == (False, one.pk)
    assert any(reason["seen"] for reason in learnt["ranking"][0]["reasons"])


def test_a_row_of_the_table_can_be_written_anew(city: Any) -> None:
    street = situation(city).place // 10**6
    other = Body.objects.filter(kind="bureau").order_by("pk")[0]
    actions.set_responsibility("11", street, other, by=SYSTEM, at=city.now)
    assert actions.assign(situation(city))["body"] == other.pk
    ended = Responsibility.objects.get(category="11", place=street, ends__isnull=False)
    assert ended.ends == Responsibility.objects.get(category="11", place=street, ends=None).starts
    assert journal.trace("responsibility", "table")[-1].verb == "dispatch.responsibility_set"


def test_a_case_sent_back_counts_against_the_body_that_sent_it_back(city: Any) -> None:
    walk = Walk(city)
    body = known.called()[walk.held.body or 0]
    walk.do("handle", result="not_ours", reason="不属于我单位职责。")
    city.react()
    against = {answer: n for (_, answer), (n, _) in counts().items() if answer == body}
    assert against and all(n < 0 for n in against.values())


def closed(city: Any, words: str) -> Walk:
    walk = Walk(city, answers={"description": words})
    walk.do("handle", result="done")
    walk.do("verify", passed=True)
    walk.do("close")
    return walk


def test_a_closed_case_teaches_who_handled_it_and_what_words_mean_it(city: Any) -> None:
    assert queries.suggest_category("小区门口垃圾成堆没人清运", city.now) == []
    for _ in range(3):
        walk = closed(city, "小区门口垃圾成堆，没人清运。")
    city.react()
    body = known.called()[walk.held.body or 0]
    learnt = counts()
    assert any(answer == body and cases == 3 for (_, answer), (_, cases) in learnt.items())
    best = queries.suggest_category("门口垃圾成堆", city.now)[0]
    assert (best.code, best.name) == (RUBBISH, "暴露垃圾") and best.reasons
    city.react()
    assert counts() == learnt


def test_a_case_that_is_opened_again_has_taught_nothing(city: Any) -> None:
    walk = closed(city, "小区门口垃圾成堆，没人清运。")
    city.react()
    assert {cases for _, cases in counts().values()} == {1}
    reopen(walk.id, "handle", "居民反映仍未清理。", by=city.actor("supervisor"), at=city.now)
    city.react()
    assert {cases for _, cases in counts().values()} == {0}


def test_an_open_case_teaches_nothing(city: Any) -> None:
    Walk(city)
    city.react()
    assert counts() == {}


def test_learning_late_news_is_learning_in_any_order(city: Any) -> None:
    place, office = situation(city).place, Body.objects.filter(kind="office")[0]
    moments = [city.now - timedelta(days=days) for days in (200, 0, 90)]
    for moment in moments:
        actions.learn_body(RUBBISH, place, office.pk, at=moment)
    one = counts()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM dispatch_seen")
    for moment in sorted(moments):
        actions.learn_body(RUBBISH, place, office.pk, at=moment)
    assert {k: (pytest.approx(n), c) for k, (n, c) in one.items()} == counts()


def test_the_last_place_counts_however_late_an_earlier_one_arrives(city: Any) -> None:
    officer = city.actor("officer061")
    actions.stand_at(121.0, 29.9, by=officer, at=city.now)
    actions.stand_at(120.0, 29.0, by=officer, at=city.now - timedelta(minutes=5))
    assert queries.positions([officer.id])[officer.id][:2] == (121.0, 29.9)
    assert Position.objects.filter(account=officer.id).count() == 1
    for lon, lat in ((181.0, 0.0), (0.0, -91.0), (float("nan"), 0.0), (float("inf"), 0.0)):
        with pytest.raises(Invalid):
            actions.stand_at(lon, lat, by=officer, at=city.now)


def test_a_shift_ends_after_it_begins_and_both_are_recorded(city: Any) -> None:
    account = Account.objects.get(login="officer061")
    with pytest.raises(Invalid):
        actions.begin_shift(account, 9901, ends=city.now, by=SYSTEM, at=city.now)
    actions.begin_shift(account, 9901, ends=city.now + timedelta(hours=8), by=SYSTEM, at=city.now)
    assert actions.end_shift(account, by=SYSTEM, at=city.now + timedelta(hours=1)) == 1
    assert actions.end_shift(account, by=SYSTEM, at=city.now + timedelta(hours=2)) == 0
    verbs = [entry.verb for entry in journal.trace("account", str(account.pk))]
    assert verbs[-2:] == ["dispatch.shift_begun", "dispatch.shift_ended"]
