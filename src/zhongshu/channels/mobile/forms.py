"""What officers type, read from a request; nothing here writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import isfinite
from typing import Any
from uuid import UUID

import uuid_utils.compat
from django.http import QueryDict
from django.urls import reverse

from zhongshu.affairs.city.actions import Handled, NewEvent
from zhongshu.affairs.city.rules import on_the_spot
from zhongshu.base.http.language import language
from zhongshu.base.http.refusals import Invalid, Refusal
from zhongshu.channels.presenters.forms import documents
from zhongshu.engine.cases.rules import sent as sending
from zhongshu.engine.cases.rules.checks import Position
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.cases.rules.sent import Sent
from zhongshu.engine.intake.rules import questionnaire as intake
from zhongshu.engine.intake.rules.pages import Subject
from zhongshu.registers.catalogue.models import Category
from zhongshu.registers.documents.rules.stamps import Stamp

FRESH = timedelta(minutes=30)
"""An older position does not say where its sender is."""

PLACE = "own-position"
"""What problems with the position go under: never the name of a question."""
DONE = "own-handled"
"""Ticked when the patrol has handled on the spot what it reports."""
_OF_PLACE = frozenset({"position", "point", "place", "address"})


@dataclass(frozen=True, slots=True)
class Photo:
    """A document already sent: its id, and the name of one that is handed out as a file."""

    value: str
    name: str = ""

    @property
    def address(self) -> str:
        """Where the small picture is, or the file."""
        return reverse("portal:document", args=[self.value, "full" if self.name else "thumb"])


def sent(post: QueryDict, at: datetime) -> Sent:
    """How what was done came: under the telephone's own key, and when it was done if that was earlier."""
    ago = _seconds(post)
    return Sent(_key(post.get("act-key", "")), at - timedelta(seconds=ago) if ago else None)


def _seconds(post: QueryDict) -> int:
    """How long ago it was done, as the telephone says: a length of time is right even where its clock is wrong."""
    text = post.get("act-ago", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def _key(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return ""


def done(post: QueryDict, at: datetime) -> datetime:
    """The moment from which what was done counts, as far as that can be told without knowing to what it was done."""
    return sending.moment(sent(post, at), at - sending.OLDEST, at)


def stamp(post: QueryDict, at: datetime) -> Stamp | None:
    """When and where a photo was taken, as the telephone says; None from a form without scripts."""
    if "act-ago" not in post:
        return None
    lon, lat, accuracy = (_number(post.get(f"taken-{name}", "")) for name in ("lon", "lat", "accuracy"))
    return Stamp(at - timedelta(seconds=_seconds(post)), lon, lat, accuracy)


def _number(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if isfinite(found) else None


def position(post: QueryDict, at: datetime) -> Position | None:
    """Where the device said it stood; None when it said nothing.

    Raises Invalid when that cannot be read or is too old. A device whose clock is ahead is taken to have spoken now.
    """
    lon, lat = post.get("position-lon", "").strip(), post.get("position-lat", "").strip()
    if not lon and not lat:
        return None
    try:
        found = Position(float(lon), float(lat), _moment(post.get("position-at", ""), at))
    except ValueError:
        raise Invalid("没有读到有效的位置，请重新定位。", field="position") from None
    if at - found.at > FRESH:
        minutes = int((at - found.at).total_seconds() // 60)
        raise Invalid("定位是 {minutes} 分钟前的，请重新定位后再提交。", field="position", minutes=minutes)
    return found


def _moment(text: str, at: datetime) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return min(found, at)


def text(sent: QueryDict, name: str) -> str:
    """A text as typed, without the one character no database takes."""
    return sent.get(name, "").replace("\0", "")


def key(post: QueryDict) -> str:
    """The report's own key, so that sending it twice is one report; a new one for a form not sent yet."""
    return _key(post.get("act-key", "")) or str(uuid_utils.compat.uuid7())


def subject(category: Category, scenario: Scenario) -> Subject:
    """What the report form of a category is kept as."""
    at = reverse("mobile:fill", args=[category.code])
    return Subject(scenario.code, scenario.version, category.name, category.name_en, at, category=category.code)


def whole(scenario: Scenario) -> intake.Questionnaire:
    """Every question of a report's page, those of what was done on the spot too."""
    spot = on_the_spot.questions(scenario)
    return replace(scenario.form, fields=(*scenario.form.fields, *(spot.fields if spot else ())))


def event(
    post: QueryDict, category: str, answers: Mapping[str, Any], voices: Sequence[UUID], account: str, at: datetime
) -> NewEvent:
    """What a patrol reports: at the device's position, else at the place chosen.

    Raises Invalid when the position cannot be used.
    """
    here = position(post, done(post, at))
    lon, lat = (here.lon, here.lat) if here else (None, None)
    return NewEvent(
        key=key(post), source="patrol", category=category, answers=plain(answers), lon=lon, lat=lat,
        place=text(post, "own-place"), address=text(post, "own-address"), account=account, voices=voices,
        seen=sent(post, at).done,
    )  # fmt: skip


def handled(answers: Mapping[str, Any]) -> Handled:
    """What was done on the spot, from the answers to its questions."""
    given = plain(answers)
    return Handled(str(given.get(on_the_spot.NOTE, "")), tuple(UUID(photo) for photo in given[on_the_spot.PHOTOS]))


def titles(form: intake.Questionnaire | None) -> dict[str, str]:
    """What the questions of a form are called, for the summary of what is wrong."""
    return {field.name: field.called(language()) for field in form.fields} if form else {}


def revision(post: QueryDict) -> int | None:
    """The revision of the case the page showed."""
    sent = post.get("case-revision", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else None


def sent_before(name: str, post: QueryDict) -> list[str]:
    """The photos a form names for a question but those no longer wanted. Whose they are is not checked here."""
    dropped = set(post.getlist("photo-drop"))
    return [value for value in dict.fromkeys(post.getlist(name)) if value not in dropped]


def plain(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as the questionnaire's check takes them."""
    return documents.plain(answers)


def wrong(form: intake.Questionnaire | None, answers: Mapping[str, Any], *refusals: Refusal) -> dict[str, Any]:
    """All that is to be mended, by question: what the questionnaire finds, and what was refused besides."""
    found: dict[str, Any] = dict(intake.check(form, plain(answers)).problems) if form else {}
    for refusal in refusals:
        found.setdefault(PLACE if refusal.field in _OF_PLACE else refusal.field, refusal)
    return found
