"""Cases walk the whole loop through the actions, in the demo city."""

from typing import Any

import pytest

from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.base.journal import queries as journal
from zhongshu.base.permissions.rules import SYSTEM
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.tests.walks import NORTH, Walk
from zhongshu.engine.intake.rules.questionnaire import Unfit
from zhongshu.registers.documents.models import Document
from zhongshu.registers.people import actions as people
from zhongshu.registers.people.models import Account, Body

MEASURE = {"1401": {"measure": "guided"}, "0101": {"measure": "replaced"}}
LOOPS = {
    "1101": ["accept", "file", "handle", "verify", "close"],
    "1401": ["accept", "handle", "verify"],
    "0101": ["accept", "handle", "verify", "close"],
    "1601": ["accept", "handle", "verify", "close"],
}
ANSWERS: dict[str, dict[str, Any]] = {
    "accept": {"accepted": True}, "file": {"filed": True}, "handle": {"result": "done"}, "verify": {"passed": True},
}  # fmt: skip


@pytest.fixture
def walk(city: Any) -> Walk:
    """Rubbish seen by a patrol: with an officer already."""
    return Walk(city)


def handled(city: Any, **changes: Any) -> Walk:
    walk = Walk(city, **changes)
    walk.do("handle", result="done")
    return walk


@pytest.mark.parametrize("category", LOOPS)
def test_a_resident_s_report_goes_the_whole_way(city: Any, category: str) -> None:
    walk = Walk(city, category=category, source="resident", by="resident", account=city.actor("resident").id)
    for element in LOOPS[category]:
        assert walk.open == [element]
        if element == "handle":
            assert walk.held.body in {int(-key) for key in walk.held.reach if key < 0}
            walk.do("handle", **ANSWERS["handle"], **MEASURE.get(category, {}))
        else:
            walk.do(element, **ANSWERS.get(element, {}))
    held = walk.held
    assert (held.tasks, held.phase) == ((), "closed") and held.closed is not None
    assert walk.verbs == ["case.opened", *["case.task_completed"] * len(LOOPS[category])]
    assert held.revision == len(walk.verbs)
    assert journal.verify_one("case", str(walk.id)) == []


def test_a_report_of_a_patrol_is_dispatched_at_once_to_an_officer_who_may_do_it(walk: Walk) -> None:
    assert walk.open == ["handle"]
    task = walk.task("handle")
    assert task.assignee and task.pool == -(walk.held.body or 0)
    assert {g.role for g in walk.doer("handle").grants} == {"handler"}


def test_a_body_that_is_not_in_charge_sends_it_back_to_the_dispatcher(city: Any, walk: Walk) -> None:
    walk.do("handle", result="not_ours", reason="不属于我单位职责。")
    assert walk.open == ["choose"]
    other = Body.objects.filter(kind="bureau").exclude(pk=walk.held.body).order_by("pk")[0]
    walk.do("choose", city.actor("dispatcher"), body=other.pk, reason="归口管理。")
    assert (walk.open, walk.held.body) == (["handle"], other.pk)
    assert walk.task("handle").assignee is None


@pytest.mark.parametrize("category", ["1101", "1601"])
def test_reach_follows_the_body_and_is_repeated_in_rows(city: Any, category: str) -> None:
    walk = Walk(city, category=category)
    before = walk.held
    walk.do("handle", result="not_ours", reason="不属于我单位职责。")
    gone = before.body
    other = Body.objects.filter(kind="bureau").exclude(lineage__contains=[gone]).order_by("-pk")[0]
    walk.do("choose", city.actor("dispatcher"), body=other.pk, reason="归口管理。")
    held = walk.held
    assert -other.pk in held.reach and -(gone or 0) not in held.reach
    assert walk.rows("cases_reach", "ancestor, running") == [(key, True) for key in sorted(held.reach)]
    entry = journal.trace("case", str(walk.id))[-1]
    assert set(entry.reach) == set(held.reach) and -other.pk in entry.facts["joined"]
    assert -(gone or 0) in entry.facts["left"]


def test_a_closed_case_is_running_nowhere(city: Any) -> None:
    walk = Walk(city, source="resident", by="resident")
    walk.do("accept", accepted=False, reason="不属于受理范围。")
    assert walk.held.closed and {running for _, running in walk.rows("cases_reach", "ancestor, running")} == {False}


def test_a_body_that_does_not_exist_cannot_be_chosen(city: Any, walk: Walk) -> None:
    walk.do("handle", result="not_ours", reason="不属于我单位职责。")
    with pytest.raises(Invalid) as refused:
        walk.do("choose", city.actor("dispatcher"), body=999_999, reason="归口管理。")
    assert refused.value.field == "body" and walk.open == ["choose"]


def test_a_failed_verification_goes_back_to_who_handled_it(city: Any) -> None:
    walk = handled(city)
    handler = walk.held.data["handle"]["by"]
    walk.do("verify", passed=False, note="还有残留。")
    assert (walk.open, walk.task("handle").assignee) == (["handle"], handler)
    walk.do("handle", result="done")
    walk.do("verify", passed=True)
    assert walk.open == ["close"]


def test_nothing_is_closed_without_being_verified(city: Any, walk: Walk) -> None:
    supervisor = city.actor("supervisor")
    for token in range(walk.task("handle").token + 1, walk.task("handle").token + 4):
        with pytest.raises(Conflict):
            cases.complete(walk.id, token, {}, by=supervisor, at=city.now)
    with pytest.raises(Forbidden):
        walk.do("handle", supervisor, result="done")
    assert walk.open == ["handle"] and walk.held.closed is None


def verifier_who_handled(city: Any) -> tuple[Walk, Any]:
    """An officer with both seats who has handled the case."""
    walk = Walk(city)
    both = Account.objects.get(pk=walk.task("handle").assignee)
    people.give_grant(both, "verifier", place=9901, by=SYSTEM, at=city.now)
    walk.do("handle", result="done")
    return walk, walk.actor(both.pk)


@pytest.mark.parametrize("verb", ["claim", "arrive", "complete", "assign"])
def test_nobody_verifies_their_own_work(city: Any, verb: str) -> None:
    walk, both = verifier_who_handled(city)
    token = walk.task("verify").token
    with pytest.raises((Forbidden, Invalid)):
        match verb:
            case "claim":
                cases.claim(walk.id, token, by=both, at=city.now)
            case "arrive":
                cases.arrive(walk.id, token, walk.at_spot(), by=both, at=city.now)
            case "complete":
                walk.do("verify", both, passed=True)
            case "assign":
                cases.assign(walk.id, token, both.id, "请核查", by=city.actor("supervisor"), at=city.now)
    assert (walk.open, walk.task("verify").assignee) == (["verify"], None)


def test_verifying_needs_a_position_near_the_case(city: Any) -> None:
    walk = handled(city)
    by, token = walk.doer("verify"), walk.task("verify").token
    answers = {"passed": True, "photos": [city.photo(by)]}
    with pytest.raises(Invalid, match="定位") as without:
        cases.complete(walk.id, token, answers, by=by, at=city.now)
    with pytest.raises(Invalid, match=r"约 66\d 米") as far:
        cases.complete(walk.id, token, answers, position=walk.at_spot(6 * NORTH), by=by, at=city.now)
    assert {without.value.field, far.value.field} == {"position"}
    cases.complete(walk.id, token, answers, position=walk.at_spot(4 * NORTH), by=by, at=city.now)
    assert journal.trace("case", str(walk.id))[-1].facts["metres"] in range(440, 450)


def test_answers_that_do_not_fit_the_form_change_nothing(walk: Walk) -> None:
    before = walk.held
    for answers in ({}, {"result": "gone"}, {"result": "not_ours"}, {"result": "done", "extra": 1}, {"result": 7}):
        with pytest.raises(Unfit):
            walk.do("handle", **answers)
    assert walk.held == before


def test_a_photo_must_be_one_s_own(city: Any, walk: Walk) -> None:
    theirs = city.photo(city.actor("resident"))
    for photo in (theirs, "019a0000-0000-7000-8000-00000000000f"):
        with pytest.raises(Invalid) as refused:
            walk.do("handle", result="done", photos=[photo])
        assert refused.value.field == "photos"
        with pytest.raises(Invalid):
            city.report(answers={"description": "路口有一堆垃圾。", "photos": [photo]})
    own = city.photo(walk.doer("handle"))
    walk.do("handle", result="done", photos=[own])
    assert [str(document) for (document,) in walk.rows("cases_attachment", "document")] == [own]


def test_a_destroyed_photo_is_none(city: Any, walk: Walk) -> None:
    own = city.photo(walk.doer("handle"))
    Document.objects.filter(pk=own).update(destroyed=city.now)
    with pytest.raises(Invalid):
        walk.do("handle", result="done", photos=[own])


def test_a_whistle_is_answered_by_the_bodies_named_and_comes_back(city: Any) -> None:
    walk = Walk(city, category="1601")
    blower = walk.doer("handle")
    others = Body.objects.filter(kind="bureau").exclude(pk=walk.held.body).order_by("-pk")[:2]
    walk.do("handle", result="whistle", request="联合夜查。", first=others[0].pk, second=others[1].pk)
    assert walk.open == ["join", "join"]
    assert {-task.pool for task in walk.held.tasks} == {body.pk for body in others}
    for _ in others:
        walk.do("join", answer="handled", note="已到场。")
    assert (walk.open, walk.task("handle").assignee) == (["handle"], blower.id)


def test_officers_of_another_body_do_not_answer_a_whistle_for_it(city: Any) -> None:
    walk = Walk(city, category="1601")
    blower = walk.doer("handle")
    other = Body.objects.filter(kind="bureau").exclude(pk=walk.held.body).order_by("-pk")[0]
    walk.do("handle", result="whistle", request="联合夜查。", first=other.pk)
    with pytest.raises(Forbidden):
        cases.claim(walk.id, walk.task("join").token, by=blower, at=city.now)
