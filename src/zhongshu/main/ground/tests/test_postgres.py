"""The embedded database survives what happens to processes."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from zhongshu.main.ground.postgres import home, launch, postmaster
from zhongshu.main.ground.postgres.cluster import Cluster

PID_FILE = "{pid}\n{data}\n1700000000\n5432\n/tmp\n\n  1 2\nready   \n"


def test_what_was_committed_is_there_after_the_server_is_killed(var: Path) -> None:
    cluster = Cluster(home.of(var, "pg"))
    with cluster.in_use():
        with psycopg.connect(cluster.url()) as connection:
            connection.execute("CREATE TABLE note AS SELECT '井盖' AS text")
        running = postmaster.read(cluster.home.data)
        assert running
        os.kill(running.pid, signal.SIGKILL)
        while cluster.is_running():
            pass
        cluster.revive()
        with psycopg.connect(cluster.url()) as connection:
            assert connection.execute("SELECT text FROM note").fetchone() == ("井盖",)
    assert not cluster.is_running()


def test_the_last_of_two_users_stops_the_server(var: Path) -> None:
    first, second = Cluster(home.of(var, "pg"), durable=False), Cluster(home.of(var, "pg"), durable=False)
    with second.in_use() as started:
        assert started
        with first.in_use() as started:
            assert not started
        assert second.is_running()
    assert not second.is_running()


def test_a_socket_path_too_long_goes_by_loopback_and_keeps_its_port(var: Path) -> None:
    folder = var / ("长" * 40)
    folder.mkdir()
    place = home.Home(folder, None)
    assert not launch.by_socket(place)
    assert launch.port(place) == launch.port(place)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


def test_a_leftover_whose_number_another_process_uses_is_forgotten(data: Path) -> None:
    (data / "postmaster.pid").write_text(PID_FILE.format(pid=os.getpid(), data=data))
    postmaster.forget_a_dead_one(data)
    assert postmaster.read(data) is None


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the working folder of a process cannot be seen")
def test_a_file_copied_along_with_a_folder_is_forgotten_and_that_of_a_living_server_is_not(
    data: Path,
) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], cwd=data, stdin=subprocess.PIPE) as server:
        told = PID_FILE.format(pid=server.pid, data=data)
        copy = data.with_name("copy")
        copy.mkdir()
        for folder in (data, copy):
            (folder / "postmaster.pid").write_text(told)
            postmaster.forget_a_dead_one(folder)
        assert postmaster.read(data)
        assert postmaster.read(copy) is None
