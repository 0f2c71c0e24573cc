"""The responsibility table changed by two people, in the demo city."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.approvals import queries as proposals
from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid
from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions import rules as permissions
from zhongshu.engine.dispatch import actions, queries
from zhongshu.engine.dispatch.models import Responsibility, Version
from zhongshu.engine.dispatch.queries import rows, trials
from zhongshu.engine.dispatch.rules.table import Change
from zhongshu.registers.catalogue import queries as catalogue
from zhongshu.registers.catalogue.models import Category
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.models import Body
from zhongshu.registers.places import queries as places
from zhongshu.registers.places.models import Cell

RUBBISH = "1101"


def street_of(city: Any) -> int:
    return places.locate(*city.spot()).path[3]


def written(city: Any, category: str = "11") -> Responsibility:
    return Responsibility.objects.get(category=category, place=street_of(city), ends=None)


def other(city: Any) -> Body:
    return Body.objects.filter(kind="bureau").exclude(pk=written(city).body).order_by("pk")[0]


def proposed(city: Any, *changes: Change, by: str = "supervisor") -> Any:
    return actions.propose_change(changes, "机构职能调整。", by=city.actor(by), at=city.now)


def approved(city: Any, proposal: Any, by: str = "leader", later: timedelta = timedelta(minutes=5)) -> Any:
    return approvals.decide(proposal.pk, True, "同意。", by=city.actor(by), at=city.now + later)


def replaced(city: Any, **more: Any) -> Change:
    row = written(city)
    return Change(row.category, row.place, row.pk, other(city).pk, **more)


def chosen(city: Any) -> int | None:
    ranking = queries.rank_bodies(RUBBISH, places.locate(*city.spot()).path[-1], city.now + timedelta(hours=1))
    return None if ranking.refused else queries.bodies().by_name[ranking.choices[0].body]


def test_a_change_is_proposed_by_one_and_made_when_another_approves(city: Any) -> None:
    before, body = written(city), other(city)
    proposal = proposed(city, replaced(city))
    assert chosen(city) == before.body
    approved(city, proposal)
    assert chosen(city) == body.pk
    (version,) = rows.versions()
    assert (version.number, str(version.proposer), str(version.approver)) == (
        1, city.actor("supervisor").id, city.actor("leader").id
    )  # fmt: skip
    new, old = rows.periods("11", street_of(city))
    assert (old.pk, old.ends, old.ended, new.starts, new.begun) == (before.pk, new.starts, version, old.ends, version)
    assert journal.trace("responsibility", "table")[-1].verb == "dispatch.responsibility_changed"


def test_the_trial_shows_what_would_have_moved_and_stays_with_the_version(city: Any) -> None:
    moving = [city.report(spot=city.spot()) for _ in range(3)]
    body = city.held(moving[0].case_id).body
    proposal = proposed(city, replaced(city))
    trial = proposals.one(proposal.pk).body["trial"]
    by_body = {line["body"]: (line["actual"], line["before"], line["after"]) for line in trial["lines"]}
    assert trial["moved"] == 3 and {one["number"] for one in trial["examples"]} == {one.number for one in moving}
    assert by_body[body] == (3, 3, 0) and by_body[other(city).pk] == (0, 0, 3)
    approved(city, proposal)
    assert Version.objects.get().trial == trial


def test_the_trial_reads_its_events_and_counts_in_two_statements(city: Any, django_assert_max_num_queries: Any) -> None:
    for number in range(12):
        city.report(spot=city.spot(7 * number))
    change = Change("", street_of(city) // 10**5, None, other(city).pk)
    trials.try_out([change], city.now)
    with django_assert_max_num_queries(2):
        tried = trials.try_out([change], city.now)
    assert tried.events > 1


def test_only_the_changes_own_events_of_the_last_month_are_tried_newest_first(city: Any) -> None:
    first, second = (city.report(spot=city.spot()) for _ in range(2))
    city.report(category="1401", spot=city.spot())
    here = [Change("11", street_of(city), None, None)]
    assert [event.number for event in trials.events(here, city.now)] == [second.number, first.number]
    assert [event.number for event in trials.events(here, city.now, limit=1)] == [second.number]
    assert trials.events([*here, *here], city.now) == trials.events(here, city.now)
    assert trials.events(here, city.now + timedelta(days=31)) == []
    elsewhere = [Change("11", int(str(street_of(city))[:6] + "999"), None, None)]
    assert trials.events(elsewhere, city.now) == []


def test_a_row_is_added_for_a_time_and_another_ended(city: Any) -> None:
    street, body = street_of(city), other(city).pk
    until = city.now + timedelta(days=3)
    whole = written(city)
    approved(
        city, proposed(city, Change(RUBBISH, street, None, body, ends=until), Change("11", street, whole.pk, None))
    )
    assert chosen(city) == body
    assert not Responsibility.objects.filter(category="11", place=street, ends=None).exists()
    assert [row.category for row in rows.ending(_everywhere(city), city.now + timedelta(hours=1))] == [RUBBISH]


def _everywhere(city: Any) -> Any:
    return permissions.scope(city.actor("supervisor"), "duties.read", city.now)


def test_what_moved_meanwhile_is_not_overwritten(city: Any) -> None:
    late = proposed(city, replaced(city))
    actions.set_responsibility("11", street_of(city), other(city), by=city.actor("supervisor"), at=city.now)
    with pytest.raises(Conflict, match="已有变动"):
        approved(city, late)
    assert proposals.one(late.pk).decided is None and not Version.objects.exists()
    with pytest.raises(Conflict, match="已有变动"):
        proposed(city, Change("11", street_of(city), None, other(city).pk))


def test_neither_the_proposer_nor_another_districts_head_approves(city: Any) -> None:
    proposal = proposed(city, replaced(city))
    with pytest.raises(Absent):
        approved(city, proposal, by="dispatcher")
    districts = {int(head[4:]): city.actor(head) for head in ("head1", "head2", "head3")}
    own = {n for n, head in districts.items() if str(street_of(city)).startswith(str(head.grants[0].place))}
    for number in districts.keys() - own:
        with pytest.raises(Absent):
            approved(city, proposal, by=f"head{number}")
    assert approved(city, proposal, by=f"head{own.pop()}").outcome == "approved"


def test_changes_in_two_districts_are_decided_by_who_is_over_both(city: Any) -> None:
    streets = [r.place for r in Responsibility.objects.filter(category="11", ends=None).order_by("place")]
    ends = [Responsibility.objects.get(category="11", place=p, ends=None) for p in (streets[0], streets[-1])]
    body = other(city).pk
    proposal = proposed(city, *(Change("11", row.place, row.pk, body) for row in ends))
    for head in ("head1", "head2", "head3"):
        with pytest.raises(Absent):
            approved(city, proposal, by=head)
    approved(city, proposal)
    assert Responsibility.objects.filter(begun=Version.objects.get()).count() == 2


def test_who_may_not_propose_here_is_refused(city: Any) -> None:
    with pytest.raises(Forbidden):
        proposed(city, replaced(city), by="leader")
    outside = next(n for n in (1, 2, 3) if not _covers(city, f"supervisor{n}1"))
    with pytest.raises(Forbidden):
        proposed(city, replaced(city), by=f"supervisor{outside}1")


def _covers(city: Any, login: str) -> bool:
    return str(street_of(city)).startswith(str(city.actor(login).grants[0].place))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"body": 999_999}, "body"),
        ({"category": "9999", "row": None}, "category"),
        ({"place": 9901999, "row": None}, "place"),
        ({"ends": timedelta(0)}, "ends"),
    ],
)
def test_a_change_to_what_is_not_there_is_refused_by_field(city: Any, wrong: Any, field: str) -> None:
    if "ends" in wrong:
        wrong = {"ends": city.now + wrong["ends"]}
    change = replace(replaced(city), **wrong)
    with pytest.raises(Invalid) as refused:
        proposed(city, change)
    assert refused.value.field == field


def test_a_change_that_changes_nothing_is_refused(city: Any) -> None:
    row = written(city)
    with pytest.raises(Invalid, match="不需要变更"):
        proposed(city, Change(row.category, row.place, row.pk, row.body, trust=row.trust, priority=row.priority))


def test_a_body_that_ended_meanwhile_is_not_written_down(city: Any) -> None:
    proposal, body = proposed(city, replaced(city)), other(city)
    ended(body, city)
    with pytest.raises(Conflict, match="已经撤销"):
        approved(city, proposal)


def ended(body: Body, city: Any) -> None:
    Body.objects.filter(pk=body.pk).update(ended=city.now)
    for kept in (people.tree, people.called, queries.bodies):
        kept.forget()


def test_a_row_whose_body_ended_is_shown_to_its_owner_and_the_next_row_decides(city: Any) -> None:
    row = written(city)
    ended(Body.objects.get(pk=row.body), city)
    shown = {found.id: gone for found, gone in rows.broken(_everywhere(city), city.now)}
    assert shown[row.pk] == ("body",)
    assert chosen(city) != row.body


def test_rows_whose_category_or_place_is_gone_are_shown(city: Any) -> None:
    assert rows.broken(_everywhere(city), city.now) == []
    Category.objects.filter(code="14").update(ended=city.now)
    cell = Cell.objects.latest("code")
    Cell.objects.filter(pk=cell.pk).update(ended=city.now)
    lost = [
        Responsibility.objects.create(category="", place=place, body=other(city).pk, starts=city.now)
        for place in (9901999, int(cell.code))
    ]
    catalogue.tree.forget()
    queries.table.forget()
    shown = {found.id: gone for found, gone in rows.broken(_everywhere(city), city.now)}
    assert [shown.pop(row.pk) for row in lost] == [("place",), ("place",)]
    assert set(shown.values()) == {("category",)} and len(shown) > 1


def test_pages_of_the_table_hold_every_row_once_widest_places_first(city: Any) -> None:
    found: list[Any] = []
    after: Any = None
    while part := rows.page(rows.Filter(), city.now, after, limit=7):
        found += part
        after = rows.After.parse(str(rows.After(part[-1].place, part[-1].category, part[-1].pk)))
    assert len({row.pk for row in found}) == len(found) == Responsibility.objects.count()
    assert [(row.place, row.category) for row in found] == sorted((row.place, row.category) for row in found)


def test_a_filter_finds_what_lies_over_and_under_a_category_and_a_place(city: Any) -> None:
    street = street_of(city)
    wanted = rows.page(rows.Filter("1101", street), city.now)
    assert [(row.category, row.place) for row in wanted] == [("", street), ("11", street)]
    district = {row.place for row in rows.page(rows.Filter(place=street // 1000), city.now, limit=500)}
    assert street in district and all(str(place).startswith(str(street)[:6]) for place in district)
    (body,) = {row.body for row in rows.page(rows.Filter(body=wanted[1].body), city.now)}
    assert body == wanted[1].body


@pytest.mark.parametrize("text", ["", "x", "1~11", "1~11~x", "-1~11~1", f"{'9' * 30}~11~1"])
def test_an_address_that_is_no_place_in_the_table_begins_at_the_first_page(text: str) -> None:
    assert rows.After.parse(text) is None


def day(city: Any, number: int) -> datetime:
    return datetime.combine(city.now.astimezone(SHANGHAI).date() + timedelta(days=number), time.min, SHANGHAI)


def test_a_change_begins_on_its_day_and_the_row_before_it_ends_then(city: Any) -> None:
    before, begins = written(city), day(city, 3)
    city.report(spot=city.spot())
    proposal = proposed(city, replaced(city, starts=begins))
    assert proposal.body["trial"]["moved"] == 1
    approved(city, proposal)
    assert chosen(city) == before.body
    new, old = rows.periods("11", street_of(city))
    assert (old.pk, old.ends, new.starts, new.body) == (before.pk, begins, begins, other_of(before).pk)
    assert [row.body for row in rows.page(rows.Filter("11", street_of(city)), begins) if row.category] == [new.body]
    ends_soon = [row.pk for row in rows.ending(_everywhere(city), city.now + timedelta(hours=1))]
    assert before.pk not in ends_soon


def other_of(row: Responsibility) -> Body:
    return Body.objects.filter(kind="bureau").exclude(pk=row.body).order_by("pk")[0]


def test_a_change_approved_after_its_day_begins_when_it_is_approved(city: Any) -> None:
    proposal = proposed(city, replaced(city, starts=day(city, 1)))
    approved(city, proposal, later=timedelta(days=5))
    (new, old) = rows.periods("11", street_of(city))
    assert new.starts == old.ends == Version.objects.get().approved


def test_what_would_overlap_a_row_to_come_is_refused_and_what_ends_before_it_is_not(city: Any) -> None:
    before = written(city)
    approved(city, proposed(city, replaced(city, starts=day(city, 5))))
    queries.table.forget()
    now = Change("11", before.place, before.pk, other_of(before).pk)
    with pytest.raises(Invalid, match="时间重叠") as refused:
        proposed(city, now)
    assert refused.value.field == "ends"
    with pytest.raises(Invalid, match="从同一天开始"):
        coming = Responsibility.objects.get(category="11", place=before.place, ends=None)
        proposed(city, Change("11", before.place, coming.pk, before.body, starts=day(city, 5)))
    approved(city, proposed(city, replace(now, ends=day(city, 4))))
    assert [row.starts < row.ends for row in rows.periods("11", before.place) if row.ends] == [True, True]
