"""What the stories of persons and firms begin with."""

from typing import Any

import pytest

from zhongshu.registers.people import doors
from zhongshu.registers.people.tests.folk import Folk, Register


@pytest.fixture
def plugged(monkeypatch: pytest.MonkeyPatch) -> Any:
    """`plugged(known, reachable=True)`: a population register is plugged in."""

    def plug(known: dict[str, str], reachable: bool = True) -> None:
        monkeypatch.setattr(doors.registers, "population", Register(known, reachable))

    return plug


@pytest.fixture
def folk(city: Any) -> Folk:
    """Ways to people of the demo city."""
    return Folk(city)
