"""Ties a part to its supervisor: when the supervisor is gone, however it went, the part ends too.

The supervisor holds the end of a pipe that only it can write to; a part waits at the other. The end of the
supervisor, even by `kill -9`, closes the pipe. Works the same on Linux and macOS.
"""

import os
import signal
import threading
import time

VARIABLE = "ZHONGSHU_LEASH"
GRACE = 8.0  # seconds to end by oneself


def put_on() -> None:
    """Starts waiting for the supervisor's end, if this process was started by one."""
    if end := os.environ.pop(VARIABLE, ""):
        threading.Thread(target=_wait, args=(int(end),), name="leash", daemon=True).start()


def _wait(end: int) -> None:
    os.read(end, 1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os.killpg(os.getpgid(0), signal.SIGKILL)
