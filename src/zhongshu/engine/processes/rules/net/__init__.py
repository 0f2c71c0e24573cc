"""A process as it is executed: its elements, and the whole of them."""

from zhongshu.engine.processes.rules.net.elements import (
    Activity,
    Boundary,
    Call,
    Catch,
    Element,
    End,
    EventBased,
    Exclusive,
    Flow,
    Inclusive,
    Instances,
    Join,
    Listening,
    Loop,
    Parallel,
    Receive,
    Rule,
    Scope,
    Script,
    Service,
    Start,
    Task,
    Throw,
)
from zhongshu.engine.processes.rules.net.whole import COUNTERS, Net, build

__all__ = [
    "COUNTERS", "Activity", "Boundary", "Call", "Catch", "Element", "End", "EventBased", "Exclusive", "Flow",
    "Inclusive", "Instances", "Join", "Listening", "Loop", "Net", "Parallel", "Receive", "Rule", "Scope", "Script",
    "Service", "Start", "Task", "Throw", "build",
]  # fmt: skip
