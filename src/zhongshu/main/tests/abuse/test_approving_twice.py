"""Fifty clicks at once on one proposal."""

from collections.abc import Callable
from typing import Any

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.approvals.models import Proposal
from zhongshu.base.http.refusals import Conflict, Forbidden
from zhongshu.base.journal import queries as journal
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import clocks

AT_ONCE = 50


def test_of_fifty_approvals_at_once_one_counts(committed_city: Any, at_once: Callable[..., list[Any]]) -> None:
    city = committed_city
    case = city.report()
    cases.ask_suspend(case.case_id, "等待开挖许可", by=city.actor("supervisor"), at=city.now)
    proposal, leader = Proposal.objects.get(), city.actor("leader")
    answers = at_once(*[lambda: approvals.decide(proposal.pk, True, "", by=leader, at=city.now)] * AT_ONCE)
    assert sum(isinstance(answer, Proposal) for answer in answers) == 1
    assert sum(isinstance(answer, Conflict) for answer in answers) == AT_ONCE - 1
    verbs = [entry.verb for entry in journal.trace("proposal", str(proposal.pk))]
    assert verbs.count("approvals.approved") == 1 and clocks.stopped(case.case_id) is not None


def test_who_asked_does_not_approve_however_often(committed_city: Any, at_once: Callable[..., list[Any]]) -> None:
    city = committed_city
    case, supervisor = city.report(category="1102"), city.actor("supervisor")
    cases.ask_suspend(case.case_id, "等待开挖许可", by=supervisor, at=city.now)
    proposal = Proposal.objects.get(subject=str(case.case_id))
    answers = at_once(*[lambda: approvals.decide(proposal.pk, True, "", by=supervisor, at=city.now)] * 8)
    assert all(isinstance(answer, Forbidden) for answer in answers)
    assert clocks.stopped(case.case_id) is None
