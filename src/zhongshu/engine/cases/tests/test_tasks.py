"""Taking, giving back, giving to another, being too late: the verbs on tasks one after the other."""

from datetime import timedelta
from typing import Any

import pytest
import uuid_utils.compat
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhongshu.base.http.refusals import Absent, Conflict, Forbidden, Invalid
from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.actions import step
from zhongshu.engine.cases.queries import traces
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.registers.people import actions as people
from zhongshu.registers.people.models import Account


@pytest.fixture
def offered(city: Any) -> Walk:
    """A case that waits for any acceptor of its district."""
    return Walk(city, source="resident", by="resident")


@pytest.fixture
def walk(city: Any) -> Walk:
    """A case that its officer has already."""
    return Walk(city)


def last(walk: Walk) -> Any:
    return journal.trace("case", str(walk.id))[-1]


def test_of_two_who_claim_the_second_is_told_who_was_first(city: Any, offered: Walk) -> None:
    first, second = offered.doer("accept"), offered.doer("accept", seat=1)
    token, revision = offered.task("accept").token, offered.held.revision
    cases.claim(offered.id, token, revision=revision, by=first, at=city.now)
    with pytest.raises(Conflict, match=first.name) as refused:
        cases.claim(offered.id, token, revision=revision, by=second, at=city.now)
    assert [entry["verb"] for entry in refused.value.happened] == ["case.task_claimed"]
    assert refused.value.happened[0]["who"] == first.name
    assert offered.task("accept").assignee == first.id


def test_claiming_twice_is_claiming_once(city: Any, offered: Walk) -> None:
    by, token = offered.doer("accept"), offered.task("accept").token
    cases.claim(offered.id, token, by=by, at=city.now)
    cases.claim(offered.id, token, by=by, at=city.now)
    assert offered.verbs == ["case.opened", "case.task_claimed"]


def test_a_claimed_task_is_not_completed_by_another(city: Any, offered: Walk) -> None:
    first, second = offered.doer("accept"), offered.doer("accept", seat=1)
    cases.claim(offered.id, offered.task("accept").token, by=first, at=city.now)
    with pytest.raises(Forbidden):
        offered.do("accept", second, accepted=True)
    offered.do("accept", first, accepted=True)


def test_who_is_too_late_is_told_what_happened_meanwhile(city: Any, offered: Walk) -> None:
    first, second = offered.doer("accept"), offered.doer("accept", seat=1)
    token, revision = offered.task("accept").token, offered.held.revision
    cases.claim(offered.id, token, by=first, at=city.now)
    offered.do("accept", first, accepted=True)
    with pytest.raises(Conflict) as refused:
        cases.complete(offered.id, token, {"accepted": False}, revision=revision, by=second, at=city.now)
    assert [entry["verb"] for entry in refused.value.happened] == ["case.task_claimed", "case.task_completed"]
    assert offered.open == ["file"]


def test_sending_an_outcome_twice_counts_once(city: Any, offered: Walk) -> None:
    by, token = offered.doer("accept"), offered.task("accept").token
    cases.complete(offered.id, token, {"accepted": True}, by=by, at=city.now)
    with pytest.raises(Conflict):
        cases.complete(offered.id, token, {"accepted": True}, by=by, at=city.now)
    assert offered.verbs.count("case.task_completed") == 1


def test_a_task_goes_back_to_its_pool_with_a_reason(city: Any, walk: Walk) -> None:
    officer, token = walk.doer("handle"), walk.task("handle").token
    for reason in ("", " ", "x", "长" * 501):
        with pytest.raises(Invalid) as refused:
            cases.release(walk.id, token, reason, by=officer, at=city.now)
        assert refused.value.field == "reason"
    cases.release(walk.id, token, " 车辆故障 ", by=officer, at=city.now)
    task = walk.task("handle")
    assert (task.assignee, task.claimed, task.arrived) == (None, None, None)
    assert (last(walk).verb, last(walk).facts["reason"]) == ("case.task_released", "车辆故障")


def test_only_one_s_own_task_can_be_given_back(city: Any, walk: Walk) -> None:
    with pytest.raises(Forbidden):
        cases.release(walk.id, walk.task("handle").token, "请他人办理", by=city.actor("supervisor"), at=city.now)


def test_the_supervisor_gives_a_task_to_somebody_who_may_do_it(city: Any, walk: Walk) -> None:
    supervisor, before, token = city.actor("supervisor"), walk.doer("handle"), walk.task("handle").token
    with pytest.raises(Invalid):
        cases.assign(walk.id, token, before.id, "", by=supervisor, at=city.now)
    cases.release(walk.id, token, "请他人办理", by=before, at=city.now)
    other = next(found for seat in (0, 1) if (found := walk.doer("handle", seat)).id != before.id)
    cases.assign(walk.id, token, other.id, "就近处置", by=supervisor, at=city.now)
    assert walk.task("handle").assignee == other.id
    facts = last(walk).facts
    assert (facts["assignee"], facts["before"], facts["reason"]) == (other.id, None, "就近处置")
    with pytest.raises(Forbidden):
        walk.do("handle", before, result="done")


def test_a_task_is_not_given_to_somebody_without_the_duty(city: Any, walk: Walk) -> None:
    token, supervisor = walk.task("handle").token, city.actor("supervisor")
    for account in (city.actor("dispatcher").id, city.actor("resident").id, uuid_utils.compat.uuid7()):
        with pytest.raises(Invalid) as refused:
            cases.assign(walk.id, token, account, "就近处置", by=supervisor, at=city.now)
        assert refused.value.field == "account"
    with pytest.raises(Forbidden):
        cases.assign(walk.id, token, walk.doer("handle").id, "就近处置", by=city.actor("dispatcher"), at=city.now)


def test_who_left_is_given_nothing(city: Any, walk: Walk) -> None:
    token, officer = walk.task("handle").token, walk.doer("handle")
    cases.release(walk.id, token, "调离岗位", by=officer, at=city.now)
    people.close_account(Account.objects.get(pk=officer.id), by=SYSTEM, at=city.now)
    with pytest.raises(Invalid):
        cases.assign(walk.id, token, officer.id, "就近处置", by=city.actor("supervisor"), at=city.now)


def test_arriving_says_how_far_one_is_and_takes_the_task(city: Any, walk: Walk) -> None:
    officer = walk.doer("handle")
    metres = cases.arrive(walk.id, walk.task("handle").token, walk.at_spot(0.002), by=officer, at=city.now)
    assert metres is not None and 220 < metres < 225
    task = walk.task("handle")
    assert task.assignee == officer.id and task.arrived == task.claimed is not None
    assert last(walk).facts["metres"] == round(metres)


def test_a_foreign_case_is_absent_and_looking_at_it_is_recorded(city: Any, walk: Walk) -> None:
    stranger = city.actor("resident")
    with pytest.raises(Absent):
        cases.look(walk.id, by=stranger, at=city.now)
    (tried,) = journal.trace("look", stranger.id)
    assert (tried.verb, tried.facts["case"]) == ("cases.foreign_case_tried", str(walk.id))
    with pytest.raises(Absent):
        cases.look(uuid_utils.compat.uuid7(), by=stranger, at=city.now)


@pytest.mark.parametrize("verb", ["claim", "arrive", "complete", "release", "assign", "reveal"])
def test_to_every_verb_a_foreign_case_is_absent(city: Any, walk: Walk, verb: str) -> None:
    stranger, token = city.actor("resident"), walk.task("handle").token
    verbs = {
        "claim": lambda: cases.claim(walk.id, token, by=stranger, at=city.now),
        "arrive": lambda: cases.arrive(walk.id, token, None, by=stranger, at=city.now),
        "complete": lambda: cases.complete(walk.id, token, {}, by=stranger, at=city.now),
        "release": lambda: cases.release(walk.id, token, "请他人办理", by=stranger, at=city.now),
        "assign": lambda: cases.assign(walk.id, token, stranger.id, "请他人办理", by=stranger, at=city.now),
        "reveal": lambda: cases.reveal_contact(walk.id, "核实情况", by=stranger, at=city.now),
    }
    with pytest.raises(Absent):
        verbs[verb]()
    assert walk.verbs == ["case.opened"]


def test_looking_at_who_told_needs_the_right_and_a_purpose_and_is_recorded(city: Any) -> None:
    walk = Walk(city, source="hotline", name="林晓舟", phone="13900000001")
    with pytest.raises(Forbidden):
        cases.reveal_contact(walk.id, "核实情况", by=city.actor("dispatcher"), at=city.now)
    acceptor = city.actor("acceptor")
    with pytest.raises(Invalid) as refused:
        cases.reveal_contact(walk.id, " ", by=acceptor, at=city.now)
    assert refused.value.field == "purpose" and journal.trace("look", str(walk.id)) == []
    (contact,) = cases.reveal_contact(walk.id, " 核实 情况 ", by=acceptor, at=city.now)
    assert (contact.name, contact.phone) == ("林晓舟", "13900000001")
    (look,) = journal.trace("look", str(walk.id))
    assert (look.verb, look.actor, look.facts["purpose"]) == ("cases.contact_revealed", acceptor.id, "核实 情况")
    assert "林晓舟" not in (look.body or "") and "13900000001" not in (look.body or "")


def test_the_trace_names_officials_in_full_and_residents_masked(city: Any) -> None:
    walk = Walk(city, source="resident", by="resident")
    acceptor = walk.doer("accept")
    walk.do("accept", accepted=True)
    assert [entry["who"] for entry in traces.trace(walk.id)] == ["林**", acceptor.name]


def test_the_journal_of_a_case_says_nothing_of_who_told(city: Any) -> None:
    walk = Walk(city, source="hotline", name="欧阳文清", phone="13912345678", address="苇汀街1号")
    for entry in journal.trace("case", str(walk.id)):
        assert not {part for part in ("欧阳", "13912345678") if part in (entry.body or "")}


def test_the_same_report_sent_twice_is_one_case(city: Any) -> None:
    first = city.report(key="the-same-key")
    again = city.report(key="the-same-key")
    assert (again.case_id, again.number, again.again, again.query_code) == (first.case_id, first.number, True, "")
    assert [e.verb for e in journal.trace("case", str(first.case_id))] == ["case.opened"]
    another = city.report(key="the-same-key", by="dispatcher")
    assert another.number != first.number


@pytest.fixture
def cover(city: Any) -> Walk:
    """An open manhole: urged after half an hour."""
    return Walk(city, category="0101")


def test_a_timer_fires_once_when_it_is_due(city: Any, cover: Walk) -> None:
    assert cases.fire_due_timers(city.now + timedelta(minutes=29)) == 0
    assert cover.open == ["handle"]
    assert cases.fire_due_timers(city.now + timedelta(minutes=31)) == 1
    assert cover.open == ["handle", "urge"]
    assert cases.fire_due_timers(city.now + timedelta(minutes=90)) == 0
    assert (last(cover).verb, last(cover).actor) == ("case.timer_fired", SYSTEM.id)
    assert journal.verify_one("case", str(cover.id)) == []


def test_handling_in_time_takes_the_timer_away(city: Any, cover: Walk) -> None:
    assert len(cover.rows("cases_timer", "element")) == 1
    cover.do("handle", result="done", measure="reset")
    assert cover.rows("cases_timer", "element") == []
    assert cases.fire_due_timers(city.now + timedelta(days=1)) == 0


def test_an_urge_nobody_answered_is_withdrawn_when_the_case_ends(city: Any, cover: Walk) -> None:
    cases.fire_due_timers(city.now + timedelta(minutes=31))
    cover.do("handle", result="done", measure="reset")
    cover.do("verify", passed=True)
    cover.do("close")
    assert cover.held.closed is not None and cover.open == []
    endings = dict(cover.rows("cases_task", "element, ending"))
    assert endings == {"handle": "done", "verify": "done", "close": "done", "urge": "withdrawn"}


def test_a_timer_that_fails_does_not_keep_others_from_firing(
    city: Any, cover: Walk, monkeypatch: pytest.MonkeyPatch
) -> None:
    second, take = Walk(city, category="0101"), step.take

    def stumbling(scenario: Any, held: Any, *rest: Any) -> Any:
        if held.id == cover.id:
            raise Conflict("流程在自动环节之间循环。")
        return take(scenario, held, *rest)

    monkeypatch.setattr(step, "take", stumbling)
    assert cases.fire_due_timers(city.now + timedelta(minutes=31)) == 1
    assert (cover.open, second.open) == (["handle"], ["handle", "urge"])


def test_completing_takes_few_statements(city: Any, walk: Walk) -> None:
    officer, token = walk.doer("handle"), walk.task("handle").token
    with CaptureQueriesContext(connection) as completing:
        cases.complete(walk.id, token, {"result": "done"}, by=officer, at=city.now)
    assert len(completing) <= 8, [query["sql"][:80] for query in completing]


def test_a_try_at_a_foreign_task_is_recorded_though_nothing_else_is_kept(city: Any, walk: Walk) -> None:
    stranger = city.actor("resident")
    with pytest.raises(Absent):
        cases.claim(walk.id, walk.task("handle").token, by=stranger, at=city.now)
    (tried,) = journal.trace("look", stranger.id)
    assert (tried.verb, tried.facts["case"]) == ("cases.foreign_case_tried", str(walk.id))
