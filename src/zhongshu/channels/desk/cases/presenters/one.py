"""One case with everything on it, as its page shows it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from zhongshu.base.permissions import rules as permissions
from zhongshu.base.permissions.rules import Actor
from zhongshu.channels.desk.presenters import ranking
from zhongshu.channels.presenters import names
from zhongshu.engine.cases.models import Attachment, Contact
from zhongshu.engine.cases.queries import lists
from zhongshu.engine.cases.queries.one import Task, View
from zhongshu.engine.cases.queries.reach import reach_of, reach_of_pool
from zhongshu.engine.cases.rules import alarms, asking, starting, whistle
from zhongshu.engine.cases.rules.checks import OVER
from zhongshu.engine.cases.rules.supplement import FIELD
from zhongshu.registers.people import queries as people
from zhongshu.registers.people import rules as masking
from zhongshu.registers.places.rules import distance

NEAR = 300.0
"""Metres around a case in which others of its category are called similar."""
MOST_SIMILAR = 5
MOST_PEOPLE = 200


@dataclass(frozen=True, slots=True)
class Duty:
    """An open task as the visitor meets it: who has it, and what the visitor may do with it.

    `mine`: the visitor answers for it; `lent`: does it for its holder; `over`: runs the shift over who has it;
    `asked`: it is the answer of one of several bodies, which stand in a table of their own.
    """

    task: Task
    name: str
    role: str
    holder: str
    delegate: str
    mine: bool
    lent: bool
    doable: bool
    assignable: bool
    over: bool
    urgency: str
    on_the_spot: bool
    urgeable: bool
    asked: bool

    @property
    def claimable(self) -> bool:
        return self.doable and self.task.claimed is None and not self.lent

    @property
    def delegable(self) -> bool:
        return self.mine and not self.task.delegate

    @property
    def releasable(self) -> bool:
        """Whether the visitor may give the task back to others; one who was asked by name to sign may not."""
        return self.mine and (self.task.signs is None or self.task.pool < 0)

    @property
    def question_field(self) -> str:
        """What tells the field for a signature's question from those of other tasks on the page."""
        return f"question-{self.task.token}"

    @property
    def returnable(self) -> bool:
        """Whether the visitor may look where the case can go back to from here."""
        return (self.mine or self.assignable) and self.task.signs is None


@dataclass(frozen=True, slots=True)
class Photo:
    """A document on the case: at which task it was given and where its taker stood."""

    attachment: Attachment
    given: str


def duties(found: View, actor: Actor, at: datetime) -> list[Duty]:
    """The open tasks, those the visitor may do first."""
    holders = {str(one) for task in found.open_tasks for one in (task.assignee, task.delegate) if one}
    holding = people.names(holders) if holders else {}
    able = permissions.may(actor, OVER, found.reach, at)
    made = [_duty(found, task, holding, able, actor, at) for task in found.open_tasks]
    return sorted(made, key=lambda duty: not duty.doable)


def _duty(found: View, task: Task, holding: Mapping[str, str], able: bool, actor: Actor, at: datetime) -> Duty:
    settings = found.scenario.settings.tasks[task.element]
    holder, delegate = str(task.assignee or ""), str(task.delegate or "")
    mine, signs = holder == actor.id, task.signs is not None
    holds = permissions.scope_of_role(actor, task.role, at).covers(
        reach_of_pool(task.pool, found.row.place, found.reach)
    )
    return Duty(
        task=task,
        name=called(found, task),
        role=names.role(task.role),
        holder=holding.get(holder, ""),
        delegate=holding.get(delegate, ""),
        mine=mine,
        lent=delegate == actor.id,
        doable=((holds or (mine and able)) and (delegate or holder) in ("", actor.id)) or (signs and mine),
        assignable=able,
        over=able and bool(holder) and not mine,
        urgency=alarms.urgency(task.opened, task.due, at, found.scenario.settings.alarms),
        on_the_spot=settings.position == "required",
        urgeable=able
        or whistle.blew(found.data, task.element, actor.id)
        or asking.started(found.data, task.element, -task.pool, actor.id),
        asked=-task.pool in asking.asked(found.data, task.element),
    )


def called(found: View, task: Task) -> str:
    """The task's name; of one that several bodies have, with the body it waits for; of a signature, with the task it
    is given to.
    """
    name = found.scenario.task_name(task.element, names.language())
    if signed := next((each for each in found.tasks if each.token == task.signs), None):
        return gettext("{sign}：{task}").format(sign=name, task=called(found, signed))
    if not (whistle.answers(found.data, task.element) or -task.pool in asking.asked(found.data, task.element)):
        return name
    return gettext("{task}（{body}）").format(task=name, body=names.body(-task.pool))


def able_people(found: View, task: Task, at: datetime) -> list[tuple[str, str]]:
    """Who may be given a task: account id and name with the body."""
    reach = reach_of_pool(task.pool, found.row.place, found.reach)
    return names.people_of(people.holders(task.role, reach, at).order_by("name", "id")[:MOST_PEOPLE])


def starter(found: View) -> str:
    """The official or program that started the case, with the body; empty where it was told of."""
    account = starting.starter_of(found.data)
    if not account:
        return ""
    who = people.names([account]).get(account, "")
    return " · ".join(filter(None, (names.body(starting.body_of(found.data)), who)))


def photos(found: View) -> list[Photo]:
    """The documents with the task they came from."""
    elements = {task.token: task.element for task in found.tasks}
    return [Photo(attachment, _given(found, elements, attachment)) for attachment in found.photos]


def _given(found: View, elements: Mapping[int, str], attachment: Attachment) -> str:
    if attachment.token is None:
        return gettext("补正时") if attachment.field.startswith(FIELD) else gettext("上报时")
    element = elements.get(attachment.token)
    return found.scenario.task_name(element, names.language()) if element else ""


def dispatches(found: View, entries: Sequence[Mapping[str, Any]]) -> dict[int, ranking.Answer]:
    """What automatic dispatch answered on this case, by the number of the entry it is part of, the last one last."""
    elements = ranking.elements(found.scenario)
    served = {entry["number"]: entry["facts"].get("served") or {} for entry in entries}
    left = {number: given[name] for number, given in served.items() for name in elements if name in given}
    return ranking.answers(left, found.row.place)


def similar(found: View, actor: Actor, at: datetime) -> list[lists.Row]:
    """The newest cases of this category near by that the visitor may see."""
    row = found.row
    if row.lon is None or row.lat is None:
        return []
    near = lists.similar(row.category, distance.box(row.lon, row.lat, NEAR), but=row.id, limit=4 * MOST_SIMILAR)
    seen = permissions.scope(actor, "case.read", at)
    return [other for other in near if seen.covers(_reach(other))][:MOST_SIMILAR]


def _reach(row: lists.Row) -> tuple[int, ...]:
    return reach_of(row.place, *([row.body] if row.body is not None else []))


def contacts(found: Iterable[Contact]) -> list[tuple[Contact, str, str]]:
    """Who told, with where it came from, and for whom they did, if for another."""
    told = list(found)
    called = people.shown_names(str(one.behalf) for one in told if one.behalf)
    return [(one, names.source(one.source), called.get(str(one.behalf), "")) for one in told]


def steps(
    found: View, entries: Sequence[Mapping[str, Any]], dispatched: Mapping[int, ranking.Answer]
) -> list[dict[str, Any]]:
    """What happened, with the names of those who told of the case masked like everywhere else.

    What automatic dispatch answered stands in words behind the step it is part of.
    """
    told = {str(contact.account) for contact in found.contacts if contact.account}
    told |= {entry["actor"] for entry in entries if entry["facts"].get("source") in ("resident", "applicant")}
    shown = list[dict[str, Any]]()
    for entry in entries:
        shown.append({**entry, "who": masking.masked_name(entry["who"]) if entry["actor"] in told else entry["who"]})
        if entry["number"] in dispatched:
            what, note = ranking.told(dispatched[entry["number"]])
            shown.append({"what": what, "note": note, "at": entry["at"]})
    return shown
