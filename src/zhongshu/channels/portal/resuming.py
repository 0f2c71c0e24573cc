"""The forms of the portal as drafts: reports, applications for what is started without a place, what is to be added."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from zhongshu.affairs.city.queries import Progress
from zhongshu.base.http.access import Request
from zhongshu.channels.portal import held
from zhongshu.channels.portal.forms import Draft
from zhongshu.channels.presenters import resuming
from zhongshu.channels.presenters.drafts import Sent
from zhongshu.channels.presenters.forms import documents
from zhongshu.engine.cases.queries import attached
from zhongshu.engine.cases.queries.supplement import Supplement
from zhongshu.engine.cases.rules import supplement as rules
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.intake.queries.drafts import Resumed
from zhongshu.engine.intake.rules.pages import Subject
from zhongshu.engine.intake.rules.questionnaire import Questionnaire
from zhongshu.registers.catalogue.models import Category

_ADDING = ("补正 {number}", "To add to {number}")
"""What the form of what is to be added is called."""


@dataclass(frozen=True, slots=True)
class Form:
    """A form that may be kept: its questions, and what it is of."""

    form: Questionnaire
    subject: Subject


def report(category: Category, scenario: Scenario) -> Form:
    """The form of a report."""
    at = reverse("portal:fill", args=[category.code])
    about = Subject(scenario.code, scenario.version, category.name, category.name_en, at, category=category.code)
    return Form(scenario.form, about)


def application(scenario: Scenario) -> Form:
    """The form of an application."""
    named, at = scenario.settings, reverse("portal:start", args=[scenario.code])
    return Form(scenario.form, Subject(scenario.code, scenario.version, named.name, named.name_en, at))


def supplement(found: Progress, asked: Supplement) -> Form:
    """The form of what is to be added to a matter; the next list of the same matter is another form."""
    row, at = found.case.row, reverse("portal:progress", args=[found.case.row.id])
    chinese, english = (words.format(number=row.number) for words in _ADDING)
    about = Subject(
        row.scenario, found.case.scenario.version, chinese, english, at, category=row.category,
        element=f"supplement:{asked.number}",
    )  # fmt: skip
    return Form(rules.form(asked.items), about)


def draft(request: Request, begun: Resumed, form: Questionnaire) -> Draft:
    """What was typed, as the form shows it; of documents those that are the visitor's."""
    kept = begun.kept.answers
    texts = {name: str(kept.get(name) or "") for name in ("place-lon", "place-lat", "place-address")}
    typed = Draft(
        key=str(begun.draft.pk), answers=resuming.answers(form, kept), lon=texts["place-lon"], lat=texts["place-lat"],
        address=texts["place-address"], name=str(kept.get("contact-name") or ""),
        phone=str(kept.get("contact-phone") or ""),
    )  # fmt: skip
    return typed.shown(form, own(request, documents.ids(form, typed.answers)))


def own(request: Request, wanted: list[str]) -> set[str]:
    """Of these documents those this browser has sent, or this account and hung on no case: what a draft says of itself
    proves nothing.
    """
    known = held.photos(request)
    loose = attached.loose_of(request.by, [one for one in wanted if one not in known])
    held.keep_photos(request, sorted(loose))
    return loose.union(one for one in wanted if one in known)


def sent(request: Request, form: Form, typed: Draft) -> Sent | None:
    """What the form sends to be kept; None without a stamp for this draft."""
    return resuming.sent(request, form.form, typed.answers, typed.key)


def context(request: Request, form: Form, typed: Draft, begun: Resumed | None) -> dict[str, Any]:
    """What the page shows of drafts; its own goes by the key that sending goes by too."""
    files = reverse("portal:send_file")
    return resuming.context(request, form.subject, begun, files, form.form, typed.answers, typed.key)


def step(request: Request, begun: Resumed | None) -> str:
    """The page of the walk that was shown: as it was sent, as the address says, else where the draft was left."""
    asked = request.POST if request.method == "POST" else request.GET
    name = "report-step" if request.method == "POST" else "step"
    return asked.get(name, "") or (begun.draft.step if begun else "")
