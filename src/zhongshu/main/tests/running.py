"""A whole platform on a folder of its own, to be killed part by part, and a client that does not give up."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import psutil

from zhongshu.main.bench.loop.world import CATEGORY, World
from zhongshu.main.ground import leash
from zhongshu.main.ground.postgres import postmaster

PATIENCE = 60.0  # seconds after which something that should come is held to be lost
PARTS = ("web", "feed", "worker", "scheduler")


def eventually(found: Callable[[], Any], what: str, patience: float = PATIENCE) -> Any:
    """What `found` returns as soon as it is true."""
    latest = time.monotonic() + patience
    while not (value := found()):
        assert time.monotonic() < latest, f"waited in vain for {what}"
        time.sleep(0.1)
    return value


@dataclass(slots=True)
class Running:
    """The platform as `./run` starts it, with the embedded database in `var`."""

    var: Path
    port: int
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    held: int = field(default=-1, init=False)

    def start(self) -> None:
        """Start it and wait for the first page; it ends with the tests, however they end."""
        command = [sys.executable, "-P", "-m", "zhongshu", "serve", "--no-demo"]
        end, self.held = os.pipe()
        environment = self.environment() | {leash.VARIABLE: str(end)}
        with (self.var / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command, env=environment, pass_fds=(end,), stdout=log, stderr=log, start_new_session=True
            )
        os.close(end)
        self.whole()

    def environment(self) -> dict[str, str]:
        """Its own folder and ports, and no database but the embedded one."""
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        ports = {"ZHONGSHU_PORT": str(self.port), "ZHONGSHU_FEED_PORT": str(self.port + 1)}
        return kept | ports | {"ZHONGSHU_VAR": str(self.var)}

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the platform beside it."""
        return subprocess.run(
            [sys.executable, "-P", "-m", "zhongshu", *words],
            env=self.environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip

    def whole(self) -> None:
        """Wait until every part runs and both doors answer."""
        eventually(self.database, "the database")
        eventually(lambda: all(self.part(name) for name in PARTS), "every part")
        eventually(lambda: answers(self.port, "/sign-in/"), "a page")
        eventually(lambda: answers(self.port + 1, "/health"), "the feed")

    def family(self) -> list[psutil.Process]:
        """Every process of the platform."""
        assert self.process
        with suppress(psutil.NoSuchProcess):
            supervisor = psutil.Process(self.process.pid)
            return [supervisor, *supervisor.children(recursive=True)]
        return []

    def part(self, name: str) -> psutil.Process | None:
        """The first process of a part; None while there is none."""
        return next((p for p in self.family()[1:] if _words(p)[3:5] == ["zhongshu", name]), None)

    def database(self) -> psutil.Process | None:
        """The embedded database's first process; None while it takes no connections."""
        data = (self.var / "pg").resolve() / "data"
        told = postmaster.read(data)
        return psutil.Process(told.pid) if told and told.ready and told.lives(data) else None

    def kill(self, name: str) -> None:
        """`kill -9` of the first process of a part or of the database; returns when there is another one."""
        find = self.database if name == "database" else partial(self.part, name)
        victim = eventually(find, name)
        victim.kill()
        eventually(lambda: (found := find()) and found.pid != victim.pid, f"another {name}")

    def tell(self, how: signal.Signals) -> None:
        """Send the supervisor a signal, if it runs, and wait for its end."""
        if self.process:
            self.process.send_signal(how)
            self.process.wait(PATIENCE)


def _words(process: psutil.Process) -> list[str]:
    with suppress(psutil.Error):
        return process.cmdline()
    return []


def answers(port: int, path: str) -> bool:
    """Whether a GET is answered with 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def free_pair() -> int:
    """A port whose next is free as well."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            with suppress(OSError):
                second.bind(("127.0.0.1", first.getsockname()[1] + 1))
                return int(first.getsockname()[1])


@dataclass(slots=True)
class Stubborn:
    """A connected system: sends again what was not answered, and looks before it repeats a step."""

    world: World
    port: int

    def lifecycle(self, key: str) -> None:
        """Report under our own key, then do whatever task is open until none is."""
        lon, lat = self.world.spots[hash(key) % len(self.world.spots)]
        event = {
            "key": key, "source": "machine", "category": CATEGORY, "lon": lon, "lat": lat, "phone": "13900000009",
            "answers": {"description": "路面有积水，行人需绕行。"},
        }  # fmt: skip
        opened = self.send("POST", "/api/v1/city/events", self.world.intake, event)
        while tasks := self.read(opened["number"])["tasks"]:
            self._step(opened["case_id"], tasks[0])

    def read(self, number: str) -> Any:
        """The case with its open tasks."""
        return self.send("GET", f"/api/v1/cases/{number}", self.world.supervisor)

    def _step(self, case_id: str, task: dict[str, Any]) -> None:
        keys = {"handler": self.world.officers.get(task["assignee"]), "verifier": self.world.verifiers[0]}
        outcome = {"handler": {"result": "done", "note": "已清理。"}, "verifier": {"passed": True}}
        path = f"/api/v1/cases/{case_id}/tasks/{task['token']}/complete"
        key = keys.get(task["role"]) or self.world.supervisor
        self.send("POST", path, key, {"answers": outcome.get(task["role"], {})}, known=(409,))

    def send(self, method: str, path: str, key: str, body: Any = None, known: tuple[int, ...] = ()) -> Any:
        """Ask until there is an answer; a conflict means that an earlier try was heard."""
        latest = time.monotonic() + PATIENCE
        while True:
            status, said = self._once(method, path, key, body)
            if 200 <= status < 300 or status in known:
                return said
            assert status in (0, 500, 502, 503), (method, path, status, said)
            assert time.monotonic() < latest, f"no answer to {method} {path}: {status}"
            time.sleep(0.2)

    def _once(self, method: str, path: str, key: str, body: Any) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json", "Accept": "application/json"}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            response = connection.getresponse()
            content = response.read()
            return response.status, json.loads(content) if response.status < 500 else content[:200]
        except (OSError, http.client.HTTPException):
            return 0, None
        finally:
            connection.close()
