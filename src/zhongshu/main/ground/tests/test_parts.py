"""Parts fall, and come back; supervisors fall, and their parts end."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from zhongshu.main.ground import environment, leash, parts, places, supervisor
from zhongshu.main.ground.console import Trouble


@pytest.fixture
def leash_end() -> Iterator[int]:
    end, held = os.pipe()
    yield end
    os.close(end)
    os.close(held)


def test_a_part_that_ends_is_started_again(leash_end: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(places.SOURCE))
    part = parts.Part("help", leash_end)
    part.start()
    first = part._process
    assert first
    first.wait()
    part._pause = 0.0
    while part._process is first:
        part.look_after()
    part.kill()


def test_a_part_ends_when_its_supervisor_is_gone() -> None:
    code = "from zhongshu.main.ground import leash; leash.put_on(); print(1, flush=True); input()"
    end, held = os.pipe()
    environment = os.environ | {leash.VARIABLE: str(end), "PYTHONPATH": str(places.SOURCE)}
    how = {
        "env": environment,
        "pass_fds": (end,),
        "stdin": subprocess.PIPE,
        "stdout": subprocess.PIPE,
        "start_new_session": True,
    }
    with subprocess.Popen([sys.executable, "-c", code], **how) as part:  # type: ignore[call-overload]
        part.stdout.readline()
        os.close(held)
        assert part.wait(timeout=30) == -signal.SIGTERM
    os.close(end)


def test_a_second_platform_on_the_same_folder_is_refused(tmp_path: Path) -> None:
    with (
        supervisor.alone(tmp_path),
        pytest.raises(Trouble, match=str(os.getpid())),
        supervisor.alone(tmp_path),
    ):
        pass


def test_a_port_in_use_is_refused_with_the_variable_that_changes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "PORT_PATIENCE", 0.0)
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(Trouble, match="ZHONGSHU_PORT"):
        supervisor.claim_port("127.0.0.1", other.getsockname()[1], "ZHONGSHU_PORT")


@pytest.mark.parametrize("told", ["0", "65535", "abc", "８０", "-1", ""])
def test_a_port_that_is_none_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    monkeypatch.setenv("ZHONGSHU_PORT", told)
    with pytest.raises(Trouble, match="ZHONGSHU_PORT"):
        environment.check()


def test_a_proxy_that_is_no_network_is_told_before_anything_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHONGSHU_PROXIES", "127.0.0.1, 10.0.0.0/8")
    environment.check()
    monkeypatch.setenv("ZHONGSHU_PROXIES", "gateway")
    with pytest.raises(Trouble, match="gateway"):
        environment.check()


@pytest.mark.parametrize(("name", "told"), [("ZHONGSHU_LIMITS", "much"), ("ZHONGSHU_CLAMD", "clamd")])
def test_a_factor_and_a_scanner_that_are_none_are_told(monkeypatch: pytest.MonkeyPatch, name: str, told: str) -> None:
    monkeypatch.setenv(name, told)
    with pytest.raises(Trouble, match=told):
        environment.check()


def test_the_supervisor_ends_its_parts_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(places.SOURCE))
    with supervisor.told_to_stop() as stop:
        supervisor.supervise(
            [("help", ())], cluster=None, until=stop, watching=lambda: os.kill(os.getpid(), signal.SIGTERM)
        )
    assert stop.is_set()
