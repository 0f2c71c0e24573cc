"""Whether a marking can go to another process, and what has to be asked before."""

from collections.abc import Mapping

from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.marking import Marking
from zhongshu.engine.processes.rules.moving import branching, places
from zhongshu.engine.processes.rules.moving.names import Names
from zhongshu.engine.processes.rules.moving.sketch import Sketch
from zhongshu.engine.processes.rules.moving.verdicts import Asks, Cannot, Moves, Verdict


def judge(old: nets.Net, new: nets.Net, marking: Marking, names: Names, answers: Mapping[str, str]) -> Verdict:
    """What becomes of a marking of the old process in the new one; `answers`: key of a question → code of an option.

    It looks at where tokens are, not at the data: two markings of one `shape` are judged alike.
    """
    if not marking.begun or marking.finished:
        return Cannot("办件没有在办的环节。")
    sketch = Sketch(old, new, marking, names, answers)
    places.find_places(sketch)
    if not sketch.questions:
        branching.part(sketch)
    if not sketch.questions and not branching.complete(sketch):
        return Cannot("新版流程有一处并行汇聚等不到它的支路，请修改流程图。")
    if dead := next((each for each in sketch.questions if not each.options), None):
        return Cannot("新版流程没有能接“{name}”的环节。", {"name": old.elements[dead.about].name or dead.about})
    if sketch.questions:
        return Asks(tuple(sketch.questions))
    if not sketch.places and not sketch.begins:
        return Cannot("按所选的办法，办件会没有任何环节在办。")
    return Moves(sketch.places, frozenset(sketch.gone), tuple(sketch.waits), tuple(sketch.begins))
