"""Two ratings of one case at the same moment."""

from typing import Any

from zhongshu.base.http.refusals import Conflict
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.engine.ratings import actions


def test_of_ratings_sent_at_once_one_counts(committed_city: Any, at_once: Any) -> None:
    city = committed_city
    resident = city.actor("resident")
    case = Walk(city, source="resident", by="resident", account=resident.id)
    case.do("accept", accepted=False, reason="不属于受理范围。")
    answers = at_once(*[lambda: actions.rate(case.id, 5, (), "", by=resident, at=city.now)] * 6)
    assert sum(isinstance(answer, Conflict) for answer in answers) == 5
