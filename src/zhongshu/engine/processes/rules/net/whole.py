"""A process as it is executed: compiled once from BPMN files, never changed, shared by all its cases."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.processes.rules import triggers
from zhongshu.engine.processes.rules.net import elements as kinds

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Net:
    """A whole process and those it calls. All mappings are read-only; the order is that of the file.

    `scope` tells for each element the sub-process or process it lies in; `starts` where a scope begins by itself,
    `answers` the starts of its event sub-processes, `entries` where one without a start begins: at whatever nothing
    leads to. `lanes` are the lanes an element lies in, outermost first.
    `inner` is what a token at an element listens to by being there, `boundaries` what its edge listens to.
    """

    process_id: str
    name: str
    elements: Mapping[str, kinds.Element]
    flows: Mapping[str, kinds.Flow]
    scope: Mapping[str, str]
    starts: Mapping[str, tuple[kinds.Start, ...]]
    lanes: Mapping[str, tuple[str, ...]]
    answers: Mapping[str, tuple[kinds.Start, ...]] = field(repr=False)
    entries: Mapping[str, tuple[kinds.Element, ...]] = field(repr=False)
    inner: Mapping[str, tuple[str, ...]] = field(repr=False)
    incoming: Mapping[str, tuple[kinds.Flow, ...]] = field(repr=False)
    outgoing: Mapping[str, tuple[kinds.Flow, ...]] = field(repr=False)
    boundaries: Mapping[str, tuple[kinds.Boundary, ...]] = field(repr=False)

    @property
    def start(self) -> kinds.Start:
        """Where a case begins unless it is said otherwise: the start without a trigger, else the first."""
        starts = self.starts[self.process_id]
        return next((start for start in starts if start.trigger is None), starts[0])

    def tasks(self) -> tuple[kinds.Task, ...]:
        """The tasks people do, in the order of the file."""
        return tuple(element for element in self.elements.values() if isinstance(element, kinds.Task))

    def services(self) -> tuple[kinds.Service, ...]:
        """The service tasks, in the order of the file; each names the handler it needs."""
        return tuple(element for element in self.elements.values() if isinstance(element, kinds.Service))

    def rules(self) -> tuple[kinds.Rule, ...]:
        """The business rule tasks, in the order of the file; each names the decision it needs."""
        return tuple(element for element in self.elements.values() if isinstance(element, kinds.Rule))

    def inside(self, element: kinds.Element) -> str:
        """The scope that opens at an element: a sub-process's own, or the process it calls."""
        return element.process if isinstance(element, kinds.Call) else element.id

    def names(self) -> frozenset[str]:
        """Every name an expression of this process reads, but for those the process gives itself."""
        return frozenset().union(*self.reads().values())

    def reads(self) -> dict[str, frozenset[str]]:
        """The same by element and flow, for those that read anything."""
        reading = {id: _names(element) - self._given(id) for id, element in self.elements.items()}
        for flow in self.flows.values():
            reading[flow.id] = flow.condition.names - self._given(flow.source) if flow.condition else frozenset()
        return {id: names for id, names in reading.items() if names}

    def writes(self) -> frozenset[str]:
        """The names under which the process itself keeps something among the data."""
        kept = (kinds.Task, kinds.Service, kinds.Rule, kinds.Script, kinds.Receive)
        heard = (getattr(each, "trigger", None) for each in self.elements.values())
        messages = {trigger.name for trigger in heard if isinstance(trigger, triggers.Message)}
        return frozenset(id for id, each in self.elements.items() if isinstance(each, kept)) | messages

    def _given(self, id: str) -> frozenset[str]:
        """The names of the items that the sub-processes around an element give."""
        found: set[str] = set()
        around = self.elements.get(self.scope[id])
        while isinstance(around, kinds.Activity):
            if isinstance(around.rounds, kinds.Instances):
                found |= {around.rounds.item, "loopCounter"}
            around = self.elements.get(self.scope[around.id])
        return frozenset(found)


COUNTERS = ("nrOfInstances", "nrOfCompletedInstances", "nrOfActiveInstances", "loopCounter")


def _names(element: kinds.Element) -> frozenset[str]:
    """The names an element's own expressions read."""
    read: set[str] = set()
    match getattr(element, "rounds", None):
        case kinds.Instances(count=count, items=items, item=item, until=until):
            read |= frozenset().union(*(each.names for each in (count, items) if each))
            read |= until.names - {*COUNTERS, item} if until else set()
        case kinds.Loop(when=when) if when:
            read |= when.names - set(COUNTERS)
    match getattr(element, "trigger", None):
        case triggers.Condition(met):
            read |= met.names
        case triggers.Timer(wait) if isinstance(wait, feel.Expression):
            read |= wait.names
    if isinstance(element, kinds.Script) and element.value:
        read |= element.value.names
    return frozenset(read)


def build(
    *,
    process_id: str,
    name: str,
    elements: Iterable[kinds.Element],
    flows: Iterable[kinds.Flow],
    scope: Mapping[str, str] | None = None,
    lanes: Mapping[str, tuple[str, ...]] | None = None,
) -> Net:
    """A net from its parts, with the neighbours of each element worked out.

    The parts must fit together (starts, flows and hosts that exist): `rules/bpmn` makes sure of it. Whatever has no
    scope lies in the process itself.
    """
    by_id = {element.id: element for element in elements}
    lines = {flow.id: flow for flow in flows}
    within = dict.fromkeys(by_id, process_id) | dict(scope or {})
    starts = [each for each in by_id.values() if isinstance(each, kinds.Start)]
    answering = {each.id for each in starts if _is_event(by_id.get(within[each.id]))}
    plain = ((within[each.id], each) for each in starts if each.id not in answering)
    answers = ((within[within[each.id]], each) for each in starts if each.id in answering)
    scopes = {*within.values(), process_id}
    heard, begun = _grouped(scopes, answers), _grouped(scopes, plain)
    incoming = _grouped(by_id, ((flow.target, flow) for flow in lines.values()))
    undo = {getattr(each, "undo", None) for each in by_id.values()}
    entered = (
        (within[id], each) for id, each in by_id.items() if not begun[within[id]] and _may_begin(each, incoming, undo)
    )
    outgoing = _grouped(by_id, ((flow.source, flow) for flow in lines.values()))
    return Net(
        process_id=process_id,
        name=name,
        elements=MappingProxyType(by_id),
        flows=MappingProxyType(lines),
        scope=MappingProxyType(within),
        starts=begun,
        lanes=MappingProxyType(dict(lanes or {})),
        answers=heard,
        entries=_grouped(scopes, entered),
        inner=MappingProxyType({each.id: _inner(each, outgoing, heard) for each in by_id.values()}),
        incoming=incoming,
        outgoing=outgoing,
        boundaries=_grouped(by_id, ((each.host, each) for each in by_id.values() if isinstance(each, kinds.Boundary))),
    )


def _may_begin(element: kinds.Element, incoming: Mapping[str, tuple[kinds.Flow, ...]], undo: set[str | None]) -> bool:
    """Whether a sub-process without a start begins here (BPMN 2.0.2 §13.3.4)."""
    apart = isinstance(element, kinds.Boundary) or _is_event(element) or element.id in undo
    return not (incoming[element.id] or apart)


def _is_event(scope: kinds.Element | None) -> bool:
    return isinstance(scope, kinds.Scope) and scope.event


def _inner(
    element: kinds.Element, outgoing: Mapping[str, tuple[kinds.Flow, ...]], heard: Mapping[str, tuple[kinds.Start, ...]]
) -> tuple[str, ...]:
    match element:
        case kinds.Catch() | kinds.Receive():
            return (element.id,)
        case kinds.EventBased():
            return tuple(flow.target for flow in outgoing[element.id])
        case kinds.Scope():
            return tuple(start.id for start in heard.get(element.id, ()))
        case kinds.Call():
            return tuple(start.id for start in heard.get(element.process, ()))
    return ()


def _grouped(ids: Iterable[str], pairs: Iterator[tuple[str, Thing]]) -> Mapping[str, tuple[Thing, ...]]:
    groups: dict[str, list[Thing]] = {id: [] for id in ids}
    for id, thing in pairs:
        groups[id].append(thing)
    return MappingProxyType({id: tuple(things) for id, things in groups.items()})
