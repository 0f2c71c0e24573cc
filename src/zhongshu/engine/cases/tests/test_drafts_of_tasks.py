"""A form of a task, begun and not sent: its holder's, as long as they have the task."""

from typing import Any

import pytest

from zhongshu.base.http.refusals import Foreign
from zhongshu.engine.cases import actions as cases
from zhongshu.engine.cases.models import Task
from zhongshu.engine.intake.actions import drafts as actions
from zhongshu.engine.intake.queries import drafts, pages
from zhongshu.engine.intake.rules.pages import Subject


def test_the_draft_of_a_task_is_its_holders_while_they_have_it(city: Any) -> None:
    case = city.report(source="resident").case_id
    task = Task.objects.filter(case_id=case, closed=None).first()
    assert task is not None
    acceptor = city.actor("acceptor")
    cases.claim(case, task.token, by=acceptor, at=city.now)
    form = Subject("city-event", 1, "受理", "Accept", "/desk/", element=task.element, case_id=case, token=task.token)
    drawn = pages.drawn(form, acceptor)
    draft = actions.save(drawn, {"note": "已核实"}, base=0, by=acceptor, at=city.now).draft
    assert [one.pk for one in drafts.mine(acceptor, None, city.now)] == [draft.pk]
    cases.release(case, task.token, "换人办理", by=acceptor, at=city.now)
    assert drafts.mine(acceptor, None, city.now) == []
    with pytest.raises(Foreign):
        actions.save(drawn, {"note": "x"}, base=1, by=acceptor, at=city.now)
