"""The embedded database: a PostgreSQL server in `var/`, shared by its users and stopped by the last."""

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

import psycopg

from zhongshu.main.ground import console, processes
from zhongshu.main.ground.postgres import launch, postmaster
from zhongshu.main.ground.postgres.home import Home

DATABASE = "zhongshu"
PATIENCE = 600.0  # seconds a crash recovery may take


@dataclass(slots=True)
class Cluster:
    """One PostgreSQL server and its data; `durable=False` gives up safety against power cuts (tests)."""

    home: Home
    durable: bool = True
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @contextmanager
    def in_use(self) -> Iterator[bool]:
        """Keeps the server running inside the block; the last user stops it. Tells whether it was started."""
        with (self.home.folder / "users.lock").open("a") as users:
            with self._one_at_a_time():
                started = self._start()
                fcntl.flock(users, fcntl.LOCK_SH)
            try:
                yield started
            finally:
                with self._one_at_a_time(), suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    self._stop()

    def url(self, database: str = DATABASE) -> str:
        """The address of one database of the running server."""
        if launch.by_socket(self.home):
            place = urlencode({"host": self.home.folder, "port": launch.SOCKET_PORT})
            return f"postgresql://{launch.USER}@/{database}?{place}"
        password = quote((self.home.folder / "password").read_text().strip())
        running = postmaster.read(self.home.data)
        port = running.port if running else launch.port(self.home)
        return f"postgresql://{launch.USER}:{password}@127.0.0.1:{port}/{database}"

    def is_running(self) -> bool:
        """Whether the server takes connections; reads one small file."""
        running = postmaster.read(self.home.data)
        return bool(running and running.ready and running.lives(self.home.data))

    def revive(self) -> None:
        """Starts the server again if it has died: connections are lost, what was committed is not."""
        if not self.is_running():
            with self._one_at_a_time():
                self._start()

    def _start(self) -> bool:
        """Starts the server unless it runs, and waits out a crash recovery; tells whether it started it."""
        if self.is_running():
            return False
        launch.initialise(self.home)
        until = time.monotonic() + PATIENCE
        while not (self.is_running() or self._launched(until)):
            time.sleep(0.3)
        self._create_database()
        return True

    def _launched(self, until: float) -> bool:
        """One attempt; False when what is left of a killed server is still in the way."""
        if self._process:
            self._process.poll()
        postmaster.forget_a_dead_one(self.home.data)
        before = launch.log_length(self.home)
        self._process = launch.server(self.home, durable=self.durable)
        told = time.monotonic() + 3
        while self._process.poll() is None:
            if self.is_running():
                return True
            if time.monotonic() > told:
                console.say("数据库正在恢复，请稍候……", "The database is recovering, please wait …")
                told = until
            time.sleep(0.02)
        said = launch.last_words(self.home, before)
        if time.monotonic() < until and launch.may_pass(said):
            return False
        raise console.Trouble(
            f"内置数据库没有启动成功：\n{said}", f"The embedded database did not start ({self.home.folder})."
        )

    def _create_database(self) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as server:
            if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE,)).fetchone():
                server.execute(f"CREATE DATABASE {DATABASE}")

    def _stop(self) -> None:
        """Stops the server cleanly: open connections are ended, everything is on disk when this returns."""
        for how, seconds in ((signal.SIGINT, 30.0), (signal.SIGQUIT, 10.0)):
            running = postmaster.read(self.home.data)
            if running is None or not running.lives(self.home.data):
                break
            os.kill(running.pid, how)
            until = time.monotonic() + seconds
            while processes.alive(running.pid) and time.monotonic() < until:
                time.sleep(0.02)
        if self._process:
            self._process.poll()

    @contextmanager
    def _one_at_a_time(self) -> Iterator[None]:
        """One process at a time starts or stops the server."""
        with (self.home.folder / "start.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
