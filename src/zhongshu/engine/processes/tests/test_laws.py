"""What holds for every well-built process and every history."""

import re
from dataclasses import dataclass
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.engine.processes.rules import bpmn
from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules.marking import Marking
from zhongshu.engine.processes.tests import drawing as draw
from zhongshu.engine.processes.tests.running import Run

SAMPLE = settings(max_examples=50, deadline=None, derandomize=True)

TASK, CALL, WHISTLE = "task", "call", "whistle"
BLOCKS = st.recursive(
    st.sampled_from([TASK, CALL, WHISTLE]),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["sequence", "choice", "fork"]), inner, inner),
        st.tuples(st.sampled_from(["loop", "reminder", "overdue"]), inner),
    ),
    max_leaves=8,
)


@dataclass
class Sketch:
    """A drawing that grows: its lines, and fresh numbers for ids."""

    lines: list[str]
    ids: "count[int]"

    def link(self, source: str, target: str, condition: str = "", id: str = "") -> None:
        self.lines.append(draw.flow(source, target, condition, id or f"f{next(self.ids)}"))


def build(sketch: Sketch, block: object, entry: str) -> str:
    """Draw a block after an element; the element where it leaves."""
    number = next(sketch.ids)
    match block:
        case "task" | "call" | "whistle":
            id = f"{block}{number}"
            make = {
                TASK: draw.task(id),
                CALL: draw.service(id),
                WHISTLE: draw.task(id, draw.each_of("bodies")),
            }
            sketch.lines.append(make[str(block)])
            sketch.link(entry, id)
            return id
        case ("sequence", first, second):
            return build(sketch, second, build(sketch, first, entry))
        case ("choice", first, second):
            default = f"d{number}"
            split, merge = f"split{number}", f"merge{number}"
            sketch.lines += [draw.exclusive(split, default), draw.exclusive(merge)]
            sketch.link(entry, split)
            for branch, condition, id in ((first, "odd = true", ""), (second, "", default)):
                way = f"way{next(sketch.ids)}"
                sketch.lines.append(draw.exclusive(way))
                sketch.link(split, way, condition, id)
                sketch.link(build(sketch, branch, way), merge)
            return merge
        case ("fork", first, second):
            fork, join = f"fork{number}", f"join{number}"
            sketch.lines += [draw.parallel(fork), draw.parallel(join)]
            sketch.link(entry, fork)
            for branch in (first, second):
                sketch.link(build(sketch, branch, fork), join)
            return join
        case ("loop", body):
            again, check, leave = f"again{number}", f"check{number}", f"d{number}"
            sketch.lines += [
                draw.exclusive(again),
                draw.exclusive(check, leave),
                draw.exclusive(f"out{number}"),
            ]
            sketch.link(entry, again)
            sketch.link(build(sketch, body, again), check)
            sketch.link(check, again, "odd = true")
            sketch.link(check, f"out{number}", id=leave)
            return f"out{number}"
        case ("reminder" | "overdue" as kind, body):
            host, clock, merge = f"host{number}", f"clock{number}", f"merge{number}"
            sketch.lines += [draw.task(host), draw.timer(clock, host, "PT1H", interrupts=kind == "overdue")]
            sketch.lines.append(draw.exclusive(merge))
            sketch.link(entry, host)
            sketch.link(host, merge)
            if kind == "overdue":
                sketch.link(build(sketch, body, clock), merge)
            else:
                sketch.lines.append(draw.END.replace('"end"', f'"end{number}"'))
                sketch.link(build(sketch, body, clock), f"end{number}")
            return merge
    raise AssertionError(block)


def net_of(block: object) -> nets.Net:
    """The process that consists of a task and a block."""
    sketch = Sketch([draw.START, draw.task("first"), draw.END, draw.path("start", "first")], count())
    sketch.link(build(sketch, block, "first"), "end")
    return bpmn.read(draw.drawn(*sketch.lines))


def step(run: Run, choice: int, odd: bool) -> None:
    """Let the chosen one of all that can happen happen."""
    run.data["odd"] = odd
    possible = [("task", token) for token in sorted(run.tasks)] + [("timer", key[1]) for key in sorted(run.timers)]
    kind, which = possible[choice % len(possible)]
    if kind == "timer":
        run.ring(str(which))
    else:
        task = run.tasks[int(which)]
        run.do(task.element, task.item)


def check(run: Run) -> None:
    """What must hold after every step."""
    marking = run.marking
    ids = [token.id for token in marking.tokens]
    assert ids == sorted(set(ids)) and all(id < marking.next for id in ids)
    assert {token.id for token in marking.open_tasks(run.net)} == run.tasks.keys()
    assert {(token.id, timer) for token in marking.tokens for timer in token.armed} == run.timers.keys()
    assert (run.end is not None) == marking.finished == (not run.tasks)
    assert Marking.from_json(marking.to_json()) == marking


@SAMPLE
@given(BLOCKS, st.lists(st.tuples(st.integers(0, 99), st.booleans()), max_size=25))
def test_no_task_is_lost_or_doubled_and_every_case_can_end(block: object, history: list[tuple[int, bool]]) -> None:
    run = Run(net_of(block), bodies=["a", "b"], odd=False)
    for choice, odd in history:
        check(run)
        if not run.end:
            step(run, choice, odd)
    for _ in range(400):
        check(run)
        if run.end:
            break
        step(run, 0, False)
    assert run.end is not None
    assert not run.timers


@SAMPLE
@given(BLOCKS, st.lists(st.integers(0, 99), min_size=10, max_size=10))
def test_the_same_history_gives_the_same_marking(block: object, history: list[int]) -> None:
    net = net_of(block)
    runs = [Run(net, bodies=["a", "b"], odd=False) for _ in range(2)]
    for choice in history:
        for run in runs:
            if not run.end:
                step(run, choice, choice % 3 == 0)
    assert runs[0].stored == runs[1].stored


@SAMPLE
@given(BLOCKS)
def test_the_marking_is_no_longer_after_more_loops(block: object) -> None:
    run = Run(net_of(("loop", ("sequence", "task", block))), bodies=["a", "b"], odd=True)
    sizes = []
    for _ in range(120):
        task = run.tasks[min(run.tasks)]
        run.do(task.element, task.item)
        sizes.append(len(re.sub(r"\d+", "0", run.stored)))
    assert max(sizes[60:]) <= max(sizes[:60])
