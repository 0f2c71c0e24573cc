"""The report form as a draft: offered again, gone on with, kept half filled in, and closed when it is sent."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.urls import reverse

from zhongshu.base.http import browsers
from zhongshu.base.http.access import Request
from zhongshu.base.http.refusals import Absent
from zhongshu.channels.portal import held
from zhongshu.channels.portal.forms import Draft, Photo
from zhongshu.channels.presenters import drafts as presenter
from zhongshu.channels.presenters.drafts import Keeping, Sent
from zhongshu.channels.presenters.forms import typed as typing
from zhongshu.engine.cases.queries import attached
from zhongshu.engine.cases.rules.attached import KINDS
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.intake import models
from zhongshu.engine.intake.actions import drafts as actions
from zhongshu.engine.intake.queries import drafts, pages
from zhongshu.engine.intake.rules import asking
from zhongshu.engine.intake.rules.merging import Kept
from zhongshu.engine.intake.rules.pages import Subject
from zhongshu.engine.intake.rules.questionnaire import Questionnaire
from zhongshu.registers.catalogue.models import Category


@dataclass(frozen=True, slots=True)
class Begun:
    """A draft that is gone on with, and what is in it."""

    row: models.Draft
    kept: Kept


def asked(request: Request) -> Begun | None:
    """The draft the visitor wants to go on with, if the address names one; Absent when it is not theirs."""
    try:
        wanted = UUID(request.GET.get("draft", ""))
    except ValueError:
        return None
    row = drafts.one(wanted, request.by, _browser(request), request.at)
    return Begun(row, drafts.kept(row))


def waiting(request: Request, category: Category, scenario: Scenario) -> list[tuple[models.Draft, str]]:
    """The visitor's open drafts of this report."""
    found = drafts.of_subject(_subject(category, scenario), request.by, _browser(request), request.at)
    return [(one, presenter.title(one)) for one in found]


def draft(request: Request, begun: Begun, form: Questionnaire) -> Draft:
    """What was typed, as the form shows it; of photos those that are the visitor's."""
    typed = begun.kept.answers
    texts = {name: str(typed.get(name) or "") for name in ("place-lon", "place-lat", "place-address")}
    answers = typing.typed(form, typing.post(typed))
    for field in (field for field in form.fields if field.kind in KINDS):
        answers[field.name] = [Photo(one) for one in _photos(request, typed.get(field.name))]
    return Draft(
        key=str(begun.row.pk), answers=answers, lon=texts["place-lon"], lat=texts["place-lat"],
        address=texts["place-address"], name=str(typed.get("contact-name") or ""),
        phone=str(typed.get("contact-phone") or ""),
    )  # fmt: skip


def _photos(request: Request, value: Any) -> list[str]:
    """Of the documents in a draft those this browser has sent, or this account and hung on no case: what a draft says
    of itself proves nothing.
    """
    wanted = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]
    known = held.photos(request)
    own = attached.loose_of(request.by, [one for one in wanted if one not in known])
    held.keep_photos(request, sorted(own))
    return [one for one in wanted if one in known or one in own]


def keeping(request: Request, category: Category, scenario: Scenario, typed: Draft, begun: Begun | None) -> Keeping:
    """What the form carries: the stamp of the draft that sending goes by too, and the revision it was drawn from."""
    base = begun.kept.revision if begun else presenter.base(request)
    page = pages.drawn(_subject(category, scenario), request.by, UUID(typed.key))
    return presenter.keeping(page, base, asking.asked(scenario.form, typed.answers))


def _subject(category: Category, scenario: Scenario) -> Subject:
    at = reverse("portal:fill", args=[category.code])
    return Subject(scenario.code, scenario.version, category.name, category.name_en, at, category=category.code)


def sent(request: Request, typed: Draft) -> Sent | None:
    """What the form sends to be kept, photos as the documents they have become; None without a stamp for this draft."""
    found = presenter.sent(request)
    if found is None or str(found.page.draft) != typed.key:
        return None
    plain = typed.plain()
    files = {name: plain[name] or None for name, value in typed.answers.items() if _is_photos(value)}
    return replace(found, typed={**found.typed, **files})


def _is_photos(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, Photo) for one in value)


def finish(request: Request, key: str) -> None:
    """Close the draft that was sent under this key, if it was ever kept, in the transaction of sending."""
    try:
        actions.finish(UUID(key), browser=_browser(request), by=request.by, at=request.at)
    except Absent:
        return


def _browser(request: Request) -> bytes | None:
    found = browsers.known(request)
    return found.digest if found else None
