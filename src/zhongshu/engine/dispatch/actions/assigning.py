"""Which body takes a case, and which of its officers."""

from datetime import datetime
from typing import Any

import msgspec

from zhongshu.base.http.refusals import Forbidden
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.doors import Situation
from zhongshu.engine.cases.queries import worklist
from zhongshu.engine.cases.queries.worklist import Waiting
from zhongshu.engine.dispatch import queries
from zhongshu.engine.dispatch.rules import batch, officers
from zhongshu.registers.people import queries as people
from zhongshu.registers.places import queries as places


def assign(situation: Situation) -> dict[str, Any]:
    """The handler `dispatch.assign`: which body, and which of its officers on shift; or a refusal to a person.

    The answer holds the ranking with its reasons and the officers considered, so that every choice can be explained.
    """
    ranking = queries.rank_bodies(situation.category, situation.place, situation.at)
    ids = {name: body for body, name in people.called().items()}
    answer: dict[str, Any] = {
        "refused": ranking.refused or not ranking.choices or ranking.choices[0].body not in ids,
        "margin": round(ranking.margin, 4),
        "ranking": [
            {
                "body": ids.get(c.body), "name": c.body, "score": round(c.score, 4),
                "reasons": msgspec.to_builtins(c.reasons),
            }
            for c in ranking.choices
        ],
    }  # fmt: skip
    if answer["refused"]:
        return answer | {"body": None, "officer": None, "officers": []}
    body = ids[ranking.choices[0].body]
    return answer | {"body": body} | _officer(situation, body)


def _officer(situation: Situation, body: int) -> dict[str, Any]:
    """The officer of the body who can be there first, with the runners-up and who cannot go; nobody when none can."""
    standing = queries.on_shift(body, situation.place, situation.category, situation.at)
    coming = officers.approaching(standing, _spot(situation), queries.roads()) if standing else ()
    ranking = officers.rank(coming, situation.at, wished=frozenset({situation.category[:2]}))
    return {
        "officer": ranking.best.officer if ranking.best else None,
        "officers": msgspec.to_builtins(ranking.choices),
        "excluded": [
            {"officer": officer, "reason": msgspec.to_builtins(why)} for officer, why in ranking.excluded[:10]
        ],
    }


def _spot(case: Situation | Waiting) -> tuple[float, float] | None:
    if case.lon is None or case.lat is None:
        return places.inner_point(case.place)
    return case.lon, case.lat


def assign_waiting(at: datetime, limit: int = 50) -> int:
    """Hand the tasks that wait in bodies' pools to officers on shift, together at the least total time.

    Returns how many found somebody. Who gave a task back is not asked again; each assignment keeps its reasons.
    """
    waiting = {f"{case.case_id}:{case.token}": case for case in worklist.waiting_for(queries.HANDLER, limit)}
    choices = {key: _able(case, at) for key, case in waiting.items()}
    free: dict[str, int] = {}
    for found in choices.values():
        for one, _ in found.values():
            free[one.officer] = max(one.capacity - one.load, 0)
    costs = {
        (key, officer): choice.cost_seconds for key, found in choices.items() for officer, (_, choice) in found.items()
    }
    plan = batch.assign_batch(list(waiting), free, costs)
    return sum(_handed(waiting[key], choices[key][officer][1], at) for key, officer in plan.assigned.items())


def _able(case: Waiting, at: datetime) -> dict[str, tuple[officers.Candidate, officers.OfficerChoice]]:
    """Everybody who could take the task, with the cost and its reasons."""
    standing = queries.on_shift(case.body, case.place, case.category, at)
    asked = [one for one in standing if one.officer not in case.declined]
    coming = officers.approaching(asked, _spot(case), queries.roads()) if asked else ()
    ranking = officers.rank(coming, at, wished=frozenset({case.category[:2]}), k=len(coming))
    known = {candidate.officer: candidate for candidate in coming}
    return {choice.officer: (known[choice.officer], choice) for choice in ranking.choices}


def _handed(case: Waiting, choice: officers.OfficerChoice, at: datetime) -> bool:
    why = {"cost_seconds": choice.cost_seconds, "reasons": msgspec.to_builtins(choice.reasons)}
    try:
        return cases.hand_out(case.case_id, case.token, choice.officer, why, at=at)
    except Forbidden:
        return False
