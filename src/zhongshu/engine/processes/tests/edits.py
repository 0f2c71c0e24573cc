"""Random edits of a process: what an author may do next, whether it is wise or not."""

from collections.abc import Callable
from functools import partial
from random import Random

from zhongshu.engine.processes.rules import editing
from zhongshu.engine.processes.rules.bpmn.document import Document
from zhongshu.engine.processes.rules.editing import Edited

Edit = Callable[[Document], Edited]
CONDITIONS = ("odd = true", "hot = true", "odd and not(hot)")
WAITS = ("P3D", "5 working_days", "2026-12-01", "R3/PT1H")


def addition(random: Random, document: Document) -> Edit:
    """Something added at a random place, which `editing.remove` takes out again by what it made."""
    rows, place = editing.table(document).rows, _place(random, document)
    on, goal = (random.choice(rows).id for _ in range(2))
    return random.choice(
        [
            partial(editing.add_task, after=place, name="新环节"),
            partial(editing.add_task, after=place, name="智能派遣", kind="service", does="dispatch.assign"),
            partial(editing.add_wait, after=place, name="等一等", wait=random.choice(WAITS[:3])),
            partial(editing.add_decision, after=place, name="同意吗", condition=random.choice(CONDITIONS)),
            partial(editing.add_parallel, after=place, names=[""] * random.randint(2, 3)),
            partial(editing.add_ending, after=place, name="到此为止", condition=random.choice(CONDITIONS)),
            partial(editing.add_timer, on=on, name="超时", wait=random.choice(WAITS), interrupts=random.random() < 0.5),
            partial(editing.connect_back, after=place, to=goal, name="重来", condition=random.choice(CONDITIONS)),
        ]
    )


def any_edit(random: Random, document: Document) -> Edit:
    """Whatever the table editor offers, at random."""
    rows = editing.table(document).rows
    ways = [way.flow for row in rows for way in row.ways]
    id, other = (random.choice(rows).id for _ in range(2))
    place, flow, condition = _place(random, document), random.choice(ways), random.choice(CONDITIONS)
    return random.choice(
        [
            addition(random, document),
            partial(editing.add_parallel, after=place, names=["甲", "乙"]),
            partial(editing.end_way, flow=flow, name="不再办理"),
            partial(editing.add_way, at=id, to=other, name="另一条路", condition=condition),
            partial(editing.remove, id=id, keep=random.choice(["", flow])),
            partial(editing.remove_way, flow=flow),
            partial(editing.move, id=id, after=place),
            partial(editing.lead, flow=flow, to=other),
            partial(editing.rename, id=id, name="改个名字"),
            partial(editing.set_condition, flow=flow, condition=condition),
            partial(editing.set_default, flow=flow, otherwise=condition),
            partial(editing.do_for_each, id=id, items="bodies", item="body", in_turn=random.random() < 0.5),
            partial(editing.do_once, id=id),
            partial(editing.set_wait, event=id, wait=random.choice(WAITS)),
        ]
    )


def _place(random: Random, document: Document) -> str:
    """An element or a flow."""
    rows = editing.table(document).rows
    return random.choice([*(row.id for row in rows), *(way.flow for row in rows for way in row.ways)])
