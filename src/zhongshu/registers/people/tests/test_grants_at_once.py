"""Grants that several people touch at the same moment."""

from collections.abc import Callable
from typing import Any

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.approvals.models import Proposal
from zhongshu.base.http.refusals import Conflict
from zhongshu.registers.people import actions
from zhongshu.registers.people.rules.grants import Wanted

AT_ONCE = 50


def test_fifty_approvals_at_once_give_one_grant(committed_city: Any, at_once: Callable[..., list[Any]]) -> None:
    city, at = committed_city, committed_city.now
    account, security = city.account("counter"), city.actor("security")
    asked = actions.propose_grant(
        account.pk, Wanted("acceptor", place=990101), "新到岗值守", by=city.actor("administrator"), at=at
    )
    answers = at_once(*[lambda: approvals.decide(asked.pk, True, "", by=security, at=at)] * AT_ONCE)
    assert [type(answer) for answer in answers].count(Proposal) == 1
    assert sum(isinstance(answer, Conflict) for answer in answers) == AT_ONCE - 1
    assert account.grants.filter(role="acceptor").count() == 1
