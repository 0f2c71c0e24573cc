"""What an official types to start a case."""

from typing import Any

import uuid_utils.compat
from django.urls import reverse

from zhongshu.base.http import access
from zhongshu.channels.desk import held
from zhongshu.channels.desk.cases import forms
from zhongshu.channels.presenters import names
from zhongshu.channels.presenters.forms import documents
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.starting import Start
from zhongshu.engine.intake.queries.drafts import Resumed
from zhongshu.engine.intake.rules.pages import Subject
from zhongshu.registers.catalogue import queries as catalogue


def new_key() -> str:
    """A key for one start, so that sending the form twice starts one case."""
    return str(uuid_utils.compat.uuid7())


def subject(scenario: Scenario) -> Subject:
    """What the form of a scenario is kept as."""
    named, at = scenario.settings, reverse("desk:start_one", args=[scenario.code])
    return Subject(scenario.code, scenario.version, named.name, named.name_en, at)


def begun(request: access.Request, scenario: Scenario, kept: Resumed) -> Start:
    """What was kept of a start; of documents those that are the visitor's."""
    typed = kept.kept.answers
    given = documents.plain(held.resumed(request, scenario.form, typed))
    return Start(str(kept.draft.pk), "official", given, str(typed.get("own-category") or ""))


def start(request: access.Request, scenario: Scenario) -> tuple[Start, dict[str, Any]]:
    """What is to be started, with the photos sent so far; and what is wrong with any of them, by question."""
    photos, wrong = held.photos(request, scenario.form)
    given = documents.put(forms.answers(request, scenario.form), photos)
    key, category = request.POST.get("own-key", ""), request.POST.get("own-category", "")
    return Start(key, "official", given, category), dict(wrong)


def categories(scenario: Scenario) -> list[tuple[str, str]]:
    """The categories to choose from, where the scenario asks for one: code and name."""
    if not (scenario.settings.start and scenario.settings.start.category):
        return []
    found = (one for one in catalogue.tree().values() if one.scenario == scenario.code and one.ended is None)
    return [(one.code, names.local(one)) for one in found]
