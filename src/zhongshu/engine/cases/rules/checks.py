"""Whether this actor may do this task now, with this evidence. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.rules.settings import TaskSettings
from zhongshu.engine.cases.rules.state import Held, OpenTask
from zhongshu.registers.people.rules import mandates
from zhongshu.registers.places.rules import distance

OVER = "case.assign"
"""What being over the doers of a task is."""
OWN = frozenset({"by", "behalf", "at"})
"""The names `facts` writes beside the outcome of a task: no question of it may be called so."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where the doer stood (WGS-84 degrees) and when the device said so."""

    lon: float
    lat: float
    at: datetime


def allowed(actor: Actor, reach: Collection[int], task: OpenTask, at: datetime) -> None:
    """Refuse unless the actor holds the task's role over the task's reach, and nobody else has the task.

    Who was there before word came that another is sent may still do it; who took it over is over its doers, and needs
    no role of theirs, nor does who was asked to sign. What was handed to a delegate is done by them alone. Nobody
    does a task of office while they act for an applicant.
    """
    mandates.refuse(actor, mandates.Act.APPROVE)
    if task.signs is not None and task.assignee == actor.id:
        return
    scope = permissions.scope_of_role(actor, task.role, at)
    if not (scope.covers(reach) or (task.assignee == actor.id and permissions.may(actor, OVER, reach, at))):
        raise Forbidden("您没有办理这个环节的职责。如有疑问，请联系值班长。")
    if task.assignee is not None and not task.is_with(actor.id) and actor.id not in task.taken_from:
        raise Forbidden("这个环节已由他人领办。如需改派，请联系值班长。")
    if task.delegate is not None and actor.id != task.delegate:
        raise Forbidden("这个环节已委托他人办理。要自己办理，请先收回委托。")


def standing_in(actor: Actor, task: OpenTask) -> Actor:
    """The actor as the entry names them: a delegate acts for who answers for the task."""
    return replace(actor, behalf=task.assignee) if actor.id == task.delegate else actor


def giving(actor: Actor, reach: Collection[int], task: OpenTask, at: datetime) -> None:
    """Refuse unless the actor may give the task to somebody: who runs the shift any, a dispatcher what waits in a
    body's pool.
    """
    waits = task.pool < 0 and task.assignee is None
    wanted = ("case.assign", "case.dispatch") if waits else ("case.assign",)
    if not any(permissions.may(actor, permission, reach, at) for permission in wanted):
        raise Forbidden("只有值班长可以改派；派遣员可以把单位里还没有人接的环节交给人员。")


def running(held: Held) -> None:
    """Refuse while the case's clock stands still, and once it is closed."""
    if held.closed:
        raise Conflict("这个办件已经办结。")
    if held.stopped:
        raise Conflict("这个办件已经挂起，请先恢复。")


def apart(actor: Actor, held: Held, settings: TaskSettings) -> None:
    """Refuse when the actor did one of the tasks that must be another person's, or had it done by a delegate."""
    for other in settings.apart:
        done = held.data.get(other, {})
        if actor.id in (done.get("by"), done.get("behalf")):
            raise Forbidden("处置与核查须由不同的人完成：这件是您处置的，请由其他核查员核查。")


def in_place(held: Held, settings: TaskSettings, position: Position | None) -> float | None:
    """Metres between the doer and the case; refuse where a position is required or is too far off."""
    if position is None:
        if settings.position == "required":
            raise Invalid("请在现场打开定位后再提交：这个环节须记录位置和时间。", field="position")
        return None
    if not (-180 <= position.lon <= 180 and -90 <= position.lat <= 90):
        raise Invalid("定位的经纬度超出范围，请重新定位。", field="position")
    if held.lon is None or held.lat is None:
        return None
    metres = distance.metres(held.lon, held.lat, position.lon, position.lat)
    if settings.near and metres > settings.near:
        raise Invalid(
            "您距事发地点约 {metres} 米，须在 {near} 米以内提交。请到现场后重试。",
            field="position", metres=round(metres), near=settings.near,
        )  # fmt: skip
    return metres


def reason(text: str) -> str:
    """The reason somebody gave, trimmed; refused when there is none or far too much."""
    found = text.strip()
    if not 2 <= len(found) <= 500:
        raise Invalid("请写明原因（2 至 500 字）。", field="reason")
    return found


def pool_key(level_digits: int | None, place: int, body: int | None) -> int | None:
    """The ancestor at which a task is offered: the place cut to the level's digits, or the responsible body."""
    if level_digits is None:
        return None if body is None else permissions.body_key(body)
    return int(str(place)[:level_digits])


def facts(
    data: Mapping[str, Any], element: str, outcome: Mapping[str, Any], by: str, at: datetime, behalf: str | None = None
) -> dict[str, Any]:
    """The case's data after a task: its outcome stands under the task's name, with who, for whom, and when."""
    who = {"by": by, "behalf": behalf} if behalf else {"by": by}
    return {**data, element: {**outcome, **who, "at": at.isoformat()}}
