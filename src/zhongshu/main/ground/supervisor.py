"""Runs the parts of the platform side by side until told to stop, and starts again what falls over."""

import fcntl
import http.client
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from zhongshu.main.ground import console
from zhongshu.main.ground.parts import Part
from zhongshu.main.ground.postgres.cluster import Cluster

MOMENT = 0.25  # seconds between two looks at the parts
GRACE = 6.0  # seconds the parts have to finish
PORT_PATIENCE = 5.0  # seconds the parts of a killed supervisor have to let go of the port


def supervise(
    parts: Sequence[tuple[str, tuple[str, ...]]],
    *,
    cluster: Cluster | None,
    until: threading.Event,
    watching: Callable[[], None],
) -> None:
    """Runs the parts (command and arguments) until the event is set; `watching` is called every moment.

    A dead embedded database is brought back first; the parts find it again by themselves.
    """
    end, held = os.pipe()
    running = [Part(name, end, arguments) for name, arguments in parts]
    try:
        for part in running:
            part.start()
        while not until.wait(MOMENT):
            if cluster:
                _keep(cluster)
            for part in running:
                part.look_after()
            watching()
    finally:
        _end_all(running)
        os.close(held)
        os.close(end)


def _keep(cluster: Cluster) -> None:
    if not cluster.is_running():
        console.say("数据库意外停止，正在重新启动……", "The database has stopped; starting it again …")
        cluster.revive()


def _end_all(parts: Sequence[Part]) -> None:
    for part in parts:
        part.end()
    latest = time.monotonic() + GRACE
    while any(part.is_running() for part in parts) and time.monotonic() < latest:
        time.sleep(0.05)
    for part in parts:
        part.kill()


@contextmanager
def told_to_stop() -> Iterator[threading.Event]:
    """An event that Ctrl-C or SIGTERM sets."""
    event = threading.Event()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        signal.signal(number, lambda *_: event.set())
    try:
        yield event
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def alone(var: Path) -> Iterator[None]:
    """Holds the right to run the platform on `var`; refused while another process holds it."""
    with (var / "serving.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise console.Trouble(
                f"平台已经在运行（进程 {lock.read().strip()}，数据目录 {var}）；请先停止它。",
                f"The platform is already running on {var}; stop that one first.",
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def claim_port(host: str, port: int, variable: str) -> None:
    """Refuses a port somebody else listens on, named by the environment variable that sets it."""
    latest = time.monotonic() + PORT_PATIENCE
    while not _is_free(host, port):
        if time.monotonic() > latest:
            raise console.Trouble(
                f"端口 {port} 已被占用；请停止占用它的程序，或用 {variable}=端口号 换一个。",
                f"Port {port} is in use; stop what uses it, or choose another by {variable}=NUMBER.",
            )
        time.sleep(0.25)


def answers(host: str, port: int) -> bool:
    """Whether a web server answers there, whatever it answers."""
    connection = http.client.HTTPConnection(_reachable(host), port, timeout=MOMENT)
    try:
        connection.request("HEAD", "/", headers={"Host": "localhost"})
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def _is_free(host: str, port: int) -> bool:
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError:
            return False
    return True


def _reachable(host: str) -> str:
    """The address to ask at when a server listens on every one."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)
