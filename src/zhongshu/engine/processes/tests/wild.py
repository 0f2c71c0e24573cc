"""Random processes without any order: a chain of elements, and flows between any two of them."""

from random import Random

from zhongshu.engine.processes.tests import drawing as draw
from zhongshu.engine.processes.tests.blocks.parts import HOT, ODD

KINDS = ("task", "task", "exclusive", "parallel", "inclusive")
DRAW = {"task": draw.task, "parallel": draw.parallel, "exclusive": draw.exclusive, "inclusive": draw.inclusive}


def wild(random: Random) -> bytes:
    """A file; whether it can be executed is for the reader to say."""
    kinds = [random.choice(KINDS) for _ in range(random.randint(2, 8))]
    ids = [f"{kind}{number}" for number, kind in enumerate(kinds)]
    pairs = list(zip(["start", *ids], [*ids, "end"], strict=True))
    pairs += [(random.choice(ids), random.choice([*ids, "end"])) for _ in range(random.randint(1, 4))]
    ahead: dict[str, list[str]] = {}
    for near, far in dict.fromkeys(pairs):
        ahead.setdefault(near, []).append(far)
    lines = [draw.START, draw.END]
    for kind, id in zip(kinds, ids, strict=True):
        chooses = kind in ("exclusive", "inclusive") and len(ahead[id]) > 1
        lines.append(DRAW[kind](id, f"{id}-{ahead[id][-1]}") if chooses else DRAW[kind](id))
        lines += [draw.flow(id, far, random.choice([ODD, HOT]) if chooses else "") for far in ahead[id][:-1]]
        lines.append(draw.flow(id, ahead[id][-1]))
    return draw.drawn(*lines, draw.flow("start", ids[0]))
