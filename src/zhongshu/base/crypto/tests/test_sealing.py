"""Sealed text opens with its key and for its use, and with nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhongshu.base.crypto import sealing

OLD, NEW = b"o" * sealing.KEY_BYTES, b"n" * sealing.KEY_BYTES
ABOUT = "person.id_number"


@pytest.fixture
def ring(settings):
    def turn(*keys):
        settings.DATA_KEYS = list(keys)

    turn(OLD)
    return turn


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.text())
def test_what_was_sealed_opens_to_the_letter(text):
    assert sealing.opened(sealing.seal(text, ABOUT), ABOUT) == text


def test_the_same_text_never_looks_the_same_twice(ring):
    assert sealing.seal("110101", ABOUT) != sealing.seal("110101", ABOUT)


def test_a_value_moved_to_another_column_does_not_open(ring):
    sealed = sealing.seal("110101", ABOUT)
    with pytest.raises(sealing.Unreadable, match="firm"):
        sealing.opened(sealed, "firm.licence")


@pytest.mark.parametrize("broken", ["", "nothing", "00000000:abcd", "x:y:z"])
def test_what_was_never_sealed_does_not_open(ring, broken):
    with pytest.raises(sealing.Unreadable):
        sealing.opened(broken, ABOUT)


def test_an_altered_value_does_not_open(ring):
    sealed = sealing.seal("110101", ABOUT)
    altered = sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:]
    with pytest.raises(sealing.Unreadable, match="altered"):
        sealing.opened(altered, ABOUT)


def test_a_new_key_seals_from_now_on_and_the_old_one_still_opens(ring):
    before = sealing.seal("110101", ABOUT)
    ring(NEW, OLD)
    after = sealing.seal("110101", ABOUT)
    assert (sealing.is_newest(before), sealing.is_newest(after)) == (False, True)
    assert sealing.opened(before, ABOUT) == sealing.opened(after, ABOUT) == "110101"


def test_a_key_taken_out_of_the_ring_is_named(ring):
    before = sealing.seal("110101", ABOUT)
    ring(NEW)
    with pytest.raises(sealing.Unreadable, match=before.partition(":")[0]):
        sealing.opened(before, ABOUT)


def test_a_sealed_value_is_found_by_any_key_it_may_have_been_marked_with(ring):
    (before,) = sealing.marks("110101", ABOUT)
    ring(NEW, OLD)
    assert before in sealing.marks("110101", ABOUT)
    assert sealing.marks("110101", ABOUT)[0] != before
    assert not set(sealing.marks("110101", ABOUT)) & set(sealing.marks("110101", "firm.licence"))
