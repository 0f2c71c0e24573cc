"""The applicant is asked for all that is missing, once; the clock stands still until it comes or the time is over."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from zhongshu.base.http.refusals import Absent, Conflict, Forbidden
from zhongshu.base.permissions.rules import ANONYMOUS, Actor
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.models import Attachment
from zhongshu.engine.cases.models import Supplement as Kept
from zhongshu.engine.cases.queries import clocks
from zhongshu.engine.cases.queries import supplement as lists
from zhongshu.engine.cases.rules.supplement import Answer, Item
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.engine.messages.models import Message

NOISE = "1601"
ASKED = (Item("噪声的时间", "查不到时段"), Item("门牌号", "找不到地方"))
ANSWERS = {"text_1": "每天夜里十一点", "text_2": "帆影路 12 号"}
LATER = timedelta(days=30)


class Report(Walk):
    """What a resident told of, which waits to be accepted."""

    def __init__(self, city: Any, category: str = NOISE, **changes: Any) -> None:
        self.resident = city.actor("resident")
        given = {"source": "resident", "by": "resident", "account": self.resident.id} | changes
        super().__init__(city, category=category, **given)

    @property
    def acceptor(self) -> Actor:
        return self.doer("accept")

    def ask(self, by: Actor | None = None, **changes: Any) -> None:
        at = changes.pop("at", self.city.now)
        cases.ask_supplement(self.id, self.task("accept").token, ASKED, by=by or self.acceptor, at=at, **changes)

    def answer(self, given: dict[str, Any] = ANSWERS, **changes: Any) -> None:
        by, at = changes.pop("by", self.resident), changes.pop("at", self.city.now)
        cases.answer_supplement(self.id, given, by=by, at=at, **changes)

    def lapse(self) -> int:
        return cases.lapse_supplements(self.city.now + LATER)

    def told(self, template: str) -> set[str]:
        return {str(m.account) for m in Message.objects.filter(case_id=self.id, template=template)}


def test_asking_stops_the_clock_and_tells_the_applicant_what_is_missing(city: Any) -> None:
    report = Report(city)
    report.ask()
    assert report.task("accept").due is None and report.held.due is None and report.held.stopped
    (entry,) = [e for e in city.trace(report.id) if e["verb"] == "case.supplement_asked"]
    assert entry["facts"]["reason"] == "1. 噪声的时间（查不到时段）；2. 门牌号（找不到地方）"
    assert report.rows("cases_pause", "reason") == [(entry["facts"]["reason"],)]
    city.react()
    (message,) = Message.objects.filter(case_id=report.id, template="case.supplement_asked")
    assert str(message.account) == report.resident.id and message.facts["count"] == 2 and message.facts["due"]


def test_nothing_is_done_or_due_while_the_applicant_is_waited_for(city: Any) -> None:
    report = Report(city)
    report.ask()
    with pytest.raises(Conflict, match="已经挂起"):
        report.do("accept", accepted=True)
    with pytest.raises(Conflict, match="正等申请人补正"):
        cases.resume(report.id, by=city.actor("supervisor"), at=city.now)
    assert cases.raise_alarms(city.now + timedelta(days=3)) == 0


def test_the_answer_lets_the_clock_go_on_with_the_time_it_lost_and_tells_who_asked(city: Any) -> None:
    report = Report(city)
    before, asker = report.task("accept"), report.acceptor
    photo = city.photo(report.resident)
    asked = before.opened + timedelta(minutes=10)
    report.ask(at=asked)
    report.answer({"text_1": "每天夜里十一点", "photos_2": [photo]}, at=asked + timedelta(days=2))
    assert report.task("accept").due == before.due + timedelta(days=2) and clocks.stopped(report.id) is None
    (kept,) = lists.of_case(report.id)
    assert kept.ending == "answered" and kept.pairs[0] == (ASKED[0], Answer("每天夜里十一点"))
    assert Attachment.objects.get(case_id=report.id).field == "supplement-1-2"
    city.react()
    assert report.told("task.supplement_answered") == {asker.id}
    report.do("accept", accepted=True)


def test_whoever_has_the_query_code_answers_without_an_account(city: Any) -> None:
    report = Report(city, account=None, phone="13800000000")
    report.ask()
    with pytest.raises(Absent):
        report.answer(by=ANONYMOUS, code="00000000" if report.opened.query_code != "00000000" else "1")
    report.answer(by=ANONYMOUS, code=report.opened.query_code)
    assert lists.waiting(report.id) is None


def test_nobody_else_answers_and_an_answer_is_given_once(city: Any) -> None:
    report = Report(city)
    report.ask()
    with pytest.raises(Absent):
        report.answer(by=city.actor("leader"))
    report.answer()
    with pytest.raises(Conflict, match="可能已经提交"):
        report.answer()


def test_it_is_asked_once(city: Any) -> None:
    report = Report(city)
    report.ask()
    report.answer()
    with pytest.raises(Conflict, match="只能一次告知"):
        report.ask()


def test_after_five_working_days_it_is_too_late_to_ask(city: Any) -> None:
    report = Report(city)
    with pytest.raises(Conflict, match="超过一次性告知的期限"):
        report.ask(at=report.held.opened + timedelta(days=25))
    assert report.held.stopped is None


def test_who_left_no_address_cannot_be_asked(city: Any) -> None:
    with pytest.raises(Conflict, match="没有留下账号或电话"):
        Report(city, account=None).ask()


def test_only_the_doer_of_a_task_that_may_ask_does(city: Any) -> None:
    report = Report(city)
    with pytest.raises(Forbidden, match="没有办理这个环节的职责"):
        report.ask(by=city.actor("leader"))
    patrol = Walk(city)
    with pytest.raises(Forbidden, match="不能要求申请人补正"):
        cases.ask_supplement(patrol.id, patrol.task("handle").token, ASKED, by=patrol.doer("handle"), at=city.now)


def test_who_asks_from_a_task_that_is_gone_is_told_what_happened(city: Any) -> None:
    report = Report(city)
    token, by = report.task("accept").token, report.acceptor
    report.do("accept", accepted=True)
    with pytest.raises(Conflict) as refused:
        cases.ask_supplement(report.id, token, ASKED, revision=1, by=by, at=city.now)
    assert [step["verb"] for step in refused.value.happened] == ["case.task_completed"]


def test_when_the_time_is_over_the_clock_goes_on_and_the_asker_is_told(city: Any) -> None:
    report = Report(city, "1101")
    asker = report.acceptor
    report.ask()
    assert cases.lapse_supplements(city.now) == 0
    assert report.lapse() == 1 and report.lapse() == 0
    assert report.held.stopped is None and lists.of_case(report.id)[0].ending == "lapsed"
    city.react()
    assert report.told("task.supplement_lapsed") == {asker.id}
    assert report.told("case.supplement_lapsed") == {report.resident.id}
    with pytest.raises(Conflict, match="才能按撤回申请处理"):
        cases.deem_withdrawn(report.id, "逾期未补正", by=asker, at=city.now + LATER)
    report.do("accept", accepted=True)


def test_where_the_scenario_says_so_it_may_count_as_withdrawn(city: Any) -> None:
    report = Report(city)
    asker = report.acceptor
    with pytest.raises(Conflict, match="才能按撤回申请处理"):
        cases.deem_withdrawn(report.id, "逾期未补正", by=asker, at=city.now)
    report.ask()
    report.lapse()
    cases.deem_withdrawn(report.id, "逾期未补正", by=asker, at=city.now + LATER)
    assert (report.held.phase, report.open) == ("withdrawn", [])
    city.react()
    assert report.told("case.deemed_withdrawn") == {report.resident.id} and not report.told("case.withdrawn")


def test_the_asker_may_stop_waiting_with_a_reason(city: Any) -> None:
    report = Report(city)
    asker = report.acceptor
    report.ask()
    with pytest.raises(Forbidden, match="结束等待"):
        cases.drop_supplement(report.id, "不用了", by=city.actor("leader"), at=city.now)
    cases.drop_supplement(report.id, "现场已查清", by=asker, at=city.now)
    assert report.held.stopped is None
    city.react()
    assert report.told("case.supplement_dropped") == {report.resident.id} and not report.told("task.supplement_dropped")


def test_a_case_that_waits_is_not_merged_away(city: Any) -> None:
    report, other = Report(city), Report(city)
    report.ask()
    with pytest.raises(Conflict, match="正等申请人补正"):
        cases.merge(report.id, other.id, "同一件", by=city.actor("supervisor"), at=city.now)


def test_one_list_waits_at_a_time(city: Any) -> None:
    report = Report(city)
    report.ask()
    (row,) = Kept.objects.filter(case_id=report.id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Kept.objects.create(case_id=report.id, number=2, token=row.token, contact=row.contact, items=[], law="某法",
                            actor=row.actor, at=row.at, due=row.due)  # fmt: skip
