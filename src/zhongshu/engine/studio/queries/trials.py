"""Drafts as they are tried on paper."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from zhongshu.base.http.refusals import Absent
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases.rules.scenario import Scenario, compile
from zhongshu.engine.studio.models import Draft, Trial
from zhongshu.engine.studio.queries import drafts, towns
from zhongshu.engine.studio.rules import trial as paper

MOST = 20
"""So many trials are kept of a draft."""
GONE = "没有找到这次试办，可能已经删去。"


def listed(draft: Draft) -> list[Trial]:
    """The trials of a draft, those changed last first; there are never more than `MOST`."""
    return list(draft.trials.order_by("-changed", "-id")[:MOST])


def one(trial: UUID, by: Actor, at: datetime) -> Trial:
    """A trial, for who may see its draft; Absent for everybody else."""
    found = Trial.objects.filter(pk=trial).select_related("draft").first()
    if found is None:
        raise Absent(GONE)
    drafts.to_decide(found.draft_id, by, at)
    return found


def of(draft: Draft, trial: UUID) -> Trial:
    """A trial of a draft that one has open; Absent where it has no such trial."""
    found = draft.trials.filter(pk=trial).first()
    if found is None:
        raise Absent(GONE)
    return found


def scenario(files: Mapping[str, str]) -> Scenario:
    """The scenario a draft's files make. Invalid says what has to be mended before it can be tried."""
    return _compiled(tuple(files.items()))


@lru_cache(maxsize=32)
def _compiled(files: tuple[tuple[str, str], ...]) -> Scenario:
    """A trial asks for the same scenario with every step."""
    return compile(1, dict(files))


def played(trial: Trial, known: Scenario) -> paper.Played:
    """A trial as far as it comes in this scenario."""
    begun = datetime.fromisoformat(trial.plain["begin"]["at"])
    return paper.from_json(
        known, towns.town("city" if trial.town == Trial.Town.CITY else "made_up", begun.year), trial.plain
    )
