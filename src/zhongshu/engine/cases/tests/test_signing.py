"""Others sign before a task can be completed: asked, reminded, called off; who disagrees is answered."""

from datetime import timedelta
from typing import Any

import pytest

from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions.rules import Actor
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import signing as signatures
from zhongshu.engine.cases.queries import worklist
from zhongshu.engine.cases.rules import signing
from zhongshu.engine.cases.rules.signing import Wanted
from zhongshu.engine.cases.tests.test_whistle import others
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.engine.intake.rules.answers import Unfit
from zhongshu.engine.messages.models import Message

QUESTION = "清运方案是否可行？"


class Signed(Walk):
    """A case whose handler has asked others to sign."""

    def __init__(self, city: Any) -> None:
        super().__init__(city)
        self.holder = self.doer("handle")
        self.main = self.task("handle").token

    def ask(self, account: str = "", body: int | None = None, hours: int | None = None) -> int:
        wanted = Wanted(QUESTION, account, body, hours)
        change = cases.ask_signature(self.id, self.main, wanted, by=self.holder, at=self.city.now)
        return change.opened[0].token

    def sign(self, token: int, by: Actor, opinion: str = "agree", **remark: str) -> None:
        cases.complete(self.id, token, {"opinion": opinion, **remark}, by=by, at=self.city.now)

    def verbs_and_last(self) -> tuple[str, dict[str, Any]]:
        entry = journal.trace("case", str(self.id))[-1]
        return entry.verb, dict(entry.facts)


@pytest.fixture
def walk(city: Any) -> Signed:
    return Signed(city)


def test_whoever_is_asked_signs_and_only_then_the_task_is_completed(walk: Signed) -> None:
    signer = walk.city.actor("acceptor")
    phase, token = walk.held.phase, walk.ask(signer.id)
    assert (walk.open, walk.held.phase) == (["handle", "signature"], phase)
    assert token in {row.token for row in worklist.mine(signer)}
    with pytest.raises(Conflict):
        walk.do("handle", walk.holder, result="done")
    walk.sign(token, signer, "remarks", remark="请避开早高峰。")
    found = signatures.signature(walk.id, token)
    assert found and (found.state, found.outcome["remark"]) == ("signed", "请避开早高峰。")
    assert walk.verbs_and_last()[0] == "case.signed" and "opinion" not in walk.held.data.get("handle", {})
    walk.do("handle", walk.holder, result="done")
    assert walk.open == ["verify"]


def test_a_body_signs_by_whoever_leads_it(walk: Signed) -> None:
    (body,), leader = others(walk, 1), walk.city.actor("leader")
    token = walk.ask(body=body)
    assert token in {row.token for row in worklist.offered(leader, "leader", walk.city.now)}
    walk.city.react()
    assert Message.objects.filter(case_id=walk.id, template="sign.asked", account=leader.id).exists()
    cases.claim(walk.id, token, by=leader, at=walk.city.now)
    cases.release(walk.id, token, "请分管领导签署。", by=leader, at=walk.city.now)
    walk.sign(token, leader)
    assert walk.open == ["handle"]


def test_a_disagreement_is_answered_before_the_task_is_completed(walk: Signed) -> None:
    signer = walk.city.actor("acceptor")
    token = walk.ask(signer.id)
    with pytest.raises(Unfit):
        walk.sign(token, signer, "disagree")
    walk.sign(token, signer, "disagree", remark="车辆进不了巷子。")
    with pytest.raises(Conflict):
        walk.do("handle", walk.holder, result="done")
    with pytest.raises(Invalid):
        cases.answer_signature(walk.id, token, " ", by=walk.holder, at=walk.city.now)
    cases.answer_signature(walk.id, token, "改用小型车。", by=walk.holder, at=walk.city.now)
    with pytest.raises(Conflict):
        cases.answer_signature(walk.id, token, "再答复一次。", by=walk.holder, at=walk.city.now)
    walk.city.react()
    assert {"sign.disagreed", "sign.answered"} <= set(
        Message.objects.filter(case_id=walk.id).values_list("template", flat=True)
    )
    walk.do("handle", walk.holder, result="done")
    assert walk.open == ["verify"] and walk.held.data[signing.NAME]["dissents"] == {}


def test_a_signature_is_reminded_of_once_an_hour_and_called_off(walk: Signed) -> None:
    token, at = walk.ask(walk.city.actor("acceptor").id), walk.city.now
    cases.remind_signer(walk.id, token, by=walk.holder, at=at)
    with pytest.raises(Conflict):
        cases.remind_signer(walk.id, token, by=walk.holder, at=at + timedelta(minutes=59))
    cases.remind_signer(walk.id, token, by=walk.holder, at=at + timedelta(minutes=61))
    cases.call_off_signature(walk.id, token, "不需要了。", by=walk.holder, at=at)
    found = signatures.signature(walk.id, token)
    assert walk.open == ["handle"] and found and found.state == "off"
    revision = walk.held.revision - 1
    with pytest.raises(Conflict) as late:
        cases.remind_signer(walk.id, token, revision=revision, by=walk.holder, at=at + timedelta(hours=3))
    assert [entry["verb"] for entry in late.value.happened] == ["case.signature_off"]
    with pytest.raises(Invalid):
        cases.call_off_signature(walk.id, walk.main, "不需要了。", by=walk.holder, at=at)


def test_a_signature_is_due_in_the_hours_given_and_never_after_its_task(walk: Signed) -> None:
    due = walk.task("handle").due
    assert due is not None
    walk.ask(walk.city.actor("acceptor").id)
    assert walk.task("signature").due == due
    token = walk.ask(walk.city.actor("supervisor").id, hours=1)
    found = signatures.signature(walk.id, token)
    assert found and found.due and found.due < due
    for hours in (0, 700):
        with pytest.raises(Invalid) as refused:
            walk.ask(walk.city.actor("dispatcher").id, hours=hours)
        assert refused.value.field == "hours"


def test_nobody_signs_their_own_task_twice_or_without_an_account(walk: Signed) -> None:
    acceptor = walk.city.actor("acceptor").id
    walk.ask(acceptor)
    for account in (acceptor, walk.holder.id, walk.city.actor("resident").id, ""):
        with pytest.raises(Invalid) as refused:
            walk.ask(account)
        assert refused.value.field == "signer"
    with pytest.raises(Invalid):
        walk.ask(body=987654)


def test_only_the_doer_asks_and_only_who_is_asked_signs(walk: Signed) -> None:
    acceptor, verifier = walk.city.actor("acceptor"), walk.city.actor("dispatcher")
    with pytest.raises(Forbidden):
        cases.ask_signature(walk.id, walk.main, Wanted(QUESTION, acceptor.id), by=acceptor, at=walk.city.now)
    token = walk.ask(acceptor.id)
    with pytest.raises(Forbidden):
        walk.sign(token, verifier)
    with pytest.raises(Forbidden):
        cases.release(walk.id, token, "不该我签。", by=acceptor, at=walk.city.now)
    with pytest.raises(Forbidden):
        cases.ask_signature(walk.id, token, Wanted(QUESTION, verifier.id), by=acceptor, at=walk.city.now)
    with pytest.raises(Forbidden):
        cases.send_back(walk.id, token, "handle", "请重办。", by=acceptor, at=walk.city.now)


def test_a_signature_goes_with_the_task_that_goes_back_and_its_signer_is_told(walk: Signed) -> None:
    city = walk.city
    walk.do("handle", walk.holder, result="done")
    verifier, task = walk.doer("verify"), walk.task("verify")
    cases.claim(walk.id, task.token, by=verifier, at=city.now)
    signer = city.actor("acceptor")
    wanted = Wanted(QUESTION, signer.id)
    token = cases.ask_signature(walk.id, task.token, wanted, by=verifier, at=city.now).opened[0].token
    ways = cases.ways_back(walk.id, task.token, by=verifier, at=city.now)
    assert [[gone.element for gone in way.withdrawn] for way in ways] == [["verify", "signature"]]
    cases.send_back(walk.id, task.token, "handle", "请重办。", by=verifier, at=city.now)
    found = signatures.signature(walk.id, token)
    assert walk.open == ["handle"] and found and found.state == "ended"
    city.react()
    assert Message.objects.filter(case_id=walk.id, template="task.no_longer", account=signer.id).exists()


def test_what_is_kept_of_signatures_is_forgotten_with_their_tasks(walk: Signed) -> None:
    signer = walk.city.actor("acceptor")
    first = walk.ask(signer.id, hours=1)
    walk.sign(first, signer)
    second = walk.ask(signer.id, hours=1)
    assert walk.held.data[signing.NAME]["hours"] == {str(second): 1}
