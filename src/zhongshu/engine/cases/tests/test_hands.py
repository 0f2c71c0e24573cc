"""Work that goes from hand to hand: delegated, handed back, taken over, done by a deputy."""

from datetime import timedelta
from typing import Any

import pytest

from zhongshu.base.http.refusals import Conflict, Forbidden, Invalid
from zhongshu.base.journal import queries as journal
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.queries import deputies, scenarios, worklist
from zhongshu.engine.cases.rules import checks
from zhongshu.engine.cases.tests.walks import Walk
from zhongshu.engine.messages.models import Message

DAY = timedelta(days=1)


@pytest.fixture
def walk(city: Any) -> Walk:
    """A case that its officer has already."""
    return Walk(city)


def colleague(walk: Walk, element: str = "handle") -> Any:
    """Somebody else who may do the task."""
    return next(one for one in walk.able(element) if one.id != walk.task(element).assignee)


def last(walk: Walk) -> Any:
    return journal.trace("case", str(walk.id))[-1]


def tokens(rows: list[worklist.Row], walk: Walk) -> list[int]:
    return [row.token for row in rows if row.case_id == walk.id]


def delegated(city: Any, walk: Walk) -> tuple[Any, Any]:
    """Holder and delegate of the case's handling."""
    holder, other = walk.doer("handle"), colleague(walk)
    cases.delegate(walk.id, walk.task("handle").token, other.id, "去外地培训", by=holder, at=city.now)
    return holder, other


def test_a_delegate_has_the_task_to_do_and_its_holder_goes_on_answering_for_it(city: Any, walk: Walk) -> None:
    token = walk.task("handle").token
    holder, other = delegated(city, walk)
    assert (walk.task("handle").assignee, walk.task("handle").delegate) == (holder.id, other.id)
    assert tokens(worklist.mine(other), walk) == tokens(worklist.lent(holder), walk) == [token]
    assert tokens(worklist.mine(holder), walk) == []
    with pytest.raises(Forbidden, match="先收回委托"):
        walk.do("handle", holder, result="done")
    walk.do("handle", other, result="done")
    assert (last(walk).actor, last(walk).behalf) == (other.id, holder.id)


def test_what_a_delegate_did_is_verified_by_neither_of_the_two(city: Any, walk: Walk) -> None:
    holder, other = delegated(city, walk)
    walk.do("handle", other, result="done")
    done = walk.held.data["handle"]
    assert (done["by"], done["behalf"]) == (other.id, holder.id)
    verifying = scenarios.of(walk.held).settings.tasks["verify"]
    for one in (holder, other):
        with pytest.raises(Forbidden, match="不同的人"):
            checks.apart(one, walk.held, verifying)


def test_a_delegate_hands_back_and_the_holder_reads_why(city: Any, walk: Walk) -> None:
    holder, other = delegated(city, walk)
    cases.hand_back(walk.id, walk.task("handle").token, "已清运完毕", finished=True, by=other, at=city.now)
    assert (walk.task("handle").assignee, walk.task("handle").delegate) == (holder.id, None)
    city.react()
    told = Message.objects.filter(case_id=walk.id, template__startswith="task.").order_by("sent", "id")
    assert {(str(one.account), one.template) for one in told} >= {
        (other.id, "task.delegated"), (holder.id, "task.handed_back_done"),
    }  # fmt: skip
    walk.do("handle", holder, result="done")


def test_a_holder_calls_the_work_back(city: Any, walk: Walk) -> None:
    holder, other = delegated(city, walk)
    cases.hand_back(walk.id, walk.task("handle").token, "培训取消", by=holder, at=city.now)
    assert last(walk).facts["called_back"] is True
    with pytest.raises(Forbidden):
        walk.do("handle", other, result="done")
    city.react()
    assert Message.objects.filter(case_id=walk.id, account=other.id, template="task.called_back").exists()


def test_whom_work_cannot_be_delegated_to(city: Any, walk: Walk) -> None:
    holder, token = walk.doer("handle"), walk.task("handle").token
    for account in (holder.id, city.actor("dispatcher").id, city.actor("resident").id):
        with pytest.raises(Invalid) as refused:
            cases.delegate(walk.id, token, account, "去外地培训", by=holder, at=city.now)
        assert refused.value.field == "account"
    with pytest.raises(Forbidden, match="自己领办"):
        cases.delegate(walk.id, token, colleague(walk).id, "去外地培训", by=city.actor("supervisor"), at=city.now)
    _, other = delegated(city, walk)
    with pytest.raises(Conflict, match="不能再次委托"):
        cases.delegate(walk.id, token, holder.id, "我也外出", by=other, at=city.now)


def test_giving_a_delegated_task_back_frees_it_of_both(city: Any, walk: Walk) -> None:
    holder, _ = delegated(city, walk)
    cases.release(walk.id, walk.task("handle").token, "不归我办", by=holder, at=city.now)
    assert (walk.task("handle").assignee, walk.task("handle").delegate) == (None, None)


def test_a_delegate_is_told_when_the_task_goes_elsewhere(city: Any, walk: Walk) -> None:
    holder, other = delegated(city, walk)
    cases.release(walk.id, walk.task("handle").token, "不归我办", by=holder, at=city.now)
    city.react()
    assert Message.objects.filter(case_id=walk.id, account=other.id, template="task.called_back").exists()


def test_who_acts_from_an_old_page_is_told_what_happened_to_the_task(city: Any, walk: Walk) -> None:
    supervisor, token, seen = city.actor("supervisor"), walk.task("handle").token, walk.held.revision
    cases.assign(walk.id, token, colleague(walk).id, "就近处置", by=supervisor, at=city.now)
    with pytest.raises(Conflict, match="有了变化") as refused:
        cases.take_over(walk.id, token, "超时未办", revision=seen, by=supervisor, at=city.now)
    assert [entry["verb"] for entry in refused.value.happened] == ["case.task_assigned"]
    cases.take_over(walk.id, token, "超时未办", revision=walk.held.revision, by=supervisor, at=city.now)


def test_a_supervisor_takes_over_and_may_finish_without_the_role(city: Any, walk: Walk) -> None:
    supervisor, before, token = city.actor("supervisor"), walk.doer("handle"), walk.task("handle").token
    with pytest.raises(Forbidden):
        walk.do("handle", supervisor, result="done")
    cases.take_over(walk.id, token, "超时未办，由我处理", by=supervisor, at=city.now)
    assert (last(walk).verb, last(walk).facts["before"]) == ("case.task_taken_over", before.id)
    city.react()
    assert Message.objects.filter(case_id=walk.id, account=before.id, template="task.taken_over").exists()
    with pytest.raises(Conflict, match="不用接管"):
        cases.take_over(walk.id, token, "超时未办", by=supervisor, at=city.now)
    walk.do("handle", supervisor, result="done")


def test_only_who_is_over_it_takes_a_task_over(city: Any, walk: Walk) -> None:
    token = walk.task("handle").token
    for login in ("dispatcher", "leader"):
        with pytest.raises(Forbidden, match="值班长"):
            cases.take_over(walk.id, token, "超时未办", by=city.actor(login), at=city.now)
    cases.release(walk.id, token, "车辆故障", by=walk.doer("handle"), at=city.now)
    with pytest.raises(Conflict, match="没有人办理"):
        cases.take_over(walk.id, token, "超时未办", by=city.actor("supervisor"), at=city.now)


def test_who_did_the_work_does_not_take_its_verification_over(city: Any, walk: Walk) -> None:
    supervisor = city.actor("supervisor")
    cases.take_over(walk.id, walk.task("handle").token, "由我处理", by=supervisor, at=city.now)
    walk.do("handle", supervisor, result="done")
    verifier = walk.doer("verify")
    cases.claim(walk.id, walk.task("verify").token, by=verifier, at=city.now)
    with pytest.raises(Forbidden, match="不同的人"):
        cases.take_over(walk.id, walk.task("verify").token, "由我核查", by=supervisor, at=city.now)


def away(city: Any, holder: Any, deputy: Any, **changes: Any) -> None:
    given: dict[str, Any] = {"starts": city.now, "ends": city.now + 3 * DAY, "reason": "外出培训"} | changes
    cases.name_deputy(deputy.id, given["starts"], given["ends"], given["reason"], by=holder, at=city.now)


def test_new_tasks_of_who_is_away_are_done_by_the_deputy(city: Any, walk: Walk) -> None:
    holder, deputy = walk.doer("handle"), colleague(walk)
    token = walk.task("handle").token
    cases.release(walk.id, token, "准备外出", by=holder, at=city.now)
    away(city, holder, deputy)
    cases.assign(walk.id, token, holder.id, "原经办人", by=city.actor("supervisor"), at=city.now)
    assert (walk.task("handle").assignee, walk.task("handle").delegate) == (holder.id, deputy.id)
    assert last(walk).facts["delegate"] == deputy.id
    walk.do("handle", deputy, result="done")
    assert last(walk).behalf == holder.id


def test_a_task_the_process_opens_for_who_is_away_goes_to_the_deputy(city: Any, walk: Walk) -> None:
    holder, deputy = walk.doer("handle"), colleague(walk)
    walk.do("handle", holder, result="done")
    away(city, holder, deputy)
    walk.do("verify", passed=False, note="没有清干净")
    assert (walk.task("handle").assignee, walk.task("handle").delegate) == (holder.id, deputy.id)
    assert last(walk).facts["tasks"][0]["delegate"] == deputy.id


def test_a_deputy_who_may_not_do_a_task_does_not_get_it(city: Any, walk: Walk) -> None:
    holder = walk.doer("handle")
    away(city, holder, city.actor("dispatcher"))
    other = colleague(walk)
    cases.release(walk.id, walk.task("handle").token, "准备外出", by=holder, at=city.now)
    cases.assign(walk.id, walk.task("handle").token, holder.id, "原经办人", by=city.actor("supervisor"), at=city.now)
    assert walk.task("handle").delegate is None and other


def test_before_after_and_once_ended_nobody_stands_in(city: Any, walk: Walk) -> None:
    holder, deputy = walk.doer("handle"), colleague(walk)
    away(city, holder, deputy, starts=city.now + DAY)
    assert deputies.of(holder.id, city.now) is None
    assert deputies.of(holder.id, city.now + 2 * DAY) is not None
    assert deputies.of(holder.id, city.now + 3 * DAY) is None
    with pytest.raises(Conflict, match="先取消"):
        away(city, holder, deputy)
    cases.end_deputy(by=holder, at=city.now)
    assert deputies.of(holder.id, city.now + 2 * DAY) is None
    with pytest.raises(Conflict, match="没有设置"):
        cases.end_deputy(by=holder, at=city.now)
    away(city, holder, deputy)


@pytest.mark.parametrize(("starts", "ends"), [(1, 0), (-3, -1), (2, 1), (0, 400)])
def test_a_time_that_is_no_absence_is_refused(city: Any, walk: Walk, starts: int, ends: int) -> None:
    with pytest.raises(Invalid) as refused:
        away(city, walk.doer("handle"), colleague(walk), starts=city.now + starts * DAY, ends=city.now + ends * DAY)
    assert refused.value.field == "ends"
