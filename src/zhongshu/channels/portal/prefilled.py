"""Answers that are known already: offered in forms with where they are from, never over what was typed."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from django.core import signing

from zhongshu.base.http.access import Request
from zhongshu.channels.portal.forms import Draft
from zhongshu.channels.presenters import origins as presenter
from zhongshu.engine.intake.actions import prefilling
from zhongshu.engine.intake.rules import offers
from zhongshu.engine.intake.rules import questionnaire as intake
from zhongshu.engine.intake.rules.questionnaire import Questionnaire

OFFERS = "draft-offers"
"""The hidden field in which a page says what it has offered, signed: a form that comes back still says where from."""
_SALT = "portal.offers"

Offers = Mapping[str, tuple[str, str]]
"""Question → what it was offered, and the words for where that is from."""


def offered(request: Request, form: Questionnaire) -> Offers:
    """What is known of who fills the form in. Each showing of what the law asks to be written down is."""
    found = prefilling.prefill(_wanted(form), by=request.by, at=request.at)
    return {
        name: (str(one.value), presenter.words(one.source, one.source_en, one.as_of)) for name, one in found.items()
    }


def _wanted(form: Questionnaire) -> dict[str, str]:
    return {field.name: field.source for field in form.fields if field.source and field.computed is None}


def filled(draft: Draft, found: Offers, typed: Collection[str] = ()) -> Draft:
    """The draft with what was offered, but where something was `typed` before, blank or not."""
    known = {name: value for name, (value, _) in found.items() if name not in typed}
    return replace(draft, answers={**draft.answers, **known})


def again(request: Request) -> Offers:
    """What the page that was sent had offered; nothing where it does not say so as we have."""
    try:
        found = signing.loads(request.POST.get(OFFERS, ""), salt=_SALT)
    except signing.BadSignature:
        return {}
    return {name: (value, words) for name, (value, words) in found.items()}


def context(draft: Draft, found: Offers) -> dict[str, Any]:
    """What the form shows and carries: beside each answer that still is what was offered, where it is from."""
    same = {name: words for name, (value, words) in found.items() if draft.answers.get(name) == value}
    return {"sources": same, "offers": signing.dumps(found, salt=_SALT) if found else ""}


def origins(request: Request, form: Questionnaire, typed: Draft) -> dict[str, Any]:
    """For the case, of each answer that something is known about: where from, and whether its sender changed it."""
    if not _wanted(form):
        return {}
    known = prefilling.prefill(_wanted(form), by=request.by, at=request.at)
    found = offers.origins(intake.check(form, typed.plain()).answers, known)
    return {name: one.written() for name, one in found.items()}
