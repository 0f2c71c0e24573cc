"""What automatic dispatch answered, in words: the bodies and officers it considered, and why.

Reads what `dispatch.assign` left in a case's data: `ranking` of bodies, `officers`, `refused`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from zhongshu.channels.desk.presenters import names
from zhongshu.engine.cases.rules.scenario import Scenario
from zhongshu.engine.processes.rules.net import Service
from zhongshu.registers.people import queries as people
from zhongshu.registers.places import queries as places

HANDLER = "dispatch.assign"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A body or officer: its name, the belief in percent (None for officers), the grounds, whether it was chosen."""

    id: str
    name: str
    percent: int | None
    grounds: tuple[str, ...]
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """One run of automatic dispatch; `refused` when a person has to decide."""

    refused: bool
    bodies: tuple[Suggestion, ...]
    officers: tuple[Suggestion, ...]


def bodies(answer: Mapping[str, Any], place: int) -> tuple[Suggestion, ...]:
    """The bodies ranked for a case at `place`, best first; those that are no longer known are left out."""
    chosen, called = answer.get("body"), _places(place)
    return tuple(_body(choice, chosen, called) for choice in answer.get("ranking", ()) if choice.get("body"))


def answer(found: Mapping[str, Any], place: int) -> Answer:
    """All that was considered, with the officers' names in one statement."""
    considered = found.get("officers") or ()
    called = people.names(choice["officer"] for choice in considered) if considered else {}
    officers = tuple(_officer(choice, called, found.get("officer")) for choice in considered)
    return Answer(bool(found.get("refused")), bodies(found, place), officers)


def _body(choice: Mapping[str, Any], chosen: Any, called: Mapping[str, str]) -> Suggestion:
    name = names.body(choice["body"]) or choice.get("name", "")
    grounds = tuple(_ground(reason, name, called) for reason in choice.get("reasons", ()))
    percent = round(100 * choice.get("score", 0))
    return Suggestion(str(choice["body"]), name, percent, grounds, choice["body"] == chosen)


def _ground(reason: Mapping[str, Any], body: str, called: Mapping[str, str]) -> str:
    place = reason.get("place", "")
    return gettext(reason["sentence"]).format(**{**reason, "body": body, "place": called.get(place, place)})


def _places(code: int) -> dict[str, str]:
    """What the regions over a place are called here, by their Chinese names: reasons name them so."""
    return {name.zh: names.joined([name]) for name in places.tree().path(code)}


def _officer(choice: Mapping[str, Any], called: Mapping[str, str], chosen: Any) -> Suggestion:
    grounds = tuple(gettext(r["sentence"]).format(**r.get("gaps", {})) for r in choice.get("reasons", ()))
    name = called.get(choice["officer"], "")
    return Suggestion(choice["officer"], name, None, grounds, choice["officer"] == chosen)


def elements(scenario: Scenario) -> list[str]:
    """The service tasks of a scenario that are automatic dispatch: its answers stand under their names."""
    services = (e for e in scenario.net.elements.values() if isinstance(e, Service))
    return [service.id for service in services if service.handler == HANDLER]
