"""Who told is told what happens; who has a task is told of it; everybody once."""

from typing import Any

from zhongshu.base.journal import queries as journal
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases import reactions
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.engine.messages import rules
from zhongshu.engine.messages.models import Message


def told(walk: Walk, account: Any = None) -> list[str]:
    """The sentences sent about a case (to one account), oldest first."""
    found = Message.objects.filter(case_id=walk.id, **({"account": account} if account else {})).order_by("pk")
    return [rules.sentence(message.template).format(**message.facts) for message in found]


def test_the_reporter_is_told_of_every_phase_once(city: Any) -> None:
    resident = city.actor("resident").id
    walk = Walk(city, source="resident", by="resident", account=resident)
    walk.do("accept", accepted=True)
    walk.do("file", filed=True)
    city.react()
    sentences = told(walk, resident)
    assert [("已收到" in s, "待立案" in s, "处置中" in s) for s in sentences] == [
        (True, False, False), (False, True, False), (False, False, True),
    ]  # fmt: skip
    for entry in journal.trace("case", str(walk.id)):
        if entry.verb in reactions.TELLING:
            reactions.tell(entry)
    assert told(walk, resident) == sentences


def test_the_officer_is_told_of_the_task(city: Any) -> None:
    walk = Walk(city)
    officer = walk.task("handle").assignee
    city.react()
    (sentence,) = told(walk, officer)
    assert "您有新的任务" in sentence and walk.held.number in sentence and "处置" in sentence


def test_who_gets_another_s_task_is_told(city: Any) -> None:
    walk = Walk(city)
    token, before = walk.task("handle").token, walk.doer("handle")
    cases.release(walk.id, token, "车辆故障", by=before, at=city.now)
    other = next(found for seat in (0, 1) if (found := walk.doer("handle", seat)).id != before.id)
    cases.assign(walk.id, token, other.id, "就近处置", by=city.actor("supervisor"), at=city.now)
    city.react()
    assert len(told(walk, other.id)) == 1 and len(told(walk, before.id)) == 1


def test_a_claim_moves_nothing_and_tells_nobody(city: Any) -> None:
    resident = city.actor("resident").id
    walk = Walk(city, source="resident", by="resident", account=resident)
    cases.claim(walk.id, walk.task("accept").token, by=walk.doer("accept"), at=city.now)
    city.react()
    assert len(told(walk, resident)) == 1


def test_who_told_without_account_or_phone_is_not_written_to(city: Any) -> None:
    walk = Walk(city, source="resident", by="resident")
    city.react()
    assert told(walk) == []


def test_a_closed_case_asks_for_a_rating(city: Any) -> None:
    resident = city.actor("resident").id
    walk = Walk(city, category="1401", source="resident", by="resident", account=resident)
    walk.do("accept", accepted=True)
    walk.do("handle", result="done", measure="guided")
    walk.do("verify", passed=True)
    city.react()
    assert "已办结" in told(walk, resident)[-1] and "评价" in told(walk, resident)[-1]


def test_a_report_not_taken_up_is_answered_with_the_reason(city: Any) -> None:
    resident = city.actor("resident").id
    refused = Walk(city, source="resident", by="resident", account=resident)
    refused.do("accept", accepted=False, reason="不在城市管理范围内。")
    unfiled = Walk(city, source="resident", by="resident", account=resident)
    unfiled.do("accept", accepted=True)
    unfiled.do("file", filed=False, note="现场未发现。")
    city.react()
    assert told(refused, resident)[-1].endswith("未予受理：不在城市管理范围内。")
    assert told(unfiled, resident)[-1].endswith("未予受理：现场未发现。")
