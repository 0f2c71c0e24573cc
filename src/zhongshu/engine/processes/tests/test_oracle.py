"""What SpiffWorkflow makes of the same file and the same history: after each step the same work is open, or none."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.engine.processes.rules import bpmn, happenings
from zhongshu.engine.processes.rules import net as nets
from zhongshu.engine.processes.rules import triggers as what
from zhongshu.engine.processes.rules.marking import Token
from zhongshu.engine.processes.tests import blocks
from zhongshu.engine.processes.tests import drawing as draw
from zhongshu.engine.processes.tests.blocks import parts
from zhongshu.engine.processes.tests.running import Run
from zhongshu.engine.processes.tests.spiff import Other, Place, defined

UNTIL = draw.instances(draw.times("3") + "<bpmn:completionCondition>odd</bpmn:completionCondition>")
ROUNDS = ("", "", parts.ROW, parts.TWICE, UNTIL, parts.AGAIN, parts.FIRST)
EDGES = (parts.ASKED, parts.ALARM, parts.CLOCK)
LINE = blocks.Menu(
    leaves={"task": ("",), "wait": (parts.MESSAGE, parts.SIGNAL, parts.CLOCK)}, around=(), between=("sequence",)
)
ONCE = replace(
    LINE, around=("loop", "scope", "called", "edge"), between=("sequence", "choice", "race", "edged"), rounds=("",),
    ending=EDGES, adding=EDGES,
)  # fmt: skip
LOOPED = replace(ONCE, leaves={**LINE.leaves, "task": ROUNDS}, rounds=ROUNDS, inside={"edge": ONCE, "edged": ONCE})
FORKED = replace(ONCE, between=(*ONCE.between, "fork"), inside={"loop": ONCE})
SHARED = replace(
    LOOPED, between=(*LOOPED.between, "fork", "either", "stopping", "failing", "helped"),
    inside={
        "loop": LOOPED, "stopping": LINE, "either": LINE,
        "edge": FORKED, "edged": FORKED, "failing": FORKED, "helped": FORKED,
    },
)  # fmt: skip
"""What both can run. Left out is what SpiffWorkflow 3.2 does otherwise than the standard (BPMN 2.0.2):

- in a loop, a join takes the tokens of the round before for those of this one (§13.4.1);
- an inclusive join looks back along one way only, and not at what is begun and waits inside: sub-processes, calls and
  several rounds (§13.4.3);
- several rounds behind an event on an edge fail with "Attempt to add non-predicted child";
- a sub-process with an event sub-process that nobody needed does not end (§13.5.4);
- an error is caught on the edge of another sub-process beside the one it comes from (§10.5.6): codes differ here;
- what a sub-process that terminates has begun in the same step stays open (§13.5.6);
- an event that interrupts nothing happens once (§13.5.3), a message reaches all who wait for one of its name: no event
  is let happen twice here, and each message has one place where it is waited for;
- a task with several flows out of it, and conditions on them, are not read.
"""


def drawn(block: object) -> bytes:
    """The file of a block in which no two events on edges, and no two places, wait for the same message or alarm."""
    numbers = count()
    alone = rb'(messageRef="m|messageRef="q|signalRef="r)'
    return re.sub(alone, lambda found: b"%s%d" % (found[0], next(numbers)), blocks.drawn(block).xml())


class Pair:
    """One case in both engines; `steps` so far, `came` what has happened already, by token and event."""

    def __init__(self, block: object) -> None:
        xml = drawn(block)
        self.facts = {parts.ODD: False, parts.HOT: False}
        self.ours = Run(bpmn.read(defined(xml)), **self.facts)
        self.other = Other(xml, self.facts)
        self.came: set[tuple[int, str]] = set()
        self.steps = 0

    def agree(self) -> None:
        """Fail if the two do not stand at the same."""
        ours = sorted(map(self.place, self.ours.marking.open_tasks(self.ours.net)), key=str)
        assert ours == self.other.open()
        assert (self.ours.end is not None) == self.other.ended

    def play(self, random: Random, most: int = 30) -> None:
        """Let things happen at random until the case ends, at most so many; compare after each."""
        self.agree()
        while self.ours.end is None and self.steps < most:
            self.facts |= {fact: random.random() < 0.4 for fact in self.facts}
            self.ours.data |= self.facts
            self._step(random)
            self.steps += 1
            self.agree()

    def _step(self, random: Random) -> None:
        tasks = [(token, None) for token in self.ours.marking.open_tasks(self.ours.net)]
        token, event = random.choice([*tasks, *tasks, *self._waits()])
        if event is None:
            self.other.do(self.place(token))
            self.ours.happens(happenings.TaskCompleted(token.id))
        else:
            self._occur(token, event)

    def _occur(self, token: Token, event: nets.Listening) -> None:
        self.came.add((token.id, event.id))
        around = self._around(token)
        at = event.id if isinstance(event, nets.Boundary) else token.at
        match event.trigger:
            case what.Signal(name):
                self.came |= {(each.id, event.id) for each, other in self._all_waits() if other == event}
                self.other.signal(name)
                self.ours.signal(name)
            case what.Message(name):
                self.other.occur(((at, None), *around), event.id)
                self.ours.message(name)
            case _:
                self.other.occur(((at, None), *around), event.id)
                self.ours.happens(happenings.TimerFired(token.id, event.id))

    def _waits(self) -> Iterator[tuple[Token, nets.Listening]]:
        """What may happen next: each timer, each message (the first who waits takes it), each signal."""
        seen: set[object] = set()
        for token, event in self._all_waits():
            key = (token.id, event.id) if isinstance(event.trigger, what.Timer) else event.trigger
            if key not in seen and (token.id, event.id) not in self.came:
                yield token, event
            seen.add(key)

    def _all_waits(self) -> list[tuple[Token, nets.Listening]]:
        waits = self.ours.marking.waits(self.ours.net)
        return [each for each in waits if isinstance(each[1].trigger, what.Timer | what.Message | what.Signal)]

    def place(self, token: Token) -> Place:
        """Where a token is; the outer token of several rounds is no place of its own."""
        around = self._around(token)
        return around if token.progress else ((token.at, token.index), *around)

    def _around(self, token: Token) -> Place:
        holder = self.ours.marking.token(token.parent or 0)
        return self.place(holder) if holder else ()


def played(seed: int, leaves: int = 4) -> int:
    """A random history of a random process in both; how many steps it had."""
    random = Random(seed)
    pair = Pair(SHARED.block(random, random.randint(1, leaves)))
    pair.play(random)
    return pair.steps


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(0, 2**32))
def test_both_engines_open_the_same_work_after_every_step(seed: int) -> None:
    played(seed)


@pytest.mark.deep
def test_both_engines_open_the_same_work_for_twenty_thousand_steps() -> None:
    steps, seeds = 0, count()
    while steps < 20_000:
        steps += played(next(seeds), leaves=5)
