"""A case's revision is the number of its last entry, whatever was done to it: pages and other systems go by it."""

from collections.abc import Callable
from typing import Any

import pytest

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.approvals import queries as proposals
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.tests.walks import Walk


def granted(city: Any, walk: Walk) -> None:
    approvals.decide(proposals.about(str(walk.id))[0].pk, True, "", by=city.actor("supervisor"), at=city.now)


def suspended(city: Any, walk: Walk, other: Walk) -> None:
    cases.ask_suspend(walk.id, "等待许可", by=walk.doer("handle"), at=city.now)
    granted(city, walk)


def extended(city: Any, walk: Walk, other: Walk) -> None:
    cases.ask_extend(walk.id, walk.task("handle").token, 1, "要等备件", by=walk.doer("handle"), at=city.now)
    granted(city, walk)


def resumed(city: Any, walk: Walk, other: Walk) -> None:
    suspended(city, walk, other)
    cases.resume(walk.id, by=walk.doer("handle"), at=city.now)


def merged(city: Any, walk: Walk, other: Walk) -> None:
    cases.merge(walk.id, other.id, "同一堆垃圾", by=city.actor("supervisor"), at=city.now)


def parted(city: Any, walk: Walk, other: Walk) -> None:
    merged(city, walk, other)
    cases.split(walk.id, "不是同一堆", by=city.actor("supervisor"), at=city.now)


def followed(city: Any, walk: Walk, other: Walk) -> None:
    told = cases.Follower(key="follow-00000001", source="resident")
    cases.follow(walk.id, told, by=city.actor("resident"), at=city.now)


def late(city: Any, walk: Walk, other: Walk) -> None:
    due = walk.task("handle").due
    assert due is not None and cases.raise_alarms(due) >= 2


@pytest.mark.parametrize("act", [suspended, extended, resumed, merged, parted, followed, late])
def test_every_entry_is_a_revision(city: Any, act: Callable[[Any, Walk, Walk], None]) -> None:
    walk, other = Walk(city), Walk(city)
    act(city, walk, other)
    assert [len(one.verbs) for one in (walk, other)] == [one.held.revision for one in (walk, other)]
    assert len(walk.verbs) > 1
