"""What the automatic steps of a drawing answer in a trial, as its pages let one choose."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from django.http import QueryDict
from django.utils.translation import gettext

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.studio.rules.trial import Outcome, Town

ANSWER, FAILED, NOBODY = "own-answer-", "own-failed-", "nobody"
DISPATCH = "dispatch.assign"
LONGEST = 4_000
"""Characters of a JSON object typed into a page."""


@dataclass(frozen=True, slots=True)
class Service:
    """An automatic step: what it is called, what it calls, what it will answer (empty: nobody has chosen).

    `bodies` are there where it finds a body: its answer is one of them, or that it is not sure.
    """

    element: str
    name: str
    handler: str
    answer: str
    failed: str
    bodies: tuple[tuple[str, str], ...] = ()


def services(
    scenario: Scenario, town: Town, chosen: Mapping[str, Outcome], post: Mapping[str, str], only: str = ""
) -> list[Service]:
    """The automatic steps of the drawing, or one of them, as chosen; what was just typed stands there still."""
    elements = (each for each in scenario.net.services() if only in ("", each.id))
    return [_service(each.id, each.name, each.handler, town, chosen.get(each.id), post) for each in elements]


def _service(
    element: str, name: str, handler: str, town: Town, chosen: Outcome | None, post: Mapping[str, str]
) -> Service:
    bodies = tuple((str(body), called) for body, called in town.names.items()) if handler == DISPATCH else ()
    outcome = chosen or (Outcome(dict(town.services[handler])) if handler in town.services else None)
    answer = "" if outcome is None else _body(outcome) if bodies else json.dumps(outcome.answer, ensure_ascii=False)
    failed = outcome.failed if outcome else ""
    return Service(
        element,
        name or element,
        handler,
        post.get(ANSWER + element, answer),
        post.get(FAILED + element, failed),
        bodies,
    )


def _body(outcome: Outcome) -> str:
    return str(outcome.answer.get("body") or NOBODY)


def chosen(scenario: Scenario, town: Town, post: QueryDict) -> dict[str, Outcome]:
    """What was chosen, by element; what was left blank is not there. Invalid names the input that is wrong."""
    return dict(_chosen(scenario, town, post))


def _chosen(scenario: Scenario, town: Town, post: QueryDict) -> Iterator[tuple[str, Outcome]]:
    for each in scenario.net.services():
        answer, failed = (post.get(name + each.id, "").strip() for name in (ANSWER, FAILED))
        if failed:
            yield each.id, Outcome(failed=failed)
        elif answer and each.handler == DISPATCH:
            yield each.id, Outcome(_dispatched(town, answer, each.id))
        elif answer:
            yield each.id, Outcome(_object(answer, each.id))


def _object(typed: str, element: str) -> dict[str, Any]:
    return json_object(
        typed, ANSWER + element, "自动环节的答复要写成一个 JSON 对象，例如 {example}；没有答复就写 {empty}。"
    )


def json_object(typed: str, field: str, sentence: str) -> dict[str, Any]:
    """What was typed as a JSON object; Invalid with this sentence where it is none, or too long a one."""
    try:
        found = msgspec.json.decode(typed) if len(typed) <= LONGEST and "\\u0000" not in typed else None
    except (msgspec.DecodeError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Invalid(sentence, field=field, example='{"paid": true}', empty="{}")
    return found


def _dispatched(town: Town, answer: str, element: str) -> dict[str, Any]:
    """What the handler that finds a body answers: this body and one of its officers, or that it is not sure."""
    if answer == NOBODY:
        return {"refused": True, "margin": 0.0, "ranking": [], "body": None, "officer": None, "officers": []}
    known = {str(body): body for body in town.names}
    if answer not in known:
        raise Invalid("请从列表里选一个单位。", field=ANSWER + element)
    body = known[answer]
    ranking = [{"body": body, "name": town.names[body], "score": 0.9, "reasons": []}]
    return {
        "refused": False, "margin": 0.8, "ranking": ranking, "body": body, "officer": _officer(town, body),
        "officers": [], "excluded": [],
    }  # fmt: skip


def _officer(town: Town, body: int) -> str | None:
    staff = (one for one in town.people if one.body == body)
    return next((one.id for one in staff if any(grant.role == "handler" for grant in one.grants)), None)


def names(scenario: Scenario, elements: Iterable[str]) -> str:
    """Elements of the drawing by their names, in one line."""
    known = scenario.net.elements
    return gettext("、").join(known[one].name or one if one in known else one for one in elements)
