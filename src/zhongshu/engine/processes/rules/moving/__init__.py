"""Moving running cases to another version of their process: what goes where, what must be asked, what cannot be.

A token goes to the element of its own id, or of the id the author says its element has now, if that is of the same
kind and lies in the scope its holder went to. `judge` says whether all of them have a place; `place` puts them there,
and `advance` with `happenings.Moved` does what follows. Moving to the same process changes nothing.
"""

from zhongshu.engine.processes.rules.moving.judging import judge
from zhongshu.engine.processes.rules.moving.names import Names, chained
from zhongshu.engine.processes.rules.moving.placing import Move, Timer, place, undo, wait
from zhongshu.engine.processes.rules.moving.shapes import shape
from zhongshu.engine.processes.rules.moving.verdicts import Asks, Cannot, Moves, Option, Question, Verdict

__all__ = [
    "Asks", "Cannot", "Move", "Moves", "Names", "Option", "Question", "Timer", "Verdict", "chained", "judge", "place",
    "shape", "undo", "wait",
]  # fmt: skip
