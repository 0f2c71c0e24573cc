"""Driving events through the loop: predict, handle, learn, one after the other."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as clock_time
from typing import Any
from uuid import UUID

from django.db import transaction

from zhongshu.affairs.city import actions as city
from zhongshu.base.calendar import clock
from zhongshu.base.calendar.rules import SHANGHAI
from zhongshu.base.journal import jobs as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.actions.rows import read_locked
from zhongshu.main import wiring
from zhongshu.main.replay.reading import Event
from zhongshu.main.replay.world import World

LEARNING = {"dispatch learns who handled what"}


@dataclass(slots=True)
class Score:
    """How often the body was foreseen, and how fast the loop ran."""

    events: int = 0
    judged: int = 0
    first: int = 0
    among_three: int = 0
    refused: int = 0
    on_time: int = 0
    seconds: float = 0.0

    def report(self) -> dict[str, float | int]:
        """The figures, shares of the judged."""
        judged = max(self.judged, 1)
        return {
            "events": self.events, "judged": self.judged,
            "lifecycles_per_s": round(self.events / max(self.seconds, 1e-9), 1), 
            "on_time": round(self.on_time / max(self.events, 1), 4), "top1": round(self.first / judged, 4),
            "top3": round(self.among_three / judged, 4), "refused": round(self.refused / judged, 4),
        }  # fmt: skip


def drive(world: World, learnt: list[Event], judged: list[Event], progress: Callable[[int, int], None]) -> Score:
    """Walk every event from report to closing in order; those of `judged` are counted by what was foreseen."""
    score, began = Score(), time.perf_counter()
    reactions = {name: wiring.REACTIONS[name] for name in LEARNING}
    total = len(learnt) + len(judged)
    for number, event in enumerate([*learnt, *judged]):
        moment = datetime.combine(event.day, clock_time(8), SHANGHAI) + timedelta(seconds=number % 30_000)
        foreseen = _loop(world, event, f"replay-{number:08d}", moment)
        while journal.run_once(reactions):
            pass
        if number >= len(learnt) and event.body:
            _judge(score, foreseen, event.body)
        score.events, score.on_time = score.events + 1, score.on_time + event.on_time
        progress(number + 1, total)
    score.seconds = time.perf_counter() - began
    return score


def _judge(score: Score, foreseen: dict[str, Any], body: str) -> None:
    ranking = [row["name"] for row in foreseen["ranking"]]
    score.judged += 1
    score.refused += foreseen["refused"]
    score.first += ranking[:1] == [body]
    score.among_three += body in ranking[:3]


def _loop(world: World, event: Event, key: str, moment: datetime) -> dict[str, Any]:
    """One event through the loop; returns what the automatic dispatch answered.

    An event that nobody handled stays with the dispatcher.
    """
    lon, lat = world.points[event.street, event.community]
    told = city.NewEvent(
        key=key, source="patrol", category=world.codes[event.category], lon=lon, lat=lat,
        answers={"description": f"{event.community}：{event.category[2]}"},
    )  # fmt: skip
    with clock.at(moment):
        case_id = city.report(told, by=world.officer, at=moment).case_id
        foreseen = _dispatched(case_id)
        true = world.bodies.get(event.body)
        if true is None:
            return foreseen
        if foreseen["refused"]:
            _complete(case_id, "choose", {"body": true, "reason": "按职责派遣"}, world.officer, moment)
        elif foreseen["body"] != true:
            _complete(case_id, "handle", {"result": "not_ours", "reason": "不属本单位职责"}, world.officer, moment)
            _complete(case_id, "choose", {"body": true, "reason": "按职责派遣"}, world.officer, moment)
        _complete(case_id, "handle", {"result": "done", "note": "已处置"}, world.officer, moment)
        _complete(case_id, "verify", {"passed": True}, world.verifier, moment)
        _complete(case_id, "close", {}, world.officer, moment)
    return foreseen


def _dispatched(case_id: UUID) -> dict[str, Any]:
    with transaction.atomic():
        return dict(read_locked(case_id).data["dispatch"])


def _complete(case_id: UUID, element: str, answers: dict[str, object], by: Actor, moment: datetime) -> None:
    with transaction.atomic():
        task = next(task for task in read_locked(case_id).tasks if task.element == element)
        cases.complete(case_id, task.token, answers, by=by, at=moment)
