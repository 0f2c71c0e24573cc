"""What holds for every edit of every process."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.engine.processes.rules import bpmn, editing
from zhongshu.engine.processes.rules.bpmn import document, infoset, source
from zhongshu.engine.processes.rules.bpmn.document import Document
from zhongshu.engine.processes.rules.editing.order import order
from zhongshu.engine.processes.tests import blocks, edits
from zhongshu.engine.processes.tests.wild import wild

SEEDS = st.integers(0, 2**32)
SAMPLE = settings(max_examples=30, deadline=None, derandomize=True)


def process(random: Random, leaves: int = 3) -> Document:
    return document.load(blocks.drawn(blocks.ALL.block(random, random.randint(1, leaves))).xml())


def said(kept: Document) -> tuple[object, ...]:
    """All a document says but for where things are drawn."""
    return infoset.of(document.draw(kept, []).root)


@SAMPLE
@given(SEEDS)
def test_whatever_is_edited_can_still_be_executed_and_its_table_tells_every_element_once(seed: int) -> None:
    random = Random(seed)
    kept = process(random)
    for _ in range(4):
        try:
            edited = edits.any_edit(random, kept)(kept)
        except editing.Refused as refused:
            assert str(refused)
            continue
        kept = document.load(document.write(edited.document))
        assert infoset.of(kept.root) == infoset.of(edited.document.root)
        net = bpmn.read(document.write(kept))
        rows = [row.id for row in editing.table(kept).rows]
        assert len(rows) == len(set(rows))
        assert set(rows) >= net.elements.keys()
        assert not any(each.severity == "error" for each in edited.findings)


@SAMPLE
@given(SEEDS)
def test_a_process_that_cannot_be_executed_is_edited_or_refused_all_the_same(seed: int) -> None:
    random = Random(seed)
    kept = document.load(wild(random))
    errors = {str(each) for each in bpmn.examine(document.write(kept)).errors}
    for _ in range(3):
        try:
            edited = edits.any_edit(random, kept)(kept)
        except editing.Refused:
            continue
        assert {each.element_id for each in edited.findings} <= {"", *_ids(edited.document), *_ids(kept)}
        assert errors or not [each for each in edited.findings if each.severity == "error"]
        kept = edited.document


def _ids(kept: Document) -> set[str]:
    return {tag.get("id", "") for tag in source.tags(kept.root)}


@SAMPLE
@given(SEEDS)
def test_what_was_added_can_be_removed_and_nothing_is_left_of_it(seed: int) -> None:
    random = Random(seed)
    kept = process(random)
    for _ in range(2):
        try:
            added = edits.addition(random, kept)(kept)
        except editing.Refused:
            continue
        assert said(added.document) != said(kept)
        removed = editing.remove(added.document, added.made)
        assert said(removed.document) == said(kept)
        assert removed.went == added.came
        kept = added.document


@SAMPLE
@given(SEEDS)
def test_a_step_that_was_added_stands_where_it_was_added_and_all_else_where_it_was(seed: int) -> None:
    random = Random(seed)
    kept = process(random)
    before = editing.table(kept)
    row = random.choice([row for row in before.rows if row.ways])
    way = random.choice(row.ways)
    try:
        added = editing.add_task(kept, way.flow, "新环节")
    except editing.Refused:
        assert row.kind == "race"
        return
    after = editing.table(added.document)
    made = after.row(added.made)
    assert made is not None
    assert (made.name, made.after, [each.to for each in made.ways]) == ("新环节", (row.id,), [way.to])
    assert added.came == (added.made,)
    assert {each.id: (each.name, each.repeat, each.event) for each in after.rows if each is not made} == {
        each.id: (each.name, each.repeat, each.event) for each in before.rows
    }
    now = next(each for each in after.rows if each.id == row.id)
    assert [each.condition for each in now.ways] == [each.condition for each in row.ways]


@SAMPLE
@given(SEEDS)
def test_moving_a_step_there_and_back_changes_nothing(seed: int) -> None:
    random = Random(seed)
    kept = editing.add_task(process(random), "first", "新环节")
    places = [way.flow for row in editing.table(kept.document).rows for way in row.ways]
    try:
        moved = editing.move(kept.document, kept.made, random.choice(places))
    except editing.Refused:
        return
    back = editing.move(moved.document, kept.made, "first")
    assert moved.came == moved.went == ()
    told = editing.table(kept.document).row(kept.made)
    assert told is not None
    assert told == editing.table(back.document).row(kept.made)
    assert said(editing.remove(back.document, kept.made).document) == said(
        editing.remove(kept.document, kept.made).document
    )


@SAMPLE
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=25))
def test_any_tangle_of_links_is_told_once_and_every_branch_after_what_leads_to_it(links: list[tuple[int, int]]) -> None:
    ids = [str(number) for number in range(10)]
    ahead = {id: [str(to) for start, to in links if str(start) == id] for id in ids}
    told = list(order(ids, ahead, {}))
    assert sorted(id for id, _ in told) == ids
    depth = dict(told)
    for id, deep in told:
        assert deep <= 1 + max((depth[start] for start in ids if id in ahead[start]), default=-1) or deep == 0


def test_a_process_of_five_thousand_steps_is_told_without_deep_recursion() -> None:
    ids = [str(number) for number in range(5_000)]
    ahead = {id: [str(int(id) + 1), str(int(id) + 2)] for id in ids}
    assert [id for id, _ in order(ids, ahead, {})] == ids
