"""The figures of a large form, each the median of rounds in turn; CPU of this process."""

import argparse
import json
import statistics
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, NamedTuple

from django.template import engines

from zhongshu.channels.presenters.forms import documents
from zhongshu.engine.intake.rules import asking, judging, paths, questionnaire
from zhongshu.main.bench import scratch
from zhongshu.main.bench.intake import form

_PAGE = '{% load questions %}{% questions scenario "" answers %}'
_BARE = """{% for name, value in inputs %}<label for="{{ name }}">{{ name }}</label>
<input id="{{ name }}" name="{{ name }}" value="{{ value }}">{% endfor %}"""


class _File(NamedTuple):
    """A file as a page shows it again."""

    value: str
    address: str
    name: str


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Page, round and check of the form, filled in whole; and the floor of each."""
    document, sent = form.document(), form.answers()
    known = questionnaire.read(document)
    settled = asking.round_of(known, sent)
    text = json.dumps(settled.answers)
    tasks: dict[str, Callable[[], Any]] = {
        "read_cpu_ms": lambda: questionnaire.read(document),
        "page_cpu_ms": _page(known, settled.answers),
        "round_cpu_ms": lambda: _round(known, sent),
        "validate_ms": lambda: judging.faults(known, settled.answers),
        "check_ms": lambda: questionnaire.check(known, sent),
        "floor_page_ms": _floor(sent),
        "floor_round_ms": lambda: json.dumps(json.loads(text)),
    }
    spent: dict[str, list[float]] = {name: [] for name in tasks}
    for done in range(1, options.rounds + 1):
        for name, task in tasks.items():
            spent[name].append(_ms(task))
        scratch.progress(done, options.rounds)
    counts = {
        "fields": form.FIELDS,
        "rules": form.RULES,
        "answers": len(list(paths.told(known.fields, settled.answers))),
    }
    return counts | {name: round(statistics.median(all_), 3) for name, all_ in spent.items()}


def _page(known: questionnaire.Questionnaire, answers: dict[str, Any]) -> Callable[[], str]:
    template = engines["django"].from_string(_PAGE)
    scenario = SimpleNamespace(form=known, forms={}, code="bench", version=1)
    shown = documents.shown(known, answers, lambda ids: [_File(one, "/documents/plan/", "平面图.pdf") for one in ids])
    return lambda: str(template.render({"scenario": scenario, "answers": shown}))


def _round(known: questionnaire.Questionnaire, sent: dict[str, str]) -> str:
    """What the door of a round does: from the texts of the form to the answer in JSON."""
    found = asking.round_of(known, sent)
    return json.dumps(
        {"shown": sorted(found.shown), "required": sorted(found.required), "computed": {**found.computed}}
    )


def _floor(sent: dict[str, str]) -> Callable[[], str]:
    template = engines["django"].from_string(_BARE)
    return lambda: str(template.render({"inputs": list(sent.items())}))


def _ms(task: Callable[[], Any]) -> float:
    began = time.process_time()
    task()
    return (time.process_time() - began) * 1000
