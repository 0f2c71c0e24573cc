"""A process edited without drawing it: `table` tells it row by row, verbs change it, `Edited` says what came of it.

A verb takes a `Document` and answers a new one; what the file holds beside what the verb is about is kept. A verb that
would leave a drawing which cannot be executed is refused (`Refused`), naming the element. Elements are named by id;
where a place in the flow is meant (`after`), by that of an element with one way onward, or of the flow itself.
"""

from zhongshu.engine.processes.rules.editing.adding import (
    add_decision,
    add_ending,
    add_parallel,
    add_task,
    add_timer,
    add_wait,
    add_way,
    connect_back,
    end_way,
)
from zhongshu.engine.processes.rules.editing.refused import Refused
from zhongshu.engine.processes.rules.editing.removing import remove, remove_way
from zhongshu.engine.processes.rules.editing.setting import (
    do_for_each,
    do_once,
    name_way,
    rename,
    set_condition,
    set_default,
    set_wait,
)
from zhongshu.engine.processes.rules.editing.shifting import lead, move
from zhongshu.engine.processes.rules.editing.table import Event, Kind, Repeat, Row, Table, Way, table
from zhongshu.engine.processes.rules.editing.verb import Edited

__all__ = [
    "Edited",
    "Event",
    "Kind",
    "Refused",
    "Repeat",
    "Row",
    "Table",
    "Way",
    "add_decision",
    "add_ending",
    "add_parallel",
    "add_task",
    "add_timer",
    "add_wait",
    "add_way",
    "connect_back",
    "do_for_each",
    "do_once",
    "end_way",
    "lead",
    "move",
    "name_way",
    "remove",
    "remove_way",
    "rename",
    "set_condition",
    "set_default",
    "set_wait",
    "table",
]
