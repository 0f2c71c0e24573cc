"""Settings from the environment that make no sense are told before anything starts."""

import pytest

from zhongshu.main.ground import environment
from zhongshu.main.ground.console import Trouble


@pytest.mark.parametrize(
    ("name", "told"),
    [("ZHONGSHU_SECOND_FACTOR", "Required"), ("ZHONGSHU_IDLE_MINUTES", "half"), ("ZHONGSHU_PASSWORD_DAYS", "-1")],
)
def test_what_cannot_be_meant_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, told: str) -> None:
    monkeypatch.setenv(name, told)
    with pytest.raises(Trouble, match=name):
        environment.check()


def test_what_can_be_meant_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, told in (("SECOND_FACTOR", "required"), ("IDLE_MINUTES", "0"), ("PASSWORD_DAYS", "90")):
        monkeypatch.setenv(f"ZHONGSHU_{name}", told)
    environment.check()
