"""The kinds of elements a token can be at. Kinds that behave alike share a base class.

A new kind is a class here, a reader in `rules/bpmn/elements.py` and a move in `rules/advance/moves.py`.
"""

from dataclasses import dataclass

from zhongshu.engine.decisions.rules import feel
from zhongshu.engine.processes.rules.triggers import Message, Told, Trigger

NOTHING = Message("")


@dataclass(frozen=True, slots=True)
class Element:
    """Anything a token can be at; `id` as in the BPMN file."""

    id: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Start(Element):
    """Where a case, a sub-process or, with a trigger inside one, the answer to an event begins.

    One that `interrupts` ends what its scope was doing.
    """

    trigger: Trigger | None = None
    interrupts: bool = True


@dataclass(frozen=True, slots=True)
class End(Element):
    """Where a token ends; `tells` is sent, and with `terminates` all other tokens of its scope end with it."""

    terminates: bool = False
    tells: Told | None = None


@dataclass(frozen=True, slots=True)
class Instances:
    """How often one activity is done, for whom, and when that is enough (BPMN multi-instance).

    Exactly one of `count` (a whole number) and `items` (a list) is given. `item` is the name under which the
    completion condition `until`, and what lies inside a sub-process, see the item.
    """

    sequential: bool = False
    count: feel.Expression | None = None
    items: feel.Expression | None = None
    item: str = ""
    until: feel.Expression | None = None


@dataclass(frozen=True, slots=True)
class Loop:
    """That one activity is done again `when` a condition is true, at most `most` times; `first`: asked before, too."""

    when: feel.Expression | None = None
    first: bool = False
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Activity(Element):
    """Work that takes time: a token rests here, and boundary events may be attached.

    `default` is the flow taken when the conditions of all others are not true, `undo` the activity that undoes
    this one (compensation).
    """

    rounds: Instances | Loop | None = None
    default: str | None = None
    undo: str | None = None


@dataclass(frozen=True, slots=True)
class Task(Activity):
    """Work of a person; `manual` if it is done outside the platform and only ticked off here."""

    manual: bool = False


@dataclass(frozen=True, slots=True)
class Service(Activity):
    """Work of the platform (also sending), done by the handler of that name (`dispatch.assign`)."""

    handler: str = ""


@dataclass(frozen=True, slots=True)
class Rule(Activity):
    """What a decision of the scenario says about the case."""

    decision: str = ""


@dataclass(frozen=True, slots=True)
class Script(Activity):
    """An expression worked out on the way; its value stands in the data under `result`."""

    value: feel.Expression | None = None
    result: str = ""


@dataclass(frozen=True, slots=True)
class Receive(Activity):
    """Waits for a message."""

    trigger: Message = NOTHING


@dataclass(frozen=True, slots=True)
class Scope(Activity):
    """A sub-process: elements of their own between its start and its ends.

    An `event` one is no part of the flow: it answers the trigger of its start while its scope is under way.
    """

    event: bool = False


@dataclass(frozen=True, slots=True)
class Call(Activity):
    """Another process, walked through as if it were a sub-process."""

    process: str = ""


@dataclass(frozen=True, slots=True)
class Catch(Element):
    """Waits for its trigger."""

    trigger: Trigger = NOTHING


@dataclass(frozen=True, slots=True)
class Throw(Element):
    """Tells something, or nothing, and goes on."""

    tells: Told | None = None


@dataclass(frozen=True, slots=True)
class Exclusive(Element):
    """Takes the first outgoing flow whose condition is true, else the flow `default`."""

    default: str | None = None


@dataclass(frozen=True, slots=True)
class Inclusive(Element):
    """Takes every outgoing flow whose condition is true, else `default`; joins whatever can still come."""

    default: str | None = None


@dataclass(frozen=True, slots=True)
class Parallel(Element):
    """Waits for one token from each incoming flow, then sends one along each outgoing flow."""


@dataclass(frozen=True, slots=True)
class EventBased(Element):
    """Waits for what comes first of the events its flows lead to."""


@dataclass(frozen=True, slots=True)
class Boundary(Element):
    """An event attached to the activity `host`; if it `interrupts`, the activity ends when it happens."""

    host: str = ""
    interrupts: bool = True
    trigger: Trigger = NOTHING


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow from the element `source` to the element `target`."""

    id: str
    source: str
    target: str
    condition: feel.Expression | None = None
    name: str = ""


Listening = Start | Boundary | Catch | Receive
"""What can wait for a trigger."""
Join = Parallel | Inclusive
