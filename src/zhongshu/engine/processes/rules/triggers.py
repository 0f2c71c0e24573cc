"""What an event waits for, or tells: BPMN 2.0.2 §10.5.5. Names and codes are as in the file."""

from dataclasses import dataclass
from datetime import timedelta

from zhongshu.base.calendar.rules import Term
from zhongshu.engine.decisions.rules import feel


@dataclass(frozen=True, slots=True)
class Timer:
    """The time: so long after the wait began, or the moment or length an expression gives.

    A `Term` counts as deadlines do (working days). `times`: how often it rings; 0 is without end.
    """

    wait: timedelta | Term | feel.Expression
    times: int = 1


@dataclass(frozen=True, slots=True)
class Message:
    """A message of that name, sent to this case; one who waits for it takes it."""

    name: str


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal of that name; everybody who waits hears it."""

    name: str


@dataclass(frozen=True, slots=True)
class Error:
    """An error of that code, which ends what it comes from; caught without a code it is any error."""

    code: str = ""


@dataclass(frozen=True, slots=True)
class Escalation:
    """An escalation of that code, which need not end anything; caught without a code it is any."""

    code: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """That an expression over the case's data is true."""

    met: feel.Expression


@dataclass(frozen=True, slots=True)
class Compensation:
    """That what has been done is undone: by one activity, or by all of the scope, the last one first."""

    activity: str = ""


Trigger = Timer | Message | Signal | Error | Escalation | Condition
Told = Message | Signal | Error | Escalation | Compensation
"""What an event can send."""
