"""The machine door to what is done about a case beside its tasks."""

from typing import Any

import pytest

from zhongshu.engine.cases.tests.test_supplement import Report
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.main.tests.test_api import Machine

C = "/api/v1/cases"
WHY = {"reason": "对接平台核实"}


@pytest.fixture
def shift(city: Any) -> Machine:
    return Machine(city, "supervisor", "acceptor", "integrator")


def post(machine: Machine, path: str, data: Any = WHY) -> int:
    return machine.send("POST", f"{C}/{path}", data).status_code


def test_a_machine_asks_for_what_is_missing_reads_what_came_and_waits_no_longer(city: Any, shift: Machine) -> None:
    report = Report(city)
    ask = f"{report.id}/tasks/{report.task('accept').token}/supplement"
    assert post(shift, ask, {"items": []}) == 422
    assert post(shift, ask, {"items": [{"what": "时间", "why": "查不到"}], "revision": 1}) == 200
    (kept,) = shift.send("GET", f"{C}/{report.id}/supplements").json()
    assert kept["items"] == [{"what": "时间", "why": "查不到"}] and kept["ending"] is None
    assert post(shift, f"{report.id}/supplement", {"answers": {"text_1": "夜里"}}) == 404  # it did not report this
    assert post(shift, f"{report.id}/supplement/drop") == 200
    assert post(shift, f"{report.id}/supplement/withdrawn") == 409


def test_what_a_machine_reported_it_adds_to_and_takes_back(city: Any, shift: Machine) -> None:
    own = Walk(city, category="1601", source="resident", by="resident", account=shift.account.pk)
    ask = f"{own.id}/tasks/{own.task('accept').token}/supplement"
    assert post(shift, ask, {"items": [{"what": "时间", "why": "查不到"}]}) == 200
    assert post(shift, f"{own.id}/supplement", {"answers": {}}) == 422
    assert post(shift, f"{own.id}/supplement", {"answers": {"text_1": "夜里"}}) == 200
    assert post(shift, f"{own.id}/withdraw") == 200 and own.held.phase == "withdrawn"
    assert post(shift, f"{Walk(city).id}/withdraw") == 404


def test_a_machine_urges_and_cancels_where_it_runs_the_shift(city: Any, shift: Machine) -> None:
    walk = Walk(city)
    urge = f"{walk.id}/tasks/{walk.task('handle').token}/urge"
    assert post(Machine(city, "dispatcher"), urge) == 403 and post(shift, urge) == 200 and post(shift, urge) == 409
    assert post(Machine(city, "dispatcher"), f"{walk.id}/cancel") == 403
    assert post(shift, f"{walk.id}/cancel") == 200 and post(shift, f"{walk.id}/cancel") == 409


def test_a_machine_ties_and_unties_cases_it_may_see(city: Any, shift: Machine) -> None:
    one, other = Walk(city), Walk(city)
    tie = {"other": other.held.number, "kind": "part", "note": "同一工地"}
    assert post(shift, f"{one.id}/links", tie) == 200 and post(shift, f"{one.id}/links", tie) == 409
    (tied,) = shift.send("GET", f"{C}/{other.id}/links").json()
    assert (tied["number"], tied["kind"], tied["own"], tied["note"]) == (one.held.number, "part", False, "同一工地")
    elsewhere = Machine(city, "supervisor", place=9902)
    assert elsewhere.send("GET", f"{C}/{one.id}/links").status_code == 404
    assert post(elsewhere, f"{one.id}/links", tie) == 404
    assert post(shift, f"{other.id}/links/{one.held.number}/off", {}) == 200
