"""One running part of the platform (web, feed, worker, scheduler), started again when it ends by itself."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field

from zhongshu.main.ground import console, leash

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds before starting again, doubled each time
SETTLED = 60.0  # seconds a part has to live for its earlier ends to be forgotten


@dataclass(slots=True)
class Part:
    """A command of ours as a child process in a process group of its own."""

    name: str
    leash_end: int
    arguments: tuple[str, ...] = ()
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _started: float = field(default=0.0, init=False)
    _pause: float = field(default=FIRST_PAUSE, init=False)
    _again_at: float | None = field(default=None, init=False)

    def start(self) -> None:
        """Starts the part; it hears no Ctrl-C of the terminal, for the supervisor ends the parts in order."""
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "zhongshu", self.name, *self.arguments],
            stdin=subprocess.DEVNULL,
            env=os.environ | {leash.VARIABLE: str(self.leash_end)},
            pass_fds=(self.leash_end,),
            start_new_session=True,
        )
        self._started, self._again_at = time.monotonic(), None

    def is_running(self) -> bool:
        """Whether the part's first process lives."""
        return self._process is not None and self._process.poll() is None

    def look_after(self) -> None:
        """Notices that the part has ended and starts it again after a pause; call it every moment."""
        now = time.monotonic()
        if self.is_running():
            return
        if self._again_at is None:
            self._plan_again(now)
        elif now >= self._again_at:
            self.start()

    def end(self) -> None:
        """Asks the part to finish what it is doing and end."""
        if self._process and self.is_running():
            self._process.terminate()

    def kill(self) -> None:
        """Ends whatever is left of the part at once."""
        if self._process:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def _plan_again(self, now: float) -> None:
        self.kill()
        if now - self._started > SETTLED:
            self._pause = FIRST_PAUSE
        console.say(
            f"“{self.name}”意外结束，{self._pause:g} 秒后重新启动。",
            f"“{self.name}” ended by itself and starts again in {self._pause:g} s.",
        )
        self._again_at, self._pause = now + self._pause, min(self._pause * 2, LONGEST_PAUSE)
