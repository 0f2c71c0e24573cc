"""A change of the responsibility table tried on the past: pure stories."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.dispatch.rules import evidence
from zhongshu.engine.dispatch.rules.evidence import Matter, Seen
from zhongshu.engine.dispatch.rules.table import Bodies, Change, Row, Table, checked
from zhongshu.engine.dispatch.rules.trial import Event, Ground, Line, try_out
from zhongshu.registers.places.rules import codes

AT = datetime(2026, 11, 22, 9, 0, tzinfo=SHANGHAI)
DISTRICT, STREET, OTHER_STREET, COMMUNITY = 990101, 990101001, 990101002, 990101001001
OFFICE, TEAM, BUREAU = 1, 2, 3
NAMES = {OFFICE: "街道办事处", TEAM: "执法队", BUREAU: "城管局"}
BODIES = Bodies.of(NAMES, NAMES)


def row(id_: int, category: str, place: int, body: int, **more: Any) -> Row:
    return Row(id_, category, place, body, **({"trust": 0.9, "priority": 0, "starts": AT, "ends": None} | more))


def matter(category: str, place: int) -> Matter:
    streets = [str(code) for code in codes.ancestors(place) if len(str(code)) >= 9]
    return Matter(tuple(category[:length] for length in range(2, len(category) + 1, 2)), tuple(streets))


def ground(events: Iterable[Event], observations: Any = (), bodies: Bodies = BODIES) -> Ground:
    matters = {(event.category, event.place): matter(event.category, event.place) for event in events}
    return Ground(matters, dict(observations), bodies, AT)


def deciding(table: Table, category: str = "1101", place: int = COMMUNITY, living: Iterable[int] = NAMES) -> list[int]:
    return [found.id for found in table.deciding(category, codes.ancestors(place), AT, set(living))]


WIDE, BY_CLASS, FINE = row(1, "", DISTRICT, BUREAU), row(2, "11", STREET, OFFICE), row(3, "1101", STREET, TEAM)


def test_the_finest_row_decides_unless_another_has_priority() -> None:
    assert deciding(Table([WIDE, BY_CLASS, FINE])) == [3]
    assert deciding(Table([replace(WIDE, priority=1), BY_CLASS, FINE])) == [1]
    assert deciding(Table([WIDE, BY_CLASS, FINE]), category="1201") == [1]
    assert deciding(Table([WIDE, BY_CLASS, FINE]), place=OTHER_STREET) == [1]


def test_a_row_counts_in_its_period_and_while_its_body_lives() -> None:
    over, coming = replace(FINE, starts=AT - timedelta(2), ends=AT), replace(FINE, starts=AT + timedelta(1))
    assert deciding(Table([BY_CLASS, over])) == deciding(Table([BY_CLASS, coming])) == [2]
    assert deciding(Table([BY_CLASS, FINE]), living=[OFFICE]) == [2]
    assert deciding(Table([FINE]), living=[OFFICE]) == []


def test_a_changed_table_leaves_the_one_before_as_it_was() -> None:
    before = Table([WIDE, FINE])
    after = before.changed([Change("1101", STREET, FINE.id, OFFICE), Change("", DISTRICT, WIDE.id, None)], AT)
    assert (deciding(before), deciding(after)) == ([3], [-1])
    assert deciding(before, category="1201") == [1] and deciding(after, category="1201") == []


EVENTS = (
    Event("A", "1101", COMMUNITY, TEAM), Event("B", "1101", STREET, OFFICE), Event("C", "1201", STREET, None),
    Event("D", "1101", OTHER_STREET, BUREAU),
)  # fmt: skip


def test_only_what_the_change_covers_changes_hands_and_every_body_is_counted_before_and_after() -> None:
    before = Table([WIDE, FINE])
    tried = try_out(EVENTS, before, before.changed([Change("1101", STREET, 3, OFFICE)], AT), ground(EVENTS))
    assert (tried.events, tried.moved) == (4, 2)
    assert tried.lines == (Line(OFFICE, 1, 0, 2), Line(TEAM, 1, 2, 0), Line(BUREAU, 1, 2, 2), Line(None, 1, 0, 0))
    assert [(one.number, one.before, one.after) for one in tried.examples] == [("A", TEAM, OFFICE), ("B", TEAM, OFFICE)]


def test_what_nobody_is_written_down_for_is_left_to_a_person() -> None:
    before = Table([FINE])
    tried = try_out(EVENTS[:1], before, before.changed([Change("1101", STREET, 3, None)], AT), ground(EVENTS[:1]))
    assert [(line.body, line.difference) for line in tried.lines] == [(None, 1), (TEAM, -1)]


def test_what_was_learnt_still_speaks_where_a_row_is_trusted_little() -> None:
    asked = matter("1101", COMMUNITY)
    counts = {key: {NAMES[TEAM]: Seen(50.0, AT.date(), 50)} for key in evidence.keys(asked.category, asked.place)}
    event, before = EVENTS[:1], Table([])

    def taker(trust: float) -> int | None:
        after = before.changed([Change("1101", STREET, None, OFFICE, trust=trust)], AT)
        return try_out(event, before, after, ground(event, counts)).lines[0].body

    assert (taker(0.05), taker(0.95)) == (TEAM, OFFICE)


def test_a_body_that_has_ended_gets_nothing_however_much_it_was_seen() -> None:
    asked = matter("1101", COMMUNITY)
    counts = {key: {NAMES[TEAM]: Seen(50.0, AT.date(), 50)} for key in evidence.keys(asked.category, asked.place)}
    gone = Bodies.of(NAMES, [OFFICE, BUREAU])
    tried = try_out(EVENTS[:1], Table([]), Table([FINE]), ground(EVENTS[:1], counts, gone))
    assert tried.moved == 0 and [(line.body, line.after) for line in tried.lines if line.after] == [(None, 1)]


crossings = st.tuples(st.sampled_from(["", "11", "1101", "12"]), st.sampled_from([DISTRICT, STREET, OTHER_STREET]))
bodies = st.sampled_from([OFFICE, TEAM, BUREAU])


@settings(max_examples=50, deadline=None, derandomize=True)
@given(rows=st.dictionaries(crossings, bodies), changes=st.dictionaries(crossings, st.none() | bodies))
def test_no_event_is_lost_and_what_no_change_covers_stays(rows: Any, changes: Any) -> None:
    before = Table(row(n, *crossing, body) for n, (crossing, body) in enumerate(rows.items(), 1))
    ids = {(r.category, r.place): r.id for here in before.by_place.values() for r in here}
    made = [Change(*crossing, ids.get(crossing), body) for crossing, body in changes.items()]
    tried = try_out(EVENTS, before, before.changed(made, AT), ground(EVENTS))
    assert sum(line.before for line in tried.lines) == sum(line.after for line in tried.lines) == len(EVENTS)
    assert sum(line.difference for line in tried.lines) == 0
    numbers = {event.number: event for event in EVENTS}
    for example in tried.examples:
        event = numbers[example.number]
        assert any(event.category.startswith(c.category) and codes.contains(c.place, event.place) for c in made)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ([], "changes"),
        ([Change("11", STREET, 1, OFFICE)] * 2, "changes"),
        ([Change(f"11{n:02}", STREET, 1, OFFICE) for n in range(21)], "changes"),
        ([Change("11", STREET, None, None)], "body"),
        ([Change("11", STREET, 1, OFFICE, trust=1.01)], "trust"),
        ([Change("11", STREET, 1, OFFICE, trust=float("nan"))], "trust"),
        ([Change("11", STREET, 1, OFFICE, priority=10)], "priority"),
    ],
)
def test_changes_that_cannot_be_are_refused_by_field(changes: list[Change], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked(changes)
    assert refused.value.field == field
