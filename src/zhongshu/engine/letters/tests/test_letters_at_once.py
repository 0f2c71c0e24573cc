"""Two letters of one body at the same moment, on two connections."""

from typing import Any

import pytest

from zhongshu.engine.letters import typesetting
from zhongshu.engine.letters.tests.test_letters import Accepting


@pytest.mark.skipif(not typesetting.has_fonts(), reason="no fonts installed: nothing can be set")
def test_two_who_make_letters_at_once_get_two_numbers(committed_city: Any, at_once: Any) -> None:
    first, second = Accepting(committed_city), Accepting(committed_city)
    made = at_once(first.make, second.make)
    assert made[0].body == made[1].body and {letter.seq for letter in made} == {1, 2}
