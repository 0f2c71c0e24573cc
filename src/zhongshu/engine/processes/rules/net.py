"""A process as it is executed: compiled once from a BPMN file, never changed, shared by all its cases.

Each kind of element is a class; kinds that behave alike share a base class (Activity, Boundary), so a new
kind is a new class here, a reader in `rules/bpmn/elements.py` and a move in `rules/advance/moves.py`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType
from typing import TypeVar

from zhongshu.engine.decisions.rules import feel

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Element:
    """Anything a token can be at; `id` as in the BPMN file."""

    id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Start(Element):
    """Where a case begins."""


@dataclass(frozen=True, slots=True)
class End(Element):
    """Where a token ends; with `terminates` all other tokens of its scope end with it."""

    terminates: bool = False


@dataclass(frozen=True, slots=True)
class Activity(Element):
    """Work that takes time: a token rests here, and boundary events may be attached."""


@dataclass(frozen=True, slots=True)
class Instances:
    """How often one task is done, for whom, and when that is enough (BPMN multi-instance).

    Exactly one of `count` (a whole number) and `items` (a list) is given. `item` is the name under which the
    completion condition `until` sees the item just done.
    """

    sequential: bool = False
    count: feel.Expression | None = None
    items: feel.Expression | None = None
    item: str = ""
    until: feel.Expression | None = None


@dataclass(frozen=True, slots=True)
class Task(Activity):
    """Work of a person; `manual` if it is done outside the platform and only ticked off here."""

    manual: bool = False
    instances: Instances | None = None


@dataclass(frozen=True, slots=True)
class Service(Activity):
    """Work of the platform, done by the handler of that name (`dispatch.assign`)."""

    handler: str = ""


@dataclass(frozen=True, slots=True)
class Exclusive(Element):
    """Takes the first outgoing flow whose condition is true, else the flow `default`."""

    default: str | None = None


@dataclass(frozen=True, slots=True)
class Parallel(Element):
    """Waits for one token from each incoming flow, then sends one along each outgoing flow."""


@dataclass(frozen=True, slots=True)
class Boundary(Element):
    """An event attached to the activity `host`; if it `interrupts`, the activity ends when it happens."""

    host: str = ""
    interrupts: bool = True


@dataclass(frozen=True, slots=True)
class Timer(Boundary):
    """A boundary event that happens `duration` after its host was entered, once."""

    duration: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow from the element `source` to the element `target`."""

    id: str
    source: str
    target: str
    condition: feel.Expression | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Net:
    """A whole process. All mappings are read-only; the order of flows and elements is that of the file."""

    process_id: str
    name: str
    elements: Mapping[str, Element]
    flows: Mapping[str, Flow]
    start: Start
    incoming: Mapping[str, tuple[Flow, ...]] = field(repr=False)
    outgoing: Mapping[str, tuple[Flow, ...]] = field(repr=False)
    boundaries: Mapping[str, tuple[Boundary, ...]] = field(repr=False)

    def tasks(self) -> tuple[Task, ...]:
        """The tasks people do, in the order of the file."""
        return tuple(element for element in self.elements.values() if isinstance(element, Task))

    def services(self) -> tuple[Service, ...]:
        """The service tasks, in the order of the file; each names the handler it needs."""
        return tuple(element for element in self.elements.values() if isinstance(element, Service))

    def names(self) -> frozenset[str]:
        """Every name an expression of this process reads, but for those the process gives itself."""
        return frozenset().union(*(_outer_names(task.instances) for task in self.tasks() if task.instances)) | (
            frozenset().union(*(flow.condition.names for flow in self.flows.values() if flow.condition))
        )


COUNTERS = ("nrOfInstances", "nrOfCompletedInstances", "nrOfActiveInstances", "loopCounter")


def _outer_names(instances: Instances) -> frozenset[str]:
    over = [expression.names for expression in (instances.count, instances.items) if expression]
    until = instances.until.names - {*COUNTERS, instances.item} if instances.until else frozenset()
    return frozenset(until).union(*over)


def build(*, process_id: str, name: str, elements: Iterable[Element], flows: Iterable[Flow]) -> Net:
    """A net from its parts, with the neighbours of each element worked out.

    The parts must fit together (one start, flows and hosts that exist): `rules/bpmn` makes sure of it.
    """
    by_id = {element.id: element for element in elements}
    lines = {flow.id: flow for flow in flows}
    return Net(
        process_id=process_id,
        name=name,
        elements=MappingProxyType(by_id),
        flows=MappingProxyType(lines),
        start=next(element for element in by_id.values() if isinstance(element, Start)),
        incoming=_grouped(by_id, ((flow.target, flow) for flow in lines.values())),
        outgoing=_grouped(by_id, ((flow.source, flow) for flow in lines.values())),
        boundaries=_grouped(by_id, ((each.host, each) for each in by_id.values() if isinstance(each, Boundary))),
    )


def _grouped(ids: Iterable[str], pairs: Iterator[tuple[str, Thing]]) -> Mapping[str, tuple[Thing, ...]]:
    groups: dict[str, list[Thing]] = {id: [] for id in ids}
    for id, thing in pairs:
        groups[id].append(thing)
    return MappingProxyType({id: tuple(things) for id, things in groups.items()})
