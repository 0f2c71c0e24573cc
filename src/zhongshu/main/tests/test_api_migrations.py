"""The machine door to migrations: a system that administers scenarios does all but decide."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from zhongshu.base.approvals import actions as approvals
from zhongshu.engine.cases.actions import migrating
from zhongshu.engine.cases.models import Case
from zhongshu.engine.cases.queries import migrations
from zhongshu.engine.cases.tests.authoring import authoring
from zhongshu.main.tests.test_api import Machine, refused

BASE = "/api/v1/cases/migrations"


@pytest.fixture
def opened(city: Any, tmp_path: Path) -> Iterator[Any]:
    """A case of version 1; version 2 has other terms."""
    Case.objects.filter(closed=None).update(closed=city.now)
    with authoring(city, tmp_path) as author:
        found = city.report()
        author.change("scenario.toml", ('"4 hours"', '"5 hours"')).load()
        yield found


def work(city: Any, id: str) -> None:
    while migrating.go_on(UUID(id), at=city.now):
        pass


def test_a_system_tries_proposes_and_moves_back_and_a_person_decides(city: Any, opened: Any) -> None:
    system = Machine(city, "administrator", place=None)
    versions = system.get("/api/v1/cases/scenarios/versions").json()
    assert [row["running"] for row in versions if row["scenario"] == "city-event"] == [0, 1]
    id = system.post(f"{BASE}/begin", {"scenario": "city-event"}).json()["id"]
    work(city, id)
    found = system.get(f"{BASE}/{id}").json()
    assert (found["state"], found["counts"]) == ("drafted", {"moves": 1, "asks": 0, "cannot": 0})
    assert found["shapes"][0]["cases"] == [opened.number]
    assert system.post(f"{BASE}/{id}/propose", {"reason": "时限放宽"}).status_code == 202
    waiting = migrations.awaited(id)
    assert waiting
    approvals.decide(waiting.pk, True, "", by=city.actor("leader"), at=city.now)
    work(city, id)
    assert [row["number"] for row in system.get(f"{BASE}/{id}/cases").json()] == [opened.number]
    undo = f"{BASE}/{id}/cases/{opened.case_id}/undo"
    assert system.post(undo, {"reason": "时限不对"}).status_code == 200
    refused(system.post(undo, {"reason": "时限不对"}), 409)
    assert system.get(f"{BASE}/{id}").json()["outcomes"] == {"moved": 0, "stayed": 0, "undone": 1}


def test_a_choice_that_there_is_not_and_a_turn_out_of_order_are_refused(city: Any, opened: Any) -> None:
    system = Machine(city, "administrator", place=None)
    id = system.post(f"{BASE}/begin", {"scenario": "city-event"}).json()["id"]
    refused(system.post(f"{BASE}/{id}/choices", {"shape": "none", "answers": {}}), 409)
    work(city, id)
    refused(system.post(f"{BASE}/{id}/choices", {"shape": "none", "answers": {}}), 409)
    for turn in ("stop", "resume"):
        refused(system.post(f"{BASE}/{id}/{turn}", {}), 409)
    assert system.post(f"{BASE}/{id}/drop", {}).status_code == 200
    refused(Machine(city, "integrator").get(f"{BASE}/{id}"), 403)
