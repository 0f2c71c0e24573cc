"""What happened in a trial so far, in words."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.translation import gettext

from zhongshu.base.http.language import language
from zhongshu.engine.cases.rules import starting
from zhongshu.engine.messages.rules import TEMPLATES
from zhongshu.engine.studio.rules.trial import Call, Decided, Entry, Said, Trial


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened: when, in which sentences, what automatic steps answered, which rules decided, what the
    applicant would read, which letters would be made, who would be told that a task is theirs. `times`: how often the
    same happened in a row at that moment.
    """

    at: datetime
    said: tuple[str, ...]
    calls: tuple[str, ...]
    decided: tuple[str, ...]
    message: str
    letters: tuple[str, ...]
    given: tuple[str, ...]
    times: int = 1


def told(trial: Trial) -> list[Line]:
    """The story, what happened last first."""
    lines = groupby(_line(trial, entry) for entry in reversed(trial.entries))
    return [replace(line, times=len(list(same))) for line, same in lines]


def _line(trial: Trial, entry: Entry) -> Line:
    letters = trial.scenario.settings.letters
    return Line(
        entry.at, tuple(_once(map(_sentence, entry.said))), tuple(_call(trial, call) for call in entry.calls),
        tuple(sentence for decided in entry.decisions for sentence in _decided(decided)), _message(trial, entry),
        tuple(letters[name].called(language()) for name in entry.letters), tuple(_given(trial, entry)),
    )  # fmt: skip


def _sentence(said: Said) -> str:
    return gettext(said.sentence).format(**said.gaps)


def _once(sentences: Iterable[str]) -> Iterator[str]:
    """Each sentence once, with how often it was said: twelve bodies are asked in one line."""
    for sentence, times in Counter(sentences).items():
        yield gettext("{sentence}（{times} 份）").format(sentence=sentence, times=times) if times > 1 else sentence


def _call(trial: Trial, call: Call) -> str:
    name = trial.scenario.net.elements[call.element].name or call.element
    if call.failed:
        return gettext("自动环节“{name}”没有办成：{code}").format(name=name, code=call.failed)
    body = call.answer.get("body")
    if isinstance(body, int) and body in trial.town.names:
        return gettext("自动环节“{name}”派给{body}").format(name=name, body=trial.town.names[body])
    if call.answer.get("refused"):
        return gettext("自动环节“{name}”没有把握，转人工").format(name=name)
    return gettext("自动环节“{name}”办成：{answer}").format(name=name, answer=written(call.answer))


def _decided(decided: Decided) -> Iterator[str]:
    yield gettext("决策“{name}”得出 {value}").format(name=decided.decision, value=written(decided.result.value))
    for met in decided.result.met:
        rules = gettext("、").join(map(str, met.rules)) or gettext("没有一条")
        yield gettext("“{table}”用到的规则：{rules}（共 {of} 条）").format(table=met.table, rules=rules, of=met.of)
    for note in decided.result.notes:
        yield gettext(note.sentence).format(**dict(note.gaps))


def written(value: Any) -> str:
    """A value in one line."""
    if isinstance(value, Mapping):
        return gettext("，").join(f"{name} = {written(one)}" for name, one in value.items()) or gettext("（无内容）")
    if isinstance(value, list | tuple):
        return gettext("、").join(map(written, value)) or gettext("（无内容）")
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    return gettext("（空）") if value is None else str(value)


def _message(trial: Trial, entry: Entry) -> str:
    """What the applicant would read; what only the running platform knows is left open.

    What an official or a program starts has no applicant.
    """
    template = TEMPLATES.get(entry.message, "")
    if not template or starting.starter_of(trial.held.data):
        return ""
    phase = (entry.facts.get("phase") or (None, trial.held.phase))[1]
    known: dict[str, Any] = defaultdict(lambda: "……", _gaps(entry.said))
    known |= {"title": trial.held.title, "number": trial.held.number, "count": entry.facts.get("count", "")}
    known["phase"] = trial.scenario.phase_name(phase, language())
    return gettext(template).format_map(known)


def _gaps(said: Iterable[Said]) -> dict[str, Any]:
    return {name: value for one in said for name, value in one.gaps.items()}


def _given(trial: Trial, entry: Entry) -> Iterator[str]:
    for account, element in entry.given:
        person = trial.town.person(account)
        yield gettext("{who}收到“{task}”").format(
            who=person.name if person else account, task=trial.scenario.task_name(element, language())
        )
