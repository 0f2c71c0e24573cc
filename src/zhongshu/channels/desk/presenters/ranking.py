"""What automatic dispatch answered, in words: the bodies and officers it considered, and why.

Reads what `dispatch.assign` left in a case's data: `ranking` of bodies, `officers`, `refused`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from zhongshu.channels.presenters import names
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


def answers(left: Mapping[int, Mapping[str, Any]], place: int) -> dict[int, Answer]:
    """All that was considered each time for a case at `place`, with every officer's name in one statement."""
    considered = {choice["officer"] for found in left.values() for choice in found.get("officers") or ()}
    called = people.names(considered) if considered else {}
    return {number: _answer(found, place, called) for number, found in left.items()}


def _answer(found: Mapping[str, Any], place: int, called: Mapping[str, str]) -> Answer:
    officers = tuple(_officer(choice, called, found.get("officer")) for choice in found.get("officers") or ())
    return Answer(bool(found.get("refused")), bodies(found, place), officers)


def told(answer: Answer) -> tuple[str, str]:
    """An answer for the trace: what was decided, and a line for everything considered with its grounds."""
    body, officer = (next((c.name for c in part if c.chosen), "") for part in (answer.bodies, answer.officers))
    if answer.refused or not body:
        what = gettext("智能派遣：没有把握，交派遣员决定")
    else:
        what = gettext("智能派遣：派给{name}").format(name=" ".join(filter(None, (body, officer))))
    return what, "\n".join(_considered(choice) for choice in (*answer.bodies, *answer.officers))


def _considered(choice: Suggestion) -> str:
    named = gettext("选定 {name}") if choice.chosen else gettext("备选 {name}")
    sure = "" if choice.percent is None else gettext("（把握 {percent}%）").format(percent=choice.percent)
    return f"{named.format(name=choice.name)}{sure}{gettext('：')}{' '.join(choice.grounds)}"


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
