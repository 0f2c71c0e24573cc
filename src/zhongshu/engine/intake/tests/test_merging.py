"""Two pages of one draft lose nothing of each other."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.http.refusals import Invalid, TooLarge
from zhongshu.engine.intake.rules import merging, typed
from zhongshu.engine.intake.rules.merging import Dispute, Kept, merge

LAW = settings(max_examples=50, deadline=None, derandomize=True)
PATHS = st.sampled_from(["name", "phone", "road", "rows.0.count", "rows.1.count"])
VALUES = st.one_of(st.none(), st.text("甲乙丙", max_size=2), st.lists(st.sampled_from("甲乙"), min_size=1, max_size=2))
PAGES = st.dictionaries(PATHS, VALUES, max_size=4)


def draft(**answers: Any) -> Kept:
    return merge(Kept(), 0, answers).kept


def told(page: dict[str, Any]) -> dict[str, Any]:
    return {path: value for path, value in page.items() if value is not None}


def test_what_two_pages_change_apart_comes_together() -> None:
    first = merge(draft(name="王芳", phone="1"), 1, {"name": "王芳", "phone": "138"})
    second = merge(first.kept, 1, {"name": "王芳芳", "phone": "1"})
    assert second.kept.answers == {"name": "王芳芳", "phone": "138"}
    assert second.disputes == () and second.news == {"phone": "138"}


def test_two_pages_that_were_blank_come_together_though_each_sends_its_blanks() -> None:
    first = merge(Kept(), 0, {"name": "王芳", "phone": "", "note": ""}).kept
    second = merge(first, 0, {"name": "", "phone": "1", "note": ""})
    assert second.disputes == () and second.news == {"name": "王芳"}
    assert second.kept.answers == {"name": "王芳", "phone": "1", "note": ""}


def test_what_both_change_is_told_and_both_values_stay() -> None:
    first = merge(draft(phone="1"), 1, {"phone": "138"})
    second = merge(first.kept, 1, {"phone": "139"})
    assert second.disputes == (Dispute("phone", "138", "139"),)
    assert second.kept.answers == {"phone": "138"} and second.kept.disputed == {"phone": ("139",)}


def test_a_dispute_is_over_when_somebody_chooses_and_not_before() -> None:
    disputed = merge(merge(draft(phone="1"), 1, {"phone": "138"}).kept, 1, {"phone": "139"}).kept
    again = merge(disputed, disputed.revision, {"phone": "139"})
    assert again.disputes and again.kept == disputed
    chosen = merge(disputed, disputed.revision, {"phone": "139"}, chosen={"phone"}).kept
    assert chosen.answers == {"phone": "139"} and chosen.disputed == {}
    theirs = merge(disputed, disputed.revision, {"phone": "138"}, chosen={"phone"}).kept
    assert theirs.answers == {"phone": "138"} and theirs.disputed == {}


def test_a_page_that_shows_one_step_leaves_the_others_alone() -> None:
    assert merge(draft(name="王芳", phone="1"), 1, {"phone": None}).kept.answers == {"name": "王芳"}


def test_a_page_older_than_what_is_kept_of_the_past_is_asked_about() -> None:
    kept = draft(name="0")
    for n in range(merging.MOST_BACK + 2):
        kept = merge(kept, kept.revision, {"name": str(n + 1)}).kept
    assert len(kept.back) == merging.MOST_BACK and kept.at(1) is None
    assert [one.path for one in merge(kept, 1, {"name": "0"}).disputes] == ["name"]


def test_the_past_is_bounded_in_bytes_too() -> None:
    kept = Kept()
    for n in range(4):
        kept = merge(kept, kept.revision, {"text": str(n) * 90_000}).kept
    assert len(kept.back) == 2 and kept.at(kept.revision - 2) == {"text": "1" * 90_000}


def test_true_and_one_are_different_answers() -> None:
    assert merge(draft(agreed=1), 1, {"agreed": True}).kept.answers["agreed"] is True


def test_other_answers_altogether_can_be_gone_back_from() -> None:
    kept = merging.replace(draft(name="王芳", old="旧"), {"name": "王芳", "new": "新"})
    assert kept.answers == {"name": "王芳", "new": "新"} and kept.at(1) == {"name": "王芳", "old": "旧"}
    assert merging.replace(kept, kept.answers) is kept


def left_alone(base: Kept, path: str, value: Any) -> bool:
    """Whether a page has sent what it was drawn with, or a blank for what had never been typed."""
    return value == base.answers.get(path) or (value == "" and path not in base.answers)


@LAW
@given(PAGES, PAGES, PAGES)
def test_no_value_typed_on_either_page_is_lost_silently(start: Any, one: Any, other: Any) -> None:
    base = merge(Kept(), 0, start).kept
    first = merge(base, base.revision, one)
    second = merge(first.kept, base.revision, other)
    for path, value in other.items():
        untouched = left_alone(base, path, value)
        disputed = any(value == dispute.mine for dispute in second.disputes if dispute.path == path)
        assert second.kept.answers.get(path) == value or untouched or disputed
        assert not disputed or value in second.kept.disputed[path]
    for path, value in one.items():
        stays = second.kept.answers.get(path) == value
        assert stays or left_alone(base, path, value), "only what the first page left alone gives way"


@LAW
@given(PAGES, PAGES, PAGES)
def test_disjoint_edits_come_to_their_union_in_any_order(start: Any, one: Any, other: Any) -> None:
    base = merge(Kept(), 0, start).kept
    apart = {path: value for path, value in other.items() if path not in one}
    here = merge(merge(base, base.revision, one).kept, base.revision, apart)
    there = merge(merge(base, base.revision, apart).kept, base.revision, one)
    assert here.disputes == there.disputes == ()
    assert here.kept.answers == there.kept.answers == told({**base.answers, **one, **apart})


@LAW
@given(PAGES, PAGES, PAGES)
def test_saving_twice_is_saving_once(start: Any, one: Any, other: Any) -> None:
    base = merge(Kept(), 0, start).kept
    first = merge(base, base.revision, one).kept
    second = merge(first, base.revision, other).kept
    assert merge(second, base.revision, other).kept == second
    assert merge(first, base.revision, one).kept == first


@LAW
@given(st.lists(PAGES, max_size=6))
def test_every_revision_kept_can_be_gone_back_to(pages: list[Any]) -> None:
    kept, past = Kept(), [dict[str, Any]()]
    for page in pages:
        after = merge(kept, kept.revision, page).kept
        past += [dict(after.answers)] if after.revision > kept.revision else []
        kept = after
    assert [kept.at(n) for n in range(kept.revision + 1)] == past


def test_what_is_sent_becomes_plain_and_bounded() -> None:
    assert typed.clean({"a": "x\0y", "rows.0.b": ["1"], "c": [], "own-place": None}) == {
        "a": "xy", "rows.0.b": ["1"], "c": None, "own-place": None,
    }  # fmt: skip
    assert typed.clean({"a": "\ud800"}) == {"a": "?"}


@pytest.mark.parametrize("sent", [[], {"": "x"}, {"a b": "x"}, {"a": {"b": 1}}, {"a": float("inf")}, {1: "x"}])
def test_what_no_form_sends_is_refused(sent: Any) -> None:
    with pytest.raises(Invalid):
        typed.clean(sent)


def test_more_than_two_hundred_kilobytes_are_too_many() -> None:
    with pytest.raises(TooLarge):
        typed.clean({"a": "好" * 70_000})


def test_documents_among_the_answers_are_found() -> None:
    one = "019a0000-0000-7000-8000-000000000001"
    assert typed.documents({"photos": [one, "x"], "file": one, "name": "王芳"}) == [one]
