"""What was ticked in a list, and what was typed for all of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from zhongshu.base.http import access
from zhongshu.base.http.refusals import Invalid
from zhongshu.channels.desk.cases import forms
from zhongshu.channels.presenters.forms import typed as typing
from zhongshu.engine.cases.actions import Given
from zhongshu.engine.cases.queries import picked, worklist
from zhongshu.engine.cases.rules import bulk, checks
from zhongshu.engine.cases.rules.bulk import Picked, Verb
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.intake.rules import questionnaire as intake

Ticked = list[tuple[Picked, worklist.Row]]


def ticked(request: access.Request, at: datetime) -> Ticked:
    """The open tasks ticked, at most 100; a whole case stands for all of its open tasks, as it is now."""
    sent = bulk.within([Picked.parse(text) for text in request.POST.getlist("pick")[: bulk.MOST + 1]])
    revisions = {(one.case_id, one.token): one.revision for one in sent}
    rows = picked.rows([(one.case_id, one.token) for one in sent], request.by, at)
    if len(rows) > bulk.MOST:
        raise Invalid("一次最多办理 {most} 件，请分批选择。", most=bulk.MOST)
    return [
        (Picked(row.case_id, row.token, revisions.get((row.case_id, row.token)) or row.revision), row) for row in rows
    ]


def verb(request: access.Request) -> Verb | None:
    """What is to be done; None when it is not known."""
    wanted = request.POST.get("do", "")
    return next((known for known in bulk.VERBS if known == wanted), None)


def given(request: access.Request, what: Verb, scenario: Scenario | None, element: str) -> Given:
    """What the verb needs, checked as far as it is the same for every row."""
    if what == "release":
        return Given(reason=checks.reason(request.POST.get("release_reason", "")))
    if what == "assign":
        return Given(reason=checks.reason(request.POST.get("assign_reason", "")), account=forms.account(request))
    if what == "complete" and scenario is not None:
        return Given(answers=_answers(request, scenario, element))
    return Given()


def _answers(request: access.Request, scenario: Scenario, element: str) -> Mapping[str, Any]:
    form = scenario.forms.get(element)
    typed = forms.answers(request, form)
    if form is not None and (checked := intake.check(form, typed)).problems:
        raise intake.Unfit(checked.problems)
    return typed


def typed(request: access.Request, form: intake.Questionnaire | None) -> Mapping[str, Any]:
    """Everything as it was typed, for the page to show again."""
    flat = {name: values if len(values) > 1 else values[0] for name, values in request.POST.lists() if values}
    answers = forms.answers(request, form)
    return flat | (typing.turned(form, answers, request.POST) or answers)


def pairs(found: Ticked) -> Sequence[Picked]:
    """What is sent to be done."""
    return [one for one, _ in found]
