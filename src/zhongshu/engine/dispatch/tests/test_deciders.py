"""Those who may decide a proposal hear of it once, and who proposed hears what was decided."""

from typing import Any

import pytest

from zhongshu.base.approvals import actions as approvals
from zhongshu.base.approvals.models import Proposal
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.dispatch import actions as dispatch
from zhongshu.engine.dispatch.models import Responsibility
from zhongshu.engine.dispatch.rules.table import Change
from zhongshu.engine.messages.models import Message
from zhongshu.registers.people.models import Body

pytestmark = pytest.mark.django_db


def told(city: Any, login: str) -> list[str]:
    found = Message.objects.filter(account=city.account(login).pk, template__startswith="approval.")
    return list(found.order_by("sent", "id").values_list("template", flat=True))


@pytest.fixture
def row(city: Any) -> Responsibility:
    return Responsibility.objects.filter(category="11", ends=None).order_by("place")[0]


@pytest.fixture
def proposal(city: Any, row: Responsibility) -> Proposal:
    """A change of the responsibility table that waits."""
    body = Body.objects.filter(kind="bureau").exclude(pk=row.body).order_by("pk")[0].pk
    change = Change(row.category, row.place, row.pk, body)
    return dispatch.propose_change([change], "机构职能调整。", by=city.actor("supervisor"), at=city.now)


def heads(city: Any, row: Responsibility) -> tuple[str, str]:
    """The head of the row's district, and of another."""
    over = {str(row.place).startswith(str(city.actor(f"head{n}").grants[0].place)): f"head{n}" for n in (1, 2, 3)}
    return over[True], over[False]


def test_who_may_decide_is_asked_once_and_nobody_else(city: Any, row: Responsibility, proposal: Proposal) -> None:
    own, foreign = heads(city, row)
    city.react()
    city.react()
    assert told(city, "leader") == told(city, own) == ["approval.asked"]
    assert told(city, foreign) == told(city, "supervisor") == told(city, "dispatcher") == []
    facts = Message.objects.filter(account=city.account("leader").pk, template="approval.asked").get().facts
    assert (facts["proposal"], facts["reason"]) == (str(proposal.pk), "机构职能调整。")


@pytest.mark.parametrize(("approve", "template"), [(True, "approval.approved"), (False, "approval.refused")])
def test_the_proposer_is_told_what_was_decided(city: Any, proposal: Proposal, approve: bool, template: str) -> None:
    city.react()
    approvals.decide(proposal.pk, approve, "请按此办理。", by=city.actor("leader"), at=city.now)
    city.react()
    assert told(city, "supervisor") == [template] and told(city, "leader") == ["approval.asked"]
    assert Message.objects.get(template=template).facts["answer"] == "请按此办理。"


def test_nobody_is_asked_for_what_was_taken_back_before_the_message_went_out(city: Any, proposal: Proposal) -> None:
    approvals.withdraw(proposal.pk, by=city.actor("supervisor"), at=city.now)
    city.react()
    assert told(city, "leader") == told(city, "supervisor") == []


def test_a_clock_to_be_stopped_is_asked_for_by_the_number_of_its_case(city: Any) -> None:
    opened = city.report()
    cases.ask_suspend(opened.case_id, "等待开挖许可", by=city.actor("supervisor"), at=city.now)
    city.react()
    facts = Message.objects.filter(account=city.account("leader").pk, template="approval.asked").get().facts
    assert (facts["number"], facts["kind"]) == (opened.number, "办件挂起")
