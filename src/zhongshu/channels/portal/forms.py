"""What residents type, read from a request; nothing here writes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID, uuid4

from django.http import QueryDict
from django.urls import reverse

from zhongshu.base.http import reading
from zhongshu.base.http.refusals import Invalid, Refusal
from zhongshu.channels.presenters import files
from zhongshu.channels.presenters.forms import documents
from zhongshu.channels.presenters.forms import typed as typing
from zhongshu.engine.intake.rules import answers as replies
from zhongshu.engine.intake.rules import questionnaire as intake
from zhongshu.registers.people import rules as people
from zhongshu.registers.places import queries as places


@dataclass(frozen=True, slots=True)
class Photo:
    """A document already sent: its id, and the name of one that is handed out as a file."""

    value: str
    name: str = ""

    @property
    def address(self) -> str:
        """Where the small picture is, or the file."""
        return reverse("portal:document", args=[self.value, "full" if self.name else "thumb"])


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as far as it has been typed. `key` makes sending it twice one report."""

    key: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    lon: str = ""
    lat: str = ""
    address: str = ""
    name: str = ""
    phone: str = ""

    @property
    def point(self) -> tuple[float, float] | None:
        """The place picked, as (lon, lat); None while there is none that can be read."""
        try:
            return float(self.lon), float(self.lat)
        except ValueError:
            return None

    def with_documents(self, found: Mapping[str, list[str]]) -> "Draft":
        """The draft with the documents of questions, by their paths."""
        named = files.names([one for ids in found.values() for one in ids])
        shown = {path: [Photo(one, named.get(one, "")) for one in ids] for path, ids in found.items()}
        return replace(self, answers=documents.put(self.answers, shown))

    def shown(self, form: intake.Questionnaire, own: Collection[str]) -> "Draft":
        """The draft with its documents as what can be looked at, those alone that are the visitor's `own`."""
        named = files.names(own)

        def show(ids: list[str]) -> list[Photo]:
            return [Photo(one, named.get(one, "")) for one in ids if one in own]

        return replace(self, answers=documents.shown(form, self.answers, show))

    def plain(self) -> dict[str, Any]:
        """The answers as the questionnaire's check takes them."""
        return documents.plain(self.answers)


def blank(form: intake.Questionnaire, words: str = "") -> Draft:
    """A draft with nothing in it but the words the visitor came with."""
    asked = any(f.name == "description" for f in form.fields)
    return Draft(key=str(uuid4()), answers={"description": words} if words and asked else {})


def draft(form: intake.Questionnaire, post: QueryDict) -> Draft:
    """The draft in a form that was sent, documents apart."""
    lon, lat = _point(post)
    return Draft(
        key=_key(post.get("act-key", "")), answers=typing.typed(form, post), lon=lon, lat=lat,
        address=reading.text(post, "place-address"), name=reading.text(post, "contact-name"),
        phone=reading.text(post, "contact-phone"),
    )  # fmt: skip


def _point(post: QueryDict) -> tuple[str, str]:
    """A result of the address search that was chosen, else the point picked on the map."""
    lon, comma, lat = post.get("place-spot", "").partition(",")
    return (lon, lat) if comma else (post.get("place-lon", "")[:32], post.get("place-lat", "")[:32])


def _key(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return str(uuid4())


def problems(form: intake.Questionnaire, typed: Draft) -> dict[str, Any]:
    """Everything that is wrong with a draft at once: question → problem.

    The parts that are no questions go under `own-place`, `own-name`, `own-phone`: no question has a hyphen.
    """
    found: dict[str, Any] = dict(intake.check(form, typed.plain()).problems)
    for part, check in (("place", _check_place), ("name", _check_name), ("phone", _check_phone)):
        try:
            check(typed)
        except Invalid as problem:
            found[f"own-{part}"] = problem
    return found


_PARTS = {"point": "place", "place": "place", "address": "place", "name": "name", "phone": "phone"}


def by_part(problem: Refusal) -> dict[str, Any]:
    """What an action found wrong, under the names the form shows problems by."""
    if isinstance(problem, replies.Unfit):
        return dict(problem.problems)
    return {f"own-{_PARTS.get(problem.field, 'send')}": problem}


def _check_place(typed: Draft) -> None:
    if typed.point is None:
        raise Invalid("请在地图上点选位置，或查找地址后选择一个结果。", field="point")
    lon, lat = typed.point
    if not (-180 <= lon <= 180 and -90 <= lat <= 90) or places.locate(lon, lat) is None:
        raise Invalid("这个位置不在本市范围内。请在地图上重新选点，或拨打所在城市的 12345。", field="point")


def _check_name(typed: Draft) -> None:
    if typed.name.strip():
        people.name(typed.name)


def _check_phone(typed: Draft) -> None:
    if typed.phone.strip():
        people.phone(typed.phone)
