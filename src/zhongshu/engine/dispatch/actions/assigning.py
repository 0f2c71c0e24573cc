"""Which body takes a case, and which of its officers."""

from typing import Any

import msgspec

from zhongshu.engine.cases.doors import Situation
from zhongshu.engine.dispatch import queries
from zhongshu.registers.people import queries as people


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
    spot = situation.lon, situation.lat
    ranking = queries.nearest(body, situation.place, situation.category, spot, situation.at)
    return {
        "officer": ranking.best.officer if ranking.best else None,
        "officers": msgspec.to_builtins(ranking.choices),
        "excluded": [
            {"officer": officer, "reason": msgspec.to_builtins(why)} for officer, why in ranking.excluded[:10]
        ],
    }
