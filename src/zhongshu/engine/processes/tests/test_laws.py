"""What holds for every process and every history."""

import re
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.engine.processes.rules import advance, bpmn, happenings
from zhongshu.engine.processes.rules.bpmn.checks import joins
from zhongshu.engine.processes.tests import blocks, histories
from zhongshu.engine.processes.tests.blocks import parts
from zhongshu.engine.processes.tests.histories import History
from zhongshu.engine.processes.tests.wild import wild

SEEDS = st.integers(0, 2**32)
BACK = (happenings.Returned, happenings.Reopened)
ONWARD = tuple(kind for kind in advance.TAKE if kind not in BACK)
EVERY = tuple(advance.TAKE)
UNHEARD = "升级“{code}”没有人接住，不会有任何反应。"
"""The one finding that is true of the processes drawn here, but for joins.MIXES."""


def sample(examples: int) -> settings:
    return settings(max_examples=examples, deadline=None, derandomize=True)


def begun(random: Random, leaves: int) -> History:
    """A case of a random process, which may have an event sub-process of its own."""
    block = blocks.ALL.block(random, random.randint(1, leaves))
    answer = (blocks.ALL.edge(random), blocks.ALL.block(random, 1)) if random.random() < 0.3 else None
    sheet = blocks.drawn(block, answer)
    reading = bpmn.examine(sheet.xml())
    said = {finding.sentence for finding in reading.warnings}
    assert reading.net and said <= {UNHEARD, joins.MIXES}
    history = History(sheet.where, reading.net, mixes=joins.MIXES in said)
    histories.check(history)
    return history


def live(history: History, random: Random, kinds: tuple[type[happenings.Happening], ...]) -> None:
    """Let things happen at random, with a look at the case after every step."""
    for _ in range(random.randint(0, 25)):
        history.run.data |= {parts.ODD: random.random() < 0.4, parts.HOT: random.random() < 0.3}
        possible = [each for each in history.possible() if isinstance(each, kinds)]
        if possible:
            step(history, random.choice(possible))


def step(history: History, happening: happenings.Happening) -> None:
    """Let something happen; what is refused changes nothing, what goes back leaves alone what lies beside it."""
    run, before, told = history.run, history.run.marking, (dict(history.run.tasks), dict(history.run.timers))
    left = []
    if isinstance(happening, happenings.Returned):
        run.data |= {parts.ODD: True, parts.HOT: False}
        left = histories.untouched(history, happening)
    try:
        history.happens(happening)
    except advance.Illegal:
        assert isinstance(happening, BACK)
        assert (run.marking, run.tasks, run.timers) == (before, *told)
    else:
        assert set(left) <= set(run.marking.tokens)
        fresh = [token.at for token in run.marking.tokens if token.id >= before.next and token.index is None]
        assert not isinstance(happening, happenings.Returned) or fresh.count(happening.to) == 1
    histories.check(history)


def ends(seed: int, kinds: tuple[type[happenings.Happening], ...], leaves: int = 6) -> History:
    """Live, and do whatever is open then until the case has ended; only what was warned of may wait in vain."""
    random = Random(seed)
    history = begun(random, leaves)
    try:
        live(history, random, kinds)
        history.finish()
    except advance.Stuck:
        assert history.mixes
    histories.check(history)
    return history


@sample(60)
@given(SEEDS)
def test_no_task_is_lost_or_doubled_and_every_case_can_end(seed: int) -> None:
    ends(seed, ONWARD)


@sample(60)
@given(SEEDS)
def test_whatever_goes_back_leaves_a_case_that_can_end(seed: int) -> None:
    ends(seed, EVERY)


@sample(20)
@given(SEEDS)
def test_the_same_history_gives_the_same_marking(seed: int) -> None:
    assert ends(seed, EVERY).run.stored == ends(seed, EVERY).run.stored


WORK = blocks.Menu(
    leaves={"task": parts.ROUNDS, "service": ("", parts.ROW), "script": ("",)},
    around=("scope", "called"),
    between=("sequence", "choice", "fork", "either", "parting"),
)


@sample(10)
@given(SEEDS)
def test_the_marking_is_no_longer_after_more_loops(seed: int) -> None:
    sheet = blocks.drawn(("loop", WORK.block(Random(seed), 2)))
    history = History(sheet.where, bpmn.read(sheet.xml()))
    history.run.data |= {parts.ODD: True}
    sizes = []
    for _ in range(100):
        history.happens(happenings.TaskCompleted(min(history.run.tasks)))
        sizes.append(len(re.sub(r"\d+", "0", history.run.stored)))
    assert max(sizes[50:]) <= max(sizes[:50])


def mixed(seed: int, split: str, join: str) -> bpmn.Reading:
    """What is said of a process in which somewhere branches come together by another gateway than they went apart."""
    random = Random(seed)
    one, two, beside = (blocks.ALL.block(random, 1) for _ in range(3))
    block = ("mixed", (split, join), one, two)
    around = random.choice(["sequence", "fork", "choice", "either", "race", "stopping"])
    return bpmn.examine(blocks.drawn(random.choice([block, ("loop", block), (around, block, beside)])).xml())


@pytest.mark.parametrize("split", ["exclusive", "race"])
@sample(20)
@given(seed=SEEDS)
def test_a_join_of_all_after_a_choice_of_one_is_always_refused(split: str, seed: int) -> None:
    assert any(finding.element_id.startswith("meet") for finding in mixed(seed, split, "parallel").errors)


@pytest.mark.parametrize(("split", "join"), [("inclusive", "parallel"), ("parallel", "exclusive")])
@sample(20)
@given(seed=SEEDS)
def test_a_join_that_does_not_fit_its_branches_is_always_warned_of(split: str, join: str, seed: int) -> None:
    assert any(finding.element_id.startswith("meet") for finding in mixed(seed, split, join).warnings)


def disorder(seed: int) -> bool:
    """A random history of a process without order, if it may be published at all; whether nothing was said of it."""
    random = Random(seed)
    reading = bpmn.examine(wild(random))
    if reading.net is None:
        return False
    try:
        history = History({}, reading.net)
        for _ in range(20):
            if not history.run.end:
                history.run.data |= {parts.ODD: random.random() < 0.5, parts.HOT: random.random() < 0.5}
                history.happens(happenings.TaskCompleted(random.choice(sorted(history.run.tasks))))
    except (advance.Stuck, advance.Endless, advance.Crowded):
        assert reading.warnings
    return not reading.warnings


@sample(60)
@given(SEEDS)
def test_without_order_too_a_step_ends_and_what_waits_in_vain_was_warned_of(seed: int) -> None:
    disorder(seed)


@pytest.mark.deep
@pytest.mark.parametrize("kinds", [ONWARD, EVERY], ids=["onward", "back"])
def test_thousands_of_histories_keep_the_laws(kinds: tuple[type[happenings.Happening], ...]) -> None:
    for seed in range(4_000):
        ends(seed, kinds, leaves=8)


@pytest.mark.deep
def test_thousands_of_processes_without_order_end_or_were_warned_of() -> None:
    assert sum(map(disorder, range(10_000))) > 2_000
