"""One web worker on a scratch database, for a bench."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def web(url: str) -> Iterator[tuple[str, int]]:
    """`./run web` on a loopback port with the database at `url`; yields (host:port, process id)."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"DATABASE_URL": url, "ZHONGSHU_PORT": str(port), "ZHONGSHU_HOST": "127.0.0.1"}
    environment["ZHONGSHU_LIMITS"] = "0"  # one visitor stands for a city
    process = subprocess.Popen([sys.executable, "-P", "-m", "zhongshu", "web"], env=environment)
    try:
        _wait(f"http://127.0.0.1:{port}/sign-in/", process)
        yield f"127.0.0.1:{port}", process.pid
    finally:
        process.terminate()
        process.wait(20)


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the web server did not start")
