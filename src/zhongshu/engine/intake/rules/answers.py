"""Answers, as a form or a program sends them, checked against a questionnaire."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from zhongshu.base.http.refusals import Invalid
from zhongshu.engine.intake.rules import cleaning, judging, paths, rounds
from zhongshu.engine.intake.rules.judging import Problem
from zhongshu.engine.intake.rules.shape import Questionnaire

MOST_STRANGERS, LONGEST_STRANGER = 20, 64


@dataclass(frozen=True, slots=True)
class Checked:
    """The answers that count, cleaned, as JSON values; and by path what is wrong, if anything is.

    A path is the name of a question, or `members.0.income` for one of a row. What has a problem is not among the
    answers; a warning only asks to look again.
    """

    answers: dict[str, Any]
    problems: dict[str, Problem]
    warnings: dict[str, Problem] = field(default_factory=dict)


def check(form: Questionnaire, answers: Mapping[str, Any]) -> Checked:
    """Cleans and checks answers given as form texts (or lists of them) or as JSON values.

    A question not shown is dropped whatever was sent, a computed one is worked out. Blank is not answered. Anything
    the questionnaire does not ask is a problem under its own name. Problems come in the order of the questions.
    """
    given, strangers = cleaning.gathered(form, answers)
    settled = rounds.settle(form, cleaning.cleaned(form.fields, given))
    found = _missing(form, settled) | judging.faults(form, settled.answers)
    found = _blank(settled.answers, found) | found | _strange(strangers)
    problems = {path: found[path] for path in sorted(found, key=paths.order(form))}
    sound = paths.without(settled.answers, problems) if problems else settled.answers
    return Checked(sound, problems, judging.doubts(form, sound))


def _missing(form: Questionnaire, settled: rounds.Round) -> dict[str, Problem]:
    told = {path for path, _, _ in paths.told(form.fields, settled.answers)}
    rows = {asked.name for asked in form.fields if asked.kind == "rows"}
    return {path: Problem("请至少填写一行。" if path in rows else "请填写这一项。") for path in settled.required - told}


def _blank(answers: Mapping[str, Any], found: Mapping[str, Problem]) -> dict[str, Problem]:
    """Rows between others of which nothing is filled in and nothing else is said."""
    blank = [
        f"{name}.{n}"
        for name, value in answers.items() if isinstance(value, list) for n, row in enumerate(value) if row == {}
    ]  # fmt: skip
    return {
        path: Problem("这一行是空的，请填写或去掉。")
        for path in blank if not any(other.startswith(f"{path}.") for other in found)
    }  # fmt: skip


def _strange(names: list[str]) -> dict[str, Problem]:
    readable = [name[:LONGEST_STRANGER].encode("utf-8", "replace").decode() for name in names[:MOST_STRANGERS]]
    return dict.fromkeys(readable, Problem("这张表没有这一项，请去掉。"))


class Unfit(Invalid):
    """Answers that do not fit their questionnaire; `problems` says what is wrong with which."""

    def __init__(self, problems: Mapping[str, Problem]) -> None:
        first, problem = next(iter(problems.items()))
        super().__init__(problem.sentence, field=first, **problem.gaps)
        self.problems = dict(problems)
