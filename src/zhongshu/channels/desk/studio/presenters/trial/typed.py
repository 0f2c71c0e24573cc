"""What is done to a trial, from what was typed: the steps it takes."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.http import QueryDict

from zhongshu.base.http.refusals import Conflict, Invalid
from zhongshu.channels.desk.studio.presenters.trial import questions, services
from zhongshu.channels.desk.studio.presenters.trial.beginning import moment, morning_after
from zhongshu.engine.cases.rules import supplement
from zhongshu.engine.cases.rules.state import OpenTask
from zhongshu.engine.studio.rules import trial
from zhongshu.engine.studio.rules.trial import Step, Trial

MOST_ITEMS = 5
"""So many rows a page has to ask the applicant with."""


def steps(tried: Trial, post: QueryDict) -> list[Step]:
    """The step that was chosen, after what was chosen for automatic steps. Invalid names the input that is wrong."""
    verb = VERBS.get(post.get("own-go", ""))
    if verb is None:
        raise Invalid("请从页面上的按钮里选一个。")
    chosen = services.chosen(tried.scenario, tried.town, post)
    new = {element: outcome for element, outcome in chosen.items() if tried.outcomes.get(element) != outcome}
    return [*(trial.Choose(element=element, outcome=outcome) for element, outcome in new.items()), *verb(tried, post)]


def task(tried: Trial, post: Mapping[str, str]) -> OpenTask:
    """The open task the page was about."""
    token = post.get("own-token", "")
    found = tried.held.task(int(token)) if token.isdecimal() and len(token) < 10 else None
    if found is None:
        raise Conflict("这个环节已经不在待办里了，请看过现在的情况再办。")
    return found


def _named(tried: Trial, post: Mapping[str, str]) -> dict[str, Any]:
    """The task as a step names it: by its number only where nothing else tells it from others."""
    found = task(tried, post)
    same = [each for each in tried.held.tasks if each.element == found.element]
    if len(same) == 1:
        return {"task": found.element}
    if found.pool < 0 and len([each for each in same if each.pool == found.pool]) == 1:
        return {"task": found.element, "body": -found.pool}
    return {"task": found.element, "token": found.token}


def _complete(tried: Trial, post: QueryDict) -> list[Step]:
    found = task(tried, post)
    form = tried.scenario.forms.get(found.element)
    asked = tried.scenario.settings.tasks[found.element].position != "none"
    away, answers = _metres(post) if asked else 0.0, questions.answers(form, post)
    return [trial.Complete(**_named(tried, post), by=post.get("own-by", ""), answers=answers, away=away)]


def _metres(post: Mapping[str, str]) -> float | None:
    """How far from the case the doer stands; None where they tell no position."""
    typed = post.get("own-away", "0").strip()
    if not typed:
        return None
    if not (typed.isdecimal() and len(typed) < 7):
        raise Invalid("离现场多远请写成米数，例如 50；没有定位就空着。", field="own-away")
    return float(typed)


def _return(tried: Trial, post: QueryDict) -> list[Step]:
    return [trial.Return(**_named(tried, post), to=post.get("own-to", ""), reason=_reason(post))]


def _ask(tried: Trial, post: QueryDict) -> list[Step]:
    rows = zip(post.getlist("own-what")[:MOST_ITEMS], post.getlist("own-why")[:MOST_ITEMS], strict=False)
    items = [(what, why) for what, why in rows if what.strip() or why.strip()]
    return [trial.Ask(**_named(tried, post), items=items)]


def _extend(tried: Trial, post: QueryDict) -> list[Step]:
    typed = post.get("own-amount", "").strip()
    if not (typed.isdecimal() and len(typed) < 5):
        raise Invalid("请写一个整数，例如 3。", field="own-amount")
    return [trial.Extend(**_named(tried, post), amount=int(typed))]


def _supply(tried: Trial, post: QueryDict) -> list[Step]:
    waiting = tried.waiting
    form = supplement.form(waiting.items) if waiting else None
    return [trial.Supply(answers=questions.answers(form, post))]


def _message(tried: Trial, post: QueryDict) -> list[Step]:
    return [trial.Message(name=post.get("own-name", ""), facts=_facts(post.get("own-facts", "")))]


def _facts(typed: str) -> dict[str, Any]:
    return services.json_object(
        typed.strip() or "{}", "own-facts", "消息的内容要写成一个 JSON 对象，例如 {example}；没有内容就空着。"
    )


def _push(tried: Trial, post: QueryDict) -> list[Step]:
    return [trial.Push(to=_moment(tried, post))]


def _moment(tried: Trial, post: Mapping[str, str]) -> datetime:
    match post.get("own-push"):
        case "due":
            due = trial.next_due(tried)
            if due is None:
                raise Conflict("没有什么会自己发生了：没有期限、定时或补正在等。")
            return due
        case "hour":
            return tried.at + timedelta(hours=1)
        case "day":
            return morning_after(tried.at, tried.town.days)
        case _:
            return moment(post.get("own-moment", ""), "own-moment")


def _reason(post: Mapping[str, str]) -> str:
    return post.get("own-reason", "").strip()


VERBS: Mapping[str, Callable[[Trial, QueryDict], list[Step]]] = {
    "choose": lambda tried, post: [],
    "complete": _complete,
    "return": _return,
    "ask": _ask,
    "extend": _extend,
    "supply": _supply,
    "push": _push,
    "message": _message,
    "signal": lambda tried, post: [trial.Signal(name=post.get("own-name", ""))],
    "drop": lambda tried, post: [trial.Drop(reason=_reason(post))],
    "deem": lambda tried, post: [trial.Deem(reason=_reason(post))],
    "withdraw": lambda tried, post: [trial.Withdraw(reason=_reason(post))],
    "cancel": lambda tried, post: [trial.Cancel(reason=_reason(post))],
    "suspend": lambda tried, post: [trial.Suspend(reason=_reason(post))],
    "resume": lambda tried, post: [trial.Resume()],
    "reopen": lambda tried, post: [trial.Reopen(to=post.get("own-to", ""), reason=_reason(post))],
}
"""What the buttons of the page do."""
