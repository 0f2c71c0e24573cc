"""Telling the city what one saw: what is taken in, and what is refused with a sentence."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhongshu.affairs.city import actions, queries, rules
from zhongshu.affairs.city.actions import NewEvent
from zhongshu.affairs.city.rules import batch
from zhongshu.base.http.refusals import Absent, Forbidden, Invalid
from zhongshu.base.journal import queries as journal
from zhongshu.engine.cases.models import Case, Contact
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.engine.intake.rules.questionnaire import Unfit
from zhongshu.registers.places.models import Cell


def test_an_event_lies_in_the_cell_at_its_point(city: Any) -> None:
    cell = Cell.objects.order_by("code")[5]
    opened = city.report(spot=(cell.lon, cell.lat))
    assert str(city.held(opened.case_id).place) == cell.code


def test_an_event_may_be_placed_by_a_code_instead(city: Any) -> None:
    cell = Cell.objects.order_by("code")[5]
    for code in (cell.code, cell.code[:12]):
        opened = city.report(lon=None, lat=None, place=code, spot=(None, None))
        assert str(city.held(opened.case_id).place) == code


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"category": "9999"}, "category"), ({"category": ""}, "category"), ({"category": "11"}, "category"),
        ({"spot": (0.0, 0.0)}, "point"), ({"spot": (float("nan"), 29.9)}, "point"),
        ({"spot": (float("inf"), 29.9)}, "point"), ({"spot": (121.0, 95.0)}, "point"),
        ({"spot": (None, None)}, "point"), ({"spot": (None, None), "place": "990101999999999"}, "place"),
        ({"spot": (None, None), "place": "9901"}, "place"),
        ({"spot": (None, None), "place": "abc"}, "code"), ({"key": "short"}, "key"), ({"key": "x" * 101}, "key"),
        ({"key": "with\x00nul-in-it"}, "key"), ({"address": "长" * 201}, "address"), ({"address": "a\x00b"}, "address"),
        ({"name": "长" * 51}, "name"), ({"name": "a\x00b"}, "name"), ({"phone": "12"}, "phone"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_in_is_refused_with_its_field(city: Any, changes: dict[str, Any], field: str) -> None:
    before = Case.objects.count()
    if changes.get("spot") == (None, None):
        changes = changes | {"spot": None, "lon": None, "lat": None}
        changes.pop("spot")
        with pytest.raises(Invalid) as refused:
            placed_by_code(city, **changes)
    else:
        with pytest.raises(Invalid) as refused:
            city.report(**changes)
    assert (refused.value.field, Case.objects.count()) == (field, before)


def placed_by_code(city: Any, **changes: Any) -> Any:
    given = {"key": "placed-by-code", "source": "patrol", "category": "1101", "answers": {"description": "有垃圾。"}}
    return actions.report(NewEvent(**given | changes), by=city.actor("supervisor"), at=city.now)


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({}, "description"), ({"description": ""}, "description"), ({"description": "短"}, "description"),
        ({"description": "长" * 501}, "description"), ({"description": 7}, "description"),
        ({"description": "垃圾\x00成堆了"}, "description"),
        ({"description": "路口有垃圾。", "unknown": 1}, "unknown"),
        ({"description": "路口有垃圾。", "since": "never"}, "since"),
        ({"description": "路口有垃圾。", "danger": "yes please"}, "danger"),
        ({"description": "路口有垃圾。", "photos": "x"}, "photos"),
        ({"description": "路口有垃圾。", "photos": ["../../etc/passwd"]}, "photos"),
    ],
)  # fmt: skip
def test_answers_that_do_not_fit_are_refused_at_their_question(city: Any, answers: dict[str, Any], field: str) -> None:
    with pytest.raises(Unfit) as refused:
        city.report(answers=answers)
    assert field in refused.value.problems


def test_officials_report_only_where_they_have_the_duty(city: Any) -> None:
    for by in ("resident", "leader", "verifier001"):
        with pytest.raises(Forbidden):
            city.report(source="patrol", by=by)
    assert city.report(source="resident", by="resident").number


def test_a_report_opens_in_few_statements(city: Any) -> None:
    city.report()
    by, (lon, lat) = city.actor("supervisor"), city.spot()
    event = NewEvent("few-statements", "patrol", "1101", {"description": "路口有一堆垃圾。"}, lon, lat)
    with CaptureQueriesContext(connection) as opening:
        actions.report(event, by=by, at=city.now)
    assert len(opening) <= 10, [query["sql"][:80] for query in opening]


def test_who_knows_number_and_code_follows_the_case_and_nobody_else(city: Any) -> None:
    opened = city.report(source="resident", by="resident")
    progress = queries.track(f" {opened.number.lower()} ", opened.query_code, city.now)
    assert progress.case.row.number == opened.number and progress.steps
    wrong = f"{(int(opened.query_code) + 1) % 10**8:08d}"
    for number, code in ((opened.number, wrong), (opened.number, ""), ("SJ1", opened.query_code), ("", "")):
        with pytest.raises(Absent):
            queries.track(number, code, city.now)


def test_the_code_is_kept_as_a_digest_of_its_own_case(city: Any) -> None:
    one, two = city.report(), city.report()
    kept = {bytes(digest) for digest in Contact.objects.values_list("query_digest", flat=True)}
    assert len(kept) == 2 and not {one.query_code.encode(), two.query_code.encode()} & kept


def test_an_account_follows_its_own_cases_only(city: Any) -> None:
    resident = city.actor("resident")
    own = Walk(city, source="resident", by="resident", account=resident.id)
    assert queries.track_own(own.id, resident).case.row.id == own.id
    with pytest.raises(Absent):
        queries.track_own(own.id, city.actor("acceptor"))


def rows(city: Any, *lines: str) -> batch.Batch:
    header = "类别,情况描述,经度,纬度,电话"
    return batch.read("\r\n".join([header, *lines]).encode())


def test_of_a_file_every_sound_row_becomes_a_case(city: Any) -> None:
    lon, lat = city.spot()
    file = rows(
        city, f"1101,路边有垃圾,{lon},{lat},", f"9999,路边有垃圾,{lon},{lat},", "1101,路边有垃圾,0,0,",
        f"1101,短,{lon},{lat},", f"1401,占道摆摊卖水果,{lon},{lat},12", "1101,路边有垃圾,east,north,",
    )  # fmt: skip
    by = city.actor("supervisor")
    outcomes = actions.import_batch(file, by=by, at=city.now)
    assert [bool(outcome.number) for outcome in outcomes] == [True, False, False, False, False, False]
    assert [o.refusal.field for o in outcomes if isinstance(o.refusal, Invalid)][:2] == ["category", "point"]
    assert all(str(outcome.refusal) for outcome in outcomes[1:])
    again = actions.import_batch(file, by=by, at=city.now)
    assert (again[0].number, again[0].again) == (outcomes[0].number, True)
    assert Case.objects.count() == 1
    told = [entry.facts for entry in journal.trace("batch", file.digest)]
    assert told == [
        {"rows": 6, "opened": 1, "again": 0, "refused": 5},
        {"rows": 6, "opened": 0, "again": 1, "refused": 5},
    ]


def test_checking_a_file_opens_nothing(city: Any) -> None:
    lon, lat = city.spot()
    file = rows(city, f"1101,路边有垃圾,{lon},{lat},", "1101,路边有垃圾,0,0,")
    outcomes = actions.check_batch(file, by=city.actor("supervisor"), at=city.now)
    assert [outcome.refusal is None for outcome in outcomes] == [True, False]
    assert Case.objects.count() == 0


def test_a_source_that_is_none_is_refused() -> None:
    assert rules.source("patrol") == "patrol"
    with pytest.raises(Invalid) as refused:
        rules.source("rumour")
    assert refused.value.field == "source"
