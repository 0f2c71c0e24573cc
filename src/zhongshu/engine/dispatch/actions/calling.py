"""Calling an officer over: a task goes to whom the desk sees near by."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from zhongshu.base.http.refusals import Absent
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries.one import View
from zhongshu.engine.dispatch import queries
from zhongshu.engine.dispatch.rules.officers import OfficerRanking

MOST = 500


def call_over(
    found: View, token: int, officer: UUID, *, instead_of: str, revision: int | None, by: Actor, at: datetime
) -> None:
    """Hand a task of a body to an officer, for the reasons that place the officer among those on shift now."""
    task = next((task for task in found.tasks if task.token == token), None)
    if task is None or task.pool >= 0:
        raise Absent("这个办件没有这样的环节：只有单位办理的环节可以叫人来办。")
    row = found.row
    ranking = queries.nearest(-task.pool, row.place, row.category, (row.lon, row.lat), at, k=MOST)
    cases.assign(
        row.id, token, officer, _why(ranking, str(officer)), instead_of=instead_of, revision=revision, by=by, at=at
    )


def _why(ranking: OfficerRanking, officer: str) -> str:
    """What places the officer, in words; that the desk chose somebody who is not on shift or not to be seen."""
    reasons = next((choice.reasons for choice in ranking.choices if choice.officer == officer), ())
    grounds = " ".join(gettext(reason.sentence).format(**reason.gaps) for reason in reasons)
    return f"{gettext('就近叫来。')}{grounds}" if grounds else gettext("派遣台指定。")
