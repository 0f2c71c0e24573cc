"""Many at the same moment, each with a connection of their own."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from zhongshu.base.http.refusals import Conflict
from zhongshu.base.journal import queries as journal
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.models import Case
from zhongshu.engine.cases.tests.test_acting import Family, Told
from zhongshu.engine.cases.tests.test_supplement import LATER, Report
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.registers.people import queries as people
from zhongshu.registers.people.rules.mandates import NoLongerActing

AtOnce = Callable[..., list[Any]]


@pytest.fixture
def city(committed_city: Any) -> Any:
    return committed_city


def test_a_report_sent_twice_at_once_is_one_case(city: Any, at_once: AtOnce) -> None:
    before = Case.objects.count()
    sent = at_once(*[lambda: city.report(key="sent-at-once")] * 8)
    assert len({opened.number for opened in sent}) == 1
    assert sum(not opened.again for opened in sent) == 1
    assert Case.objects.count() == before + 1
    assert [e.verb for e in journal.trace("case", str(sent[0].case_id))] == ["case.opened"]


def test_of_twenty_who_claim_at_once_one_wins_and_the_others_are_told(city: Any, at_once: AtOnce) -> None:
    walk = Walk(city, category="1101", source="resident", by="resident")
    token, accept = walk.task("accept").token, walk.task("accept")
    able = people.holders("acceptor", {*walk.held.reach, accept.pool}, city.now)
    actors = [walk.actor(account.pk) for account in able] * 20

    def claim(by: Any) -> Callable[[], None]:
        return lambda: cases.claim(walk.id, token, by=by, at=city.now)

    answers = at_once(*[claim(by) for by in actors[:20]])
    winner = walk.task("accept").assignee
    for by, answer in zip(actors, answers, strict=False):
        assert (answer is None) == (by.id == winner)
        assert answer is None or isinstance(answer, Conflict)
    assert walk.verbs == ["case.opened", "case.task_claimed"]


def test_of_two_outcomes_sent_at_once_one_counts(city: Any, at_once: AtOnce) -> None:
    walk = Walk(city)
    by, token = walk.doer("handle"), walk.task("handle").token
    done = at_once(*[lambda: cases.complete(walk.id, token, {"result": "done"}, by=by, at=city.now)] * 6)
    assert sum(isinstance(answer, Conflict) for answer in done) == 5
    assert walk.open == ["verify"] and walk.verbs == ["case.opened", "case.task_completed"]
    assert journal.verify_one("case", str(walk.id)) == []


def test_a_timer_looked_at_by_two_schedulers_fires_once(city: Any, at_once: AtOnce) -> None:
    walk = Walk(city, category="0101")
    later = city.now + timedelta(minutes=31)
    assert sum(at_once(*[lambda: cases.fire_due_timers(later)] * 2)) == 1
    assert walk.open == ["handle", "urge"]


def test_numbers_of_cases_opened_at_once_are_all_different(city: Any, at_once: AtOnce) -> None:
    opened = at_once(*[lambda: [city.report().number for _ in range(5)]] * 4)
    numbers = [number for each in opened for number in each]
    assert len(set(numbers)) == 20


def test_of_answers_and_a_lapse_at_once_one_ends_the_waiting(city: Any, at_once: AtOnce) -> None:
    report = Report(city)
    report.ask()
    late = city.now + LATER
    ended = at_once(*[lambda: report.answer(at=late)] * 4, lambda: cases.lapse_supplements(late))
    assert sum(isinstance(one, Conflict) for one in ended[:4]) == 3 + ended[4]
    assert sum(verb.startswith("case.supplement_") for verb in report.verbs) == 2 and report.held.stopped is None
    assert len(report.rows("cases_pause", "ended")) == 1


@pytest.mark.parametrize("_", range(4))
def test_of_a_return_and_a_completion_at_once_one_wins_and_the_other_is_told(
    city: Any, at_once: AtOnce, _: int
) -> None:
    walk = Walk(city)
    walk.do("handle", result="done")
    verifier, token, supervisor = walk.doer("verify"), walk.task("verify").token, city.actor("supervisor")
    answers: dict[str, Any] = {"passed": True, "photos": [city.photo(verifier)]}
    spot, at = walk.at_spot(), city.now
    done, back = at_once(
        lambda: cases.complete(walk.id, token, answers, position=spot, by=verifier, at=at),
        lambda: cases.send_back(walk.id, token, "handle", "照片看不清。", by=supervisor, at=at),
    )
    (told,) = [answer for answer in (done, back) if isinstance(answer, Conflict)]
    assert told.happened and walk.open == (["handle"] if told is done else ["close"])
    assert journal.verify_one("case", str(walk.id)) == []


def test_of_a_recall_and_a_claim_at_once_one_wins(city: Any, at_once: AtOnce) -> None:
    walk = Walk(city)
    token, by = walk.task("handle").token, walk.doer("handle")
    walk.do("handle", by, result="done")
    verifier, task = walk.doer("verify"), walk.task("verify")
    taken, back = at_once(
        lambda: cases.claim(walk.id, task.token, by=verifier, at=city.now),
        lambda: cases.recall(walk.id, token, "漏传照片。", by=by, at=city.now),
    )
    assert isinstance(taken, Conflict) != isinstance(back, Conflict)
    assert walk.open == (["handle"] if taken else ["verify"])


def test_what_an_agent_does_while_their_mandate_is_revoked_is_done_or_refused_and_nothing_after(
    city: Any, at_once: AtOnce
) -> None:
    family = Family(city)
    acting, told = family.acting, [Told(city, family.acting) for _ in range(3)]
    outcomes = at_once(family.revoke, *[lambda one=one: cases.urge_own(one.id, by=acting, at=city.now) for one in told])
    assert outcomes[0] is None
    for one, outcome in zip(told, outcomes[1:], strict=True):
        assert ("case.urged" in one.verbs) == (outcome is None)
        with pytest.raises(NoLongerActing):
            cases.withdraw(one.id, "不要了", by=acting, at=city.now)
